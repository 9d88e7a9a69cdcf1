import type { UsageEvent } from '../model/usage.ts'
import { bulk, kept } from './constants.ts'

/** Kinds of things that are taken one by one, how many distinct ones in one session are many, and from where it shows. */
export const takings = {
  objects: { many: bulk.objects, from: bulk.objects / 2, what: 'stored objects', attack: ['T1530'] },
  secrets: { many: bulk.secrets, from: bulk.secrets, what: 'secrets', attack: ['T1555.006'] },
  repositories: { many: bulk.repositories, from: bulk.repositories, what: 'repositories', attack: ['T1213.003'] },
  messages: {
    many: bulk.messages,
    from: bulk.messages / 2,
    what: 'channels, files or pages',
    attack: ['T1213', 'T1530'],
  },
  deletions: { many: bulk.deletions, from: bulk.deletions, what: 'deletions', attack: ['T1485'] },
} as const

export type Taking = keyof typeof takings

const kinds: readonly (readonly [pattern: RegExp, taking: Taking])[] = [
  [/(?:^|:)(?:GetObject|SelectObjectContent|storage\.objects\.get|GetBlob|blob\.read)$/i, 'objects'],
  [
    /(?:^|[:.])(?:GetSecretValue|BatchGetSecretValue|AccessSecretVersion|SecretGet|getSecret|GetPasswordData|GetParameters?|GetParametersByPath|DescribeInstanceAttribute)$/i,
    'secrets',
  ],
  [/(?:^|:)get secrets$|^kv:read /, 'secrets'],
  [/(?:^|:)(?:git\.clone|git\.fetch|repo\.download_zip|repository\.git_clone|migration\.create)$/i, 'repositories'],
  [
    /(?:^|:)(?:conversations\.history|files\.info|file_downloaded|FileDownloaded|FileSyncDownloadedFull|page\.exported|DOWNLOAD|file_download)$/i,
    'messages',
  ],
  // https://learn.microsoft.com/en-us/graph/api/driveitem-get-content and …/message-get
  [/^graph:GET \S*(?:\/content|\/\$value)$/i, 'objects'],
  [/^graph:GET \S*\/(?:messages|chats)(?:\/\S*)?$/i, 'messages'],
]

const deleting = /(?:delete|destroy|purge)(?:d|object|objects|file|files|blob|snapshot|repo)?$/i

const kindOf = new Map<string, Taking | undefined>()

/** What a session took, by kind: distinct things, and the containers (buckets) they came from. */
export class Taken {
  readonly things = new Map<Taking, Set<string>>()
  readonly calls = new Map<Taking, number>()
  readonly containers = new Set<string>()

  /** Distinct things; where the log does not name them, calls stand for them. */
  amountOf(kind: Taking): number {
    const named = this.things.get(kind)?.size ?? 0
    return named === 0 ? (this.calls.get(kind) ?? 0) : named
  }

  add(event: UsageEvent, operation: string): void {
    const kind = kindFor(operation)
    // A refused question for a secret is telling too; an object that was not there is not.
    if (kind === undefined || (event.outcome === 'failure' && kind !== 'secrets')) return
    if (operation.endsWith('DescribeInstanceAttribute') && event.parameters?.['attribute'] !== 'userData') return
    this.calls.set(kind, (this.calls.get(kind) ?? 0) + (event.count ?? 1))
    const set = this.things.get(kind) ?? new Set()
    this.things.set(kind, set)
    for (const thing of thingsOf(event, kind)) if (set.size < kept.things) set.add(thing)
    const container = containerOf(event)
    if (kind === 'objects' && container !== undefined && this.containers.size < kept.things)
      this.containers.add(container)
  }
}

function kindFor(operation: string): Taking | undefined {
  if (kindOf.has(operation)) return kindOf.get(operation)
  const kind =
    kinds.find(([pattern]) => pattern.test(operation))?.[1] ?? (deleting.test(operation) ? 'deletions' : undefined)
  if (kindOf.size > kept.values) kindOf.clear()
  kindOf.set(operation, kind)
  return kind
}

/** What a call took: named in its parameters, else its resource. Nothing where the log says neither. */
function thingsOf(event: UsageEvent, kind: Taking): readonly string[] {
  const { parameters, resource } = event
  for (const name of ['key', 'secretId', 'name', 'instanceId', 'names', 'secretIdList']) {
    const value = parameters?.[name]
    const values = Array.isArray(value) ? value : [value]
    const texts = values.filter(one => typeof one === 'string')
    if (texts.length > 0) return texts.map(text => `${containerOf(event) ?? ''}/${text}`)
  }
  // The log of AWS is read with the bucket for a resource: that is where, not what.
  const isPlace = (kind === 'objects' || kind === 'deletions') && resource === containerOf(event)
  if (resource === undefined || isPlace) return []
  return kind === 'secrets' ? resource.split(',') : [resource]
}

function containerOf({
  service,
  parameters,
  resource = '',
}: Pick<UsageEvent, 'service' | 'parameters' | 'resource'>): string | undefined {
  const bucket = parameters?.['bucketName']
  if (typeof bucket === 'string') return bucket
  if (service === 's3' && resource !== '' && !/[:/]/.test(resource)) return resource
  return /^arn:aws[\w-]*:s3:::([^/]+)/.exec(resource)?.[1] ?? /\/buckets\/([^/]+)/.exec(resource)?.[1]
}

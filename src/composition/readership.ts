import { namesServices } from '../address/services.ts'
import type { Service } from '../model/inventory.ts'
import { type Kept, type Reader, type Readership, type StoreKind, storeIn } from '../model/readership.ts'
import type { Coverage, UsageEvent } from '../model/usage.ts'
import { clientFamily } from '../signals/client-family.ts'
import { logFormats } from '../usage/formats.ts'
import { readersOf } from '../usage/keepers.ts'
import type { Pull } from '../usage/pull.ts'
import type { Usage } from '../usage/usage.ts'

const mostReaders = 50
const mostEvents = 5

const wanted: Readonly<Record<StoreKind, string>> = {
  'aws-sm': 'no CloudTrail was read: give it with --logs, or --pull with --admin aws=REFERENCE',
  vault: 'no audit log of Vault was read: give it with --logs',
  conjur: 'no audit log of Conjur was read: give it with --logs',
}

const handedOn = 'who has it from somebody that read it: from a cache, a variable, a file'

interface About {
  readonly usage: Usage
  readonly pulled?: Pull | undefined
  readonly services?: readonly Service[] | undefined
  /** ISO 8601. */
  readonly leakedAt?: string | undefined
}

/** Who read a key where it is kept, by the logs of its stores. Undefined where nobody says that it is kept anywhere. */
export function readershipOf(credential: string, kept: readonly Kept[], about: About): Readership | undefined {
  if (kept.length === 0) return undefined
  const { usage, services = [], leakedAt } = about
  const coverage = coverageOf(credential, kept, about)
  const history = usage.history(readersOf(credential))
  const readers = new Map<string, Growing>()
  const serviceOf = namesServices(services)
  for (const event of history) if (event.ours !== true) take(event, readers)
  const since = Math.min(...coverage.map(({ window }) => Date.parse(window?.from ?? '')).filter(Number.isFinite))
  const isFresh = ({ firstAt }: Reader): boolean =>
    leakedAt !== undefined && since < Date.parse(leakedAt) && firstAt > leakedAt
  const all = [...readers.values()]
    .map(reader => {
      const service = serviceOf(reader)?.name
      return { ...reader, ...(service !== undefined && { service }), ...(isFresh(reader) && { fresh: true as const }) }
    })
    .toSorted((a, b) => Number(b.fresh ?? false) - Number(a.fresh ?? false) || (a.lastAt < b.lastAt ? 1 : -1))
  return {
    kept,
    readers: all.slice(0, mostReaders),
    ...(all.length > mostReaders && { omitted: all.length - mostReaders }),
    ours: history.ours,
    coverage,
  }
}

type Growing = { -readonly [Key in keyof Reader]: Reader[Key] }

function take(event: UsageEvent, readers: Map<string, Growing>): void {
  const { credential, actor = credential.uid, ip, userAgent, resource: store = '', outcome, id } = event
  const client = userAgent === undefined ? undefined : clientFamily(userAgent)?.family
  const name = JSON.stringify([store, actor, ip, client])
  const at = new Date(event.at).toISOString()
  const known = readers.get(name) ?? {
    store,
    who: actor,
    ...(credential.uid !== actor && { key: credential.uid }),
    ...(ip !== undefined && { ip }),
    ...(client !== undefined && { client }),
    firstAt: at,
    lastAt: at,
    count: 0,
    refused: 0,
    events: [],
  }
  readers.set(name, known)
  known.lastAt = at
  if (outcome === 'failure') known.refused += 1
  else known.count += 1
  if (known.events.length < mostEvents) known.events = [...known.events, id]
}

/** One entry for each kind of store and log; where no log was read, that. */
function coverageOf(credential: string, kept: readonly Kept[], { usage, pulled }: About): readonly Coverage[] {
  const kinds = new Set(kept.flatMap(({ store }) => storeIn(store)?.kind ?? []))
  const files = usage.coverage.flatMap(one => {
    const reads = logFormats.find(({ id }) => id === one.source)?.reads
    return reads !== undefined && kinds.has(reads) ? [{ kind: reads, one: withBlindSpot(one) }] : []
  })
  const asked = (pulled?.coverage(readersOf(credential)) ?? []).map(one => ({ kind: 'aws-sm' as const, one }))
  return [...kinds].flatMap(kind => {
    const found = [...files, ...asked].filter(each => each.kind === kind).map(({ one }) => one)
    const none: Coverage = { source: kind, state: 'unavailable', covers: 'key', why: wanted[kind] }
    return found.length === 0 ? [none] : found
  })
}

/** What a log does not show of the use of keys is not what it does not show of reads. */
function withBlindSpot({ blind: _blind, ...one }: Coverage): Coverage {
  return { ...one, covers: 'key', blind: [handedOn] }
}

import type { Medium, Prior } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import { firstText, inside, type Row } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { wrapped } from '../wrapped.ts'
import { isLeak, leak } from './gitleaks.ts'

const own = ['Attributes', 'CaptureGroups', 'RequiredSets', 'ValidationStatus', 'MatchContext']

/**
 * Betterleaks: Gitleaks' fields, with the partners of a key in several parts. Each of its `RequiredSets` is one way to
 * pair them, and becomes a finding of its own.
 */
export const betterleaks: JsonFormat = {
  id: 'betterleaks',
  name: 'Betterleaks 1, JSON',
  shape: 'json',
  records: ['[]', '', ...wrapped],
  knows: isLeak,
  marks: record => isLeak(record) && own.some(field => Object.hasOwn(record, field)),
  read(record) {
    const whole = { ...leak('betterleaks', record), ...attributes(record.Attributes) }
    const groups = isRecord(record.CaptureGroups) ? record.CaptureGroups : {}
    const status = record.ValidationStatus
    const sets = Array.isArray(record.RequiredSets) ? record.RequiredSets.filter(isRecord) : []
    if (sets.length === 0) return { ...whole, ...parts(groups), prior: prior(status) }
    return sets.map(set => ({
      ...whole,
      ...parts({ ...groups, ...partners(set.components) }),
      prior: prior(set.validationStatus ?? status),
    }))
  },
}

export function parts(named: Row): Pick<Draft, 'parts'> {
  return Object.keys(named).length === 0 ? {} : { parts: named }
}

function partners(components: unknown): Row {
  const named: [string, unknown][] = []
  for (const component of Array.isArray(components) ? components : []) {
    if (!isRecord(component) || typeof component.RuleID !== 'string') continue
    named.push(...Object.entries(inside(component, 'CaptureGroups')), [component.RuleID, component.Secret])
  }
  return Object.fromEntries(named)
}

/** By the last words of a resource: https://github.com/betterleaks/betterleaks/blob/main/sources/attribute.go */
const resources: Readonly<Record<string, Medium>> = {
  'git.patch_content': 'repository',
  repository: 'repository',
  project: 'repository',
  issue: 'ticket',
  pr: 'ticket',
  mr: 'ticket',
  comment: 'ticket',
  discussion: 'ticket',
  actions: 'ci_log',
  ci_job: 'ci_log',
  ci_artifact: 'ci_log',
  release: 'package',
  release_asset: 'package',
  gist: 'paste',
  snippet: 'paste',
  bucket: 'storage',
  's3.object': 'storage',
}

const buckets = ['huggingface.repo_url', 'huggingface.bucket_url', 's3.bucket']

/** Where the finding was, in the newer fields that replace `File`, `Commit` and their like. */
export function attributes(value: unknown): Partial<Draft> {
  if (!isRecord(value)) return {}
  const first = (...names: readonly string[]) => firstText(...names.map(name => value[name]))
  const resource = first('resource') ?? ''
  const visibility = first('github.visibility', 'gitlab.visibility', 'huggingface.visibility')
  const newer: [string, unknown][] = [
    ['file', first('path', 's3.key', 'huggingface.bucket.path')],
    ['url', first('url', 'github.actions.run_url') ?? (resource.includes('://') ? resource : undefined)],
    ['commit', value['git.sha']],
    ['author', first('git.author_email', 'git.author_name', 'huggingface.author')],
    ['at', first('git.date', 's3.last_modified', 'huggingface.bucket.mtime')],
    ['repository', first('git.remote_url', 'github.repo_url', 'gitlab.project.url', ...buckets)],
    ['medium', resources[resource] ?? resources[resource.split('.').at(-1) ?? '']],
    ['exposure', exposureOf(visibility)],
  ]
  return Object.fromEntries(newer.filter(([, text]) => typeof text === 'string' && text !== ''))
}

export function prior(status: unknown): Prior | undefined {
  if (status === undefined || status === '') return undefined
  return status === 'valid' ? 'live' : status === 'invalid' || status === 'revoked' ? 'dead' : 'unknown'
}

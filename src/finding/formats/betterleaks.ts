import type { Prior } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
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
  name: 'Betterleaks, JSON',
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

function parts(named: Row): Pick<Draft, 'parts'> {
  return Object.keys(named).length === 0 ? {} : { parts: named }
}

function partners(components: unknown): Row {
  const named: [string, unknown][] = []
  for (const component of Array.isArray(components) ? components : []) {
    if (isRecord(component) && typeof component.RuleID === 'string') named.push([component.RuleID, component.Secret])
  }
  return Object.fromEntries(named)
}

/** Where the finding was, in the newer fields that replace `File`, `Commit` and their like. */
function attributes(value: unknown): Partial<Draft> {
  if (!isRecord(value)) return {}
  const newer: [string, unknown][] = [
    ['file', value.path],
    ['url', value.url ?? value.resource],
    ['commit', value['git.sha']],
    ['author', value['git.author_email'] ?? value['git.author_name']],
    ['at', value['git.date']],
    ['repository', value['git.remote_url']],
  ]
  return Object.fromEntries(newer.filter(([, text]) => typeof text === 'string' && text !== ''))
}

function prior(status: unknown): Prior | undefined {
  if (status === undefined || status === '') return undefined
  return status === 'valid' ? 'live' : status === 'invalid' || status === 'revoked' ? 'dead' : 'unknown'
}

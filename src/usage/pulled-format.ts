import type { Usage } from '../catalog/sources.ts'
import type { UsageEvent } from '../model/usage.ts'
import type { Row } from '../text/row.ts'
import { pick, textOf } from './field.ts'
import type { Draft, LogFormat, Reading } from './format.ts'
import { connections } from './formats/connections.ts'
import { logFormats } from './formats.ts'

type Events = NonNullable<Usage['event']>
type Field = Events[keyof Events]

/** A source by its own name, unlike that of its form, which several of one provider may have. */
export function sourceName(provider: string, name: string): string {
  return `${provider}-${name.replaceAll('_', '-')}`
}

/** How the records of a provider's API are read: as those of a log that files have too, or by the names in its file. */
export function pulledFormat(provider: string, name: string, spec: Usage): LogFormat {
  const { format, event, covers } = spec
  const known = format === undefined ? undefined : [...logFormats, connections].find(({ id }) => id === format)
  if (known !== undefined) return known
  const fields = event ?? { at: 'at', action: 'action' }
  return {
    id: sourceName(provider, name),
    name: `${provider} ${name}`,
    providers: [provider],
    ...(fields.key !== undefined && { keyed: 'id' as const }),
    // Records come from the API alone: no file is taken for them.
    json: { knows: () => false, read: record => draft(fields, record, spec.kind) },
    coverage: { covers: covers === 'key' ? 'owner' : covers },
  }
}

function draft(fields: Events, record: Row, kind: UsageEvent['kind'] | undefined): Reading {
  const all = (field: Field): readonly unknown[] => {
    if (typeof field === 'object' && 'text' in field) return [field.text]
    return [field ?? []].flat().map(path => pick(record, path))
  }
  const of = (field: Field): unknown => all(field).find(value => value !== undefined)
  const read: Draft = {
    id: of(fields.id),
    at: of(fields.at),
    ...(kind !== undefined && { kind }),
    keys: [of(fields.key)],
    // The first is shown, and any of them may be whom the key belongs to.
    principals: all(fields.actor),
    account: of(fields.account),
    ip: of(fields.ip),
    country: of(fields.country),
    userAgent: of(fields.user_agent),
    action: of(fields.action),
    service: of(fields.service),
    actor: of(fields.actor),
    resource: of(fields.resource),
    outcome: said(of(fields.outcome)),
    error: of(fields.error),
    requestId: of(fields.request_id),
    count: of(fields.count),
    bytes: of(fields.bytes),
    cost: of(fields.cost),
  }
  return read
}

function said(outcome: unknown): UsageEvent['outcome'] {
  if (outcome === undefined) return 'unknown'
  const text = (typeof outcome === 'boolean' ? String(outcome) : (textOf(outcome) ?? '')).toLowerCase()
  if (/^(?:[123]\d\d|0|ok|true|yes|enabled|complet\w*|success\w*|succe\w*|allow\w*)$/.test(text)) return 'success'
  return /^(?:[45]\d\d|[1-9]\d{3,}|false|no|fail\w*|error\w*|den\w*|reject\w*|block\w*|unauthori[sz]ed)$/.test(text)
    ? 'failure'
    : 'unknown'
}

import type { LogMap, MappedField } from '../../config/log-map.ts'
import type { Row } from '../../text/row.ts'
import { pick, plainKeys, textOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { syslog } from '../syslog.ts'

/** A log that a user's field map describes: JSON, a table, or lines of syslog with `name=value` in them. */
export function mapped(map: LogMap): LogFormat {
  const knows = (record: Row): boolean =>
    found(map.fields.time, record) !== undefined &&
    Object.entries(map.match ?? {}).every(([path, values]) => values.includes(textOf(pick(record, path)) ?? ''))
  const read = (record: Row): Draft | 'pass' => (knows(record) ? draft(map, record) : 'pass')
  const inTable = (row: Row): Row => ({ ...row, ...dashed(map, row) })
  return {
    id: map.source,
    name: map.source,
    ...(map.provider !== undefined && { providers: [map.provider] }),
    ...(map.fields.key !== undefined && { keyed: map.key_is }),
    json: { knows, read },
    table: {
      knows: headings => paths(map.fields.time).some(path => headings.has(plainName(path))),
      read: row => read(inTable(row)),
    },
    lines: {
      knows: line => {
        const record = lineRecord(line, Date.now(), undefined)
        return record !== undefined && knows(record)
      },
      reader:
        ({ latest, year }) =>
        line => {
          const record = lineRecord(line, latest, year)
          return record === undefined ? undefined : read(record)
        },
    },
    coverage: { ...(map.covers !== undefined && { covers: map.covers }), blind: map.blind },
  }
}

function draft({ fields, success }: LogMap, record: Row): Draft {
  const of = (field: MappedField | undefined): unknown => (field === undefined ? undefined : found(field, record))
  const outcome = of(fields.outcome)
  return {
    id: of(fields.id),
    at: of(fields.time),
    keys: [of(fields.key)],
    principals: (fields.principal === undefined ? [] : paths(fields.principal)).map(path => pick(record, path)),
    account: of(fields.account),
    ip: of(fields.ip),
    country: of(fields.country),
    userAgent: of(fields.user_agent),
    action: of(fields.action) ?? 'use',
    service: of(fields.service),
    region: of(fields.region),
    actor: of(fields.principal) ?? of(fields.account),
    resource: of(fields.resource),
    outcome: outcome === undefined ? 'unknown' : said(outcome, success),
    error: of(fields.error),
    requestId: of(fields.request_id),
    bytes: of(fields.bytes),
    count: of(fields.count),
    cost: of(fields.cost),
  }
}

function said(outcome: unknown, success: readonly string[]): 'success' | 'failure' {
  const text = (typeof outcome === 'boolean' ? String(outcome) : (textOf(outcome) ?? '')).toLowerCase()
  if (success.length > 0) return success.includes(text) ? 'success' : 'failure'
  return /^(?:[123]\d\d|0|ok|true|yes|success|succeeded|allow(?:ed)?)$/.test(text) ? 'success' : 'failure'
}

function found(field: MappedField, record: Row): unknown {
  if (typeof field === 'object' && 'text' in field) return field.text
  return pick(record, ...paths(field))
}

function paths(field: MappedField): readonly string[] {
  if (typeof field === 'string') return [field]
  return 'text' in field ? [] : field
}

function plainName(path: string): string {
  return Object.keys(plainKeys({ [path]: 0 }))[0] ?? path
}

/** A row's cells under the names that the map uses for them. */
function dashed(map: LogMap, row: Row): Row {
  const names = [
    ...Object.values(map.fields).flatMap(field => (field === undefined ? [] : paths(field))),
    ...Object.keys(map.match ?? {}),
  ]
  return Object.fromEntries(names.map(name => [name, row[name] ?? row[plainName(name)]]))
}

/** A line of syslog as a record: `time`, `host`, `app`, `msgid`, `message`, elements under their ids, `name=value` as fields. */
function lineRecord(line: string, latest: number, year: number | undefined): Row | undefined {
  const parts = syslog(line, latest, year)
  const text = parts?.message ?? line
  const values: Record<string, unknown> = {}
  for (const [, name = '', quoted, bare] of text.matchAll(/(?<![\w.-])([\w.-]+)=(?:"((?:\\.|[^"\\])*)"|([^\s,;]+))/g))
    values[name] = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare
  if (parts === undefined) return Object.keys(values).length < 2 ? undefined : values
  return {
    ...values,
    ...parts.data,
    time: parts.at,
    host: parts.host,
    app: parts.app,
    msgid: parts.msgid,
    message: text,
  }
}

import { at, isRecord } from '../model/path.ts'
import { plainHeading } from '../text/csv-rows.ts'
import type { Row } from '../text/row.ts'

/** The first of these paths under which something stands; a whole path may be one key, as search engines flatten it. */
export function pick(record: Row, ...paths: readonly string[]): unknown {
  for (const path of paths) {
    const found = record[path] ?? (path.includes('.') ? at(record, path) : undefined)
    if (found !== undefined && found !== null && found !== '') return found
  }
  return undefined
}

/** The text under the first of these paths that has one. */
export function pickText(record: Row, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const found = textOf(pick(record, path))
    if (found !== undefined) return found
  }
  return undefined
}

/** A value as text: numbers too, as ids often are. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined
}

/** A value as a word to compare: truth too; empty where there is none. */
export function wordOf(value: unknown): string {
  return typeof value === 'boolean' ? String(value) : (textOf(value) ?? '')
}

/** An object, also where it stands as JSON in a text, as exports do with nested fields. */
export function objectOf(value: unknown): Row | undefined {
  if (isRecord(value)) return value
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return undefined
  try {
    const parsed: unknown = JSON.parse(value)
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** A list, also where it stands as JSON in a text. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value !== 'string' || !value.trimStart().startsWith('[')) return []
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? parsed : []
  } catch {
    return []
  }
}

/** A record whose keys are plain as a table's headings are, so that `USER_NAME`, `userName` and `User name` are one. */
export function plainKeys(record: Row): Row {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [plainHeading(name), value]))
}

/** A table's row with a record's names again. */
export function renamed(row: Row, names: readonly string[]): Row {
  const record: Record<string, unknown> = {}
  for (const name of names) {
    const value = row[plainHeading(name)]
    if (value !== undefined) record[name] = value
  }
  return record
}

/** What a status of HTTP says of a call. */
export function outcomeOf(status: unknown): 'success' | 'failure' | 'unknown' {
  const code = Number(status ?? Number.NaN)
  if (Number.isNaN(code)) return 'unknown'
  return code >= 400 ? 'failure' : 'success'
}

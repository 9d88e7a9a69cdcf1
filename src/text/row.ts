import { isRecord } from '../model/path.ts'

/** A JSON object or a row of a table, before anything is known of its fields. */
export type Row = Readonly<Record<string, unknown>>

const none: Row = {}

/** The object under a key; an empty one where there is none. */
export function inside(value: unknown, key: string): Row {
  const inner = isRecord(value) ? value[key] : undefined
  return isRecord(inner) ? inner : none
}

/** The objects of an array; none where it is no array. */
export function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** The first text among these that says something. */
export function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value.trim() !== '')
}

/** The last part of a link's path: `https://docs.example/detectors/aws_iam` names `aws_iam`. */
export function lastSegment(link: unknown): string | undefined {
  if (typeof link !== 'string') return undefined
  return /\/([\w.-]+)\/?(?:[?#].*)?$/.exec(link.trim())?.[1]
}

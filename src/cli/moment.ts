import { UsageError } from './terminal.ts'

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A point in time from the command line, in milliseconds since 1970: a date (UTC where no zone is named), or an age as `30d`. */
export function momentFrom(option: string, text: string | undefined, now: Date): number | undefined {
  if (text === undefined) return undefined
  const [, age, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  if (age !== undefined) return now.getTime() - Number(age) * (units[unit ?? ''] ?? 0)
  const isDate = /^\d{4}-\d\d-\d\d(?:$|[T ])/.test(text)
  const at = Date.parse(/[T ].*(?:Z|[+-]\d\d:?\d\d)$|^[\d-]{10}$/i.test(text) ? text : `${text}Z`)
  if (!isDate || !Number.isFinite(at))
    throw new UsageError(`${option} ${text}: write a time such as 2026-01-31, 2026-01-31T18:00Z, 30d or 12h`)
  return at
}

import type { Usage } from '../catalog/sources.ts'
import type { Facts } from '../model/reading.ts'

const hour = 3_600_000
const day = 24 * hour
/** The furthest back that is asked, in milliseconds, where a log is kept longer. */
const longest = 90 * day

/** The time that a log is asked about. Moments are milliseconds since 1970. */
interface AskedTime {
  /** For holes: the whole time. */
  readonly facts: Facts
  readonly asked: {
    readonly windows: readonly Facts[]
    readonly from: number
    readonly to: number
    readonly known?: number
  }
}

/** A time for which a log was asked before, in milliseconds since 1970. */
export interface Earlier {
  readonly from: number
  readonly until: number
}

/**
 * From as far back as the log goes until now, in the pieces that it allows. What was asked for before is not asked for
 * again, but for as much as events may come late.
 */
export function windowOf(
  { goes_back, spans, lag }: Pick<Usage, 'goes_back' | 'spans' | 'lag'>,
  now: number,
  earlier?: Earlier,
): AskedTime {
  const since = earlier === undefined ? 0 : earlier.until - lateness(lag)
  const from = Math.max(now - Math.min(longest, milliseconds(goes_back) ?? longest), since)
  const known = earlier !== undefined && from <= earlier.until ? { known: earlier.from } : {}
  return {
    facts: moments(from, now),
    asked: { windows: pieces(from, now, milliseconds(spans)), from, to: now, ...known },
  }
}

/** The newest first; they meet at midnight, as some providers know no hours. */
function pieces(from: number, to: number, span = Number.POSITIVE_INFINITY): readonly Facts[] {
  const found: Facts[] = []
  for (let end = to; end > from; ) {
    const midnight = Math.ceil((end - span) / day) * day
    const start = Math.max(from, midnight < end ? midnight : end - span)
    found.push(moments(start, end))
    end = start
  }
  return found
}

function moments(from: number, to: number): Facts {
  const forms = (name: string, time: number): Facts => ({
    [name]: new Date(time).toISOString().replace(/\.\d+Z/, 'Z'),
    [`${name}_s`]: String(Math.floor(time / 1000)),
    [`${name}_ms`]: String(time),
    [`${name}_date`]: new Date(time).toISOString().slice(0, 10),
    [`${name}_mail`]: new Date(time).toUTCString().replace('GMT', '+0000'),
  })
  return { ...forms('since', from), ...forms('until', to) }
}

function milliseconds(text: string | undefined): number | undefined {
  const [, number, unit] = /^(\d+)([dh])$/.exec(text ?? '') ?? []
  return number === undefined ? undefined : Number(number) * (unit === 'h' ? hour : day)
}

/** So much later than it happened an event may still come, in milliseconds: by the words of the file, and well beyond them. */
function lateness(lag = ''): number {
  if (/\bdays?\b/.test(lag)) return 3 * day
  return /\b(?:seconds?|minutes?)\b/.test(lag) && !/\bhours?\b/.test(lag) ? hour : day
}

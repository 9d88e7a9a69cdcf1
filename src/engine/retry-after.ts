import { fits } from '../model/match.ts'
import type { Limit, Reply } from '../model/request.ts'

/**
 * How long a provider asks to be left alone, in milliseconds from `now`; undefined where it does not say.
 * Retry-After is a number of seconds or a date (RFC 9110 §10.2.3); reset headers come as epoch, seconds or milliseconds.
 */
export function askedToWait(
  { headers }: Reply,
  limit: Pick<Limit, 'reset' | 'remaining'>,
  now: number,
): number | undefined {
  const retryAfter = headers['retry-after']
  if (retryAfter !== undefined) {
    const seconds = numeric(retryAfter)
    // Date.parse takes "soon 5" for a day in 2001: a date has a time of day.
    const asked =
      seconds === undefined ? Date.parse(/\d:\d\d/.test(retryAfter) ? retryAfter : '') - now : seconds * 1000
    if (Number.isFinite(asked)) return Math.max(0, asked)
  }
  if (limit.reset !== undefined) {
    const { header, unit } = limit.reset
    const value = numeric(headers[header.toLowerCase()])
    if (value !== undefined)
      return Math.max(0, { epoch: value * 1000 - now, seconds: value * 1000, milliseconds: value }[unit])
  }
  const milliseconds = numeric(headers['retry-after-ms'] ?? headers['x-retry-after-ms'])
  if (milliseconds !== undefined) return milliseconds
  for (const name of ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset', 'x-retry-after']) {
    const value = numeric(headers[name])
    if (value !== undefined) return Math.max(0, instant(value, now))
  }
  // Structured form: RateLimit: "default";r=0;t=30
  const structured = /(?:^|[;,\s])t=(\d+)/.exec(headers['ratelimit'] ?? '')
  return structured === null ? undefined : Number(structured[1]) * 1000
}

/** Whether the answer says that nothing is left of the allowance. */
export function nothingLeft({ headers }: Reply, { remaining }: Pick<Limit, 'remaining'>): boolean {
  const left = numeric(
    headers[remaining?.toLowerCase() ?? ''] ??
      headers['ratelimit-remaining'] ??
      headers['x-ratelimit-remaining'] ??
      headers['x-rate-limit-remaining'],
  )
  return left !== undefined && left <= 0
}

/** Whether the answer refuses to judge now, or says that it is asked too often. */
export function refusalIn(
  reply: Reply,
  { locked_out: lockedOut, hit }: Pick<Limit, 'locked_out' | 'hit'>,
): 'locked_out' | 'rate_limited' | undefined {
  if (lockedOut?.some(match => fits(match, reply))) return 'locked_out'
  return reply.status === 429 || hit?.some(match => fits(match, reply)) ? 'rate_limited' : undefined
}

/** What the provider itself says about trying again: `true`, `false`, or nothing. */
export function shouldRetry(
  { headers }: Reply,
  { should_retry: name }: Pick<Limit, 'should_retry'>,
): string | undefined {
  return headers[name?.toLowerCase() ?? '']?.toLowerCase()
}

/** A bare reset number: beyond a year it is a date, in milliseconds if beyond the year 33658, else it counts seconds. */
function instant(value: number, now: number): number {
  if (value > 1e12) return value - now
  if (value > 31_536_000) return value * 1000 - now
  return value * 1000
}

function numeric(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}

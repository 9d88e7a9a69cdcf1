import type { Limit, Reply } from '../model/request.ts'

/**
 * How long a provider asks to be left alone, in milliseconds from `now`; undefined where it does not say.
 * Retry-After is a number of seconds or a date (RFC 9110 §10.2.3); reset headers come as epoch, seconds or milliseconds.
 */
export function askedToWait({ headers }: Reply, limit: Pick<Limit, 'reset' | 'remaining'>, now: number): number | undefined {
  const retryAfter = headers['retry-after']
  if (retryAfter !== undefined) {
    const asked = /^\s*\d+(?:\.\d+)?\s*$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now
    if (Number.isFinite(asked)) return Math.max(0, asked)
  }
  if (limit.reset !== undefined) {
    const { header, unit } = limit.reset
    const value = numeric(headers[header.toLowerCase()])
    if (value !== undefined) return Math.max(0, { epoch: value * 1000 - now, seconds: value * 1000, milliseconds: value }[unit])
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
  const left = numeric(headers[remaining?.toLowerCase() ?? ''] ?? headers['ratelimit-remaining'] ?? headers['x-ratelimit-remaining'] ?? headers['x-rate-limit-remaining'])
  return left !== undefined && left <= 0
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

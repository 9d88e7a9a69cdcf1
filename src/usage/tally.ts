import type { LogEvent } from './finish.ts'
import type { LogFormat } from './format.ts'

/** What one file told of one log. */
export interface Seen {
  readonly format: LogFormat
  events: number
  joined: number
  from: number
  to: number
  /** Events that name a key or a user: what a service did by itself has no address to tell. */
  named: number
  withoutAddress: number
  withoutClient: number
  readonly marks: Set<string>
}

/** Counts what a file holds, log by log, so that silence is never taken for absence. */
export class Tally {
  readonly logs: Seen[] = []
  /** Records and lines that no format understood. */
  unknown = 0

  of(format: LogFormat): Seen {
    const known = this.logs.find(each => each.format === format)
    if (known !== undefined) return known
    const fresh = {
      format,
      events: 0,
      joined: 0,
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
      named: 0,
      withoutAddress: 0,
      withoutClient: 0,
      marks: new Set<string>(),
    }
    this.logs.push(fresh)
    return fresh
  }

  add(format: LogFormat, event: LogEvent): void {
    const seen = this.of(format)
    seen.events++
    if (event.at < seen.from) seen.from = event.at
    if (event.at > seen.to) seen.to = event.at
    if (event.keys.length > 0 || event.principals.length > 0 || format.providers === undefined) {
      seen.named++
      if (event.ip === undefined) seen.withoutAddress++
      if (event.userAgent === undefined) seen.withoutClient++
    }
    if (event.mark !== undefined) seen.marks.add(event.mark)
  }
}

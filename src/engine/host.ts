import {
  BrokenCircuitError,
  type BulkheadPolicy,
  bulkhead,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
} from 'cockatiel'
import type { NoReply, Reply } from '../model/request.ts'

/** Outages in a row after which a host is left alone. Two keys at three attempts each reach it; one never does. */
const outagesInARow = 5
/** After this long, in milliseconds, one request tries whether the host is back. */
const leftAlone = 30_000

/** What is known of a host in this run: who may ask it, whether it is up, and until when it wants to be left alone. */
export interface Host {
  /** As people write it: `api.stripe.com`. */
  readonly name: string
  readonly places: BulkheadPolicy
  readonly breaker: CircuitBreakerPolicy
  /** Why the breaker opened, for those who come after. */
  lastOutage?: NoReply
  pausedUntil: number
  pausedWhy: NoReply['reason']
}

export function newHost(origin: string, atOnce: number): Host {
  return {
    name: new URL(origin).host,
    places: bulkhead(atOnce, Number.MAX_SAFE_INTEGER),
    breaker: circuitBreaker(handleAll, { halfOpenAfter: leftAlone, breaker: new ConsecutiveBreaker(outagesInARow) }),
    pausedUntil: 0,
    pausedWhy: 'rate_limited',
  }
}

/** Nobody asks the host before then. */
export function leaveAlone(host: Host, until: number, why: NoReply['reason']): void {
  if (until <= host.pausedUntil) return
  host.pausedUntil = until
  host.pausedWhy = why
}

/** A 5xx that decides nothing: counts against the host, and is tried again. */
export class Outage extends Error {
  readonly reply: Reply
  constructor(reply: Reply) {
    super(`status ${reply.status}`)
    this.reply = reply
  }
}

export function isOpen(error: unknown): boolean {
  return error instanceof BrokenCircuitError
}

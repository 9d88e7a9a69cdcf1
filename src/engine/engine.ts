import { ConstantBackoff, handleWhenResult, retry, timeout, TimeoutStrategy } from 'cockatiel'
import type { Ledger } from '../ledger/ledger.ts'
import { fits } from '../model/match.ts'
import type { Answer, NoReply, Reply, SafeRequest, Send } from '../model/request.ts'
import { authenticate } from './auth/authenticate.ts'
import { failureOf } from './failure.ts'
import { type Host, isOpen, newHost } from './host.ts'
import { type Pace, pause } from './pace.ts'
import { askedToWait, nothingLeft } from './retry-after.ts'
import type { Transport } from './transport.ts'

/** Times are in milliseconds. */
export interface EngineOptions {
  readonly transport: Transport
  readonly pace: Pace
  readonly ledger: Ledger
  /** The User-Agent of every call: tool, version, run, and the operator's own words. */
  readonly agent: string
  /** One attempt's time from first byte out to last byte in. */
  readonly timeout: number
  readonly attempts: number
  /** The longest that a provider's wish to be left alone is granted by waiting. */
  readonly patience: number
  /** Ends the run: what is left becomes unknown/cancelled. */
  readonly signal: AbortSignal
  /** Whether an earlier, stopped run had this very request under way. */
  readonly wasUnderWay?: (request: SafeRequest) => boolean
  readonly scrub?: (text: string) => string
  readonly now?: () => number
  readonly random?: () => number
  readonly wait?: typeof pause
}

interface Attempted {
  readonly answer: Answer
  readonly again: boolean
}

const firstBackoff = 250
const longestBackoff = 8_000
/** A provider that refuses to judge and does not say for how long is left alone for this long. */
const lockOut = 10 * 60_000

/** The one way out: pace, places, breaker, time-out, ledger and retries around one transport. */
export function createEngine(options: EngineOptions): Send {
  const { transport, pace, ledger, agent, attempts, patience, signal, scrub = text => text } = options
  const { now = Date.now, random = Math.random, wait = pause } = options
  const hosts = new Map<string, Host>()
  const again = retry(handleWhenResult(result => (result as Attempted).again), { maxAttempts: Math.max(0, attempts - 1), backoff: new ConstantBackoff(0) })
  const iso = (at: number): string => new Date(Math.min(at, 8.64e15)).toISOString()

  return async (request, settles) => {
    const { origin, limit } = request
    const host = hosts.get(origin) ?? newHost(limit.at_once)
    hosts.set(origin, host)
    // Attempts and the pauses between them share one budget; waiting for a place, or because a provider asks, is not counted.
    let budget = options.timeout * attempts
    let notBefore = 0
    let tries = 0
    let sentAt = iso(now())
    const repeated = options.wasUnderWay?.(request) === true ? { repeated: true as const } : {}
    const none = (none: NoReply, again = false): Attempted => ({ again, answer: { none, sentAt, ...repeated } })

    const backOff = (asked?: number): number => {
      const jittered = random() * Math.min(longestBackoff, firstBackoff * 2 ** (tries - 1))
      const pausing = asked === undefined ? jittered : asked + random() * firstBackoff
      if (asked === undefined) budget -= pausing
      notBefore = now() + pausing
      return pausing
    }

    const attempt = async (): Promise<Attempted> => {
      if (notBefore > now()) await wait(notBefore - now(), signal)
      return host.places.execute(async () => {
        await pace.take(origin, limit.per_second, signal)
        const left = host.pausedUntil - now()
        if (left > patience) return none({ reason: host.pausedWhy ?? 'rate_limited', note: `${nameOf(origin)} asked to be left alone`, retryAt: iso(host.pausedUntil) })
        if (left > 0) await wait(left, signal)
        signal.throwIfAborted()
        return send()
      })
    }

    const send = async (): Promise<Attempted> => {
      const started = now()
      tries += 1
      try {
        const reply = await host.breaker.execute(async () => {
          sentAt = iso(started)
          const wire = authenticate(request, agent, new Date(started))
          const number = ledger.sent(request, sentAt)
          try {
            const clock = timeout(Math.max(1, Math.min(options.timeout, budget)), TimeoutStrategy.Aggressive)
            const reply = await clock.execute(({ signal: ending }) => transport(wire, ending), signal)
            const requestId = idOf(request, reply)
            ledger.answered(number, { status: reply.status, ...(requestId !== undefined && { requestId }) }, iso(now()))
            if (reply.status >= 500 && !settles(reply)) throw new Outage(reply)
            return reply
          } catch (error) {
            if (!(error instanceof Outage)) ledger.answered(number, { failed: signal.aborted ? 'cancelled' : failureOf(error, nameOf(origin)).kind }, iso(now()))
            throw error
          }
        })
        budget -= now() - started
        return judge(reply)
      } catch (error) {
        budget -= now() - started
        return failed(error)
      }
    }

    const idOf = ({ requestIdHeader }: SafeRequest, { headers }: Reply): string | undefined => {
      const id = headers[requestIdHeader ?? 'x-request-id']
      return id === undefined ? undefined : scrub(id.slice(0, 200))
    }

    const judge = (reply: Reply): Attempted => {
      const requestId = idOf(request, reply)
      const answered: Attempted = { again: false, answer: { reply, sentAt, ...repeated, ...(requestId !== undefined && { requestId }) } }
      const asked = askedToWait(reply, limit, now())
      if (limit.locked_out?.some(match => fits(match, reply))) return refused('locked_out', asked ?? lockOut, asked !== undefined)
      if (settles(reply)) {
        if (limit.by === 'address' && asked !== undefined && nothingLeft(reply, limit)) host.pausedUntil = Math.max(host.pausedUntil, now() + asked)
        return answered
      }
      if (reply.status === 429 || limit.hit?.some(match => fits(match, reply))) {
        const told = reply.headers[limit.should_retry ?? ''] === 'false'
        return refused('rate_limited', asked, !told)
      }
      return answered
    }

    const refused = (reason: 'rate_limited' | 'locked_out', asked: number | undefined, mayRetry: boolean): Attempted => {
      const pausing = asked !== undefined && asked > patience ? asked : backOff(asked)
      if (limit.by === 'address' || reason === 'locked_out') {
        host.pausedUntil = Math.max(host.pausedUntil, now() + pausing)
        host.pausedWhy = reason
      }
      const says = reason === 'locked_out' ? 'refuses to judge any key for now' : 'says that it is asked too often'
      return none({ reason, note: `${nameOf(origin)} ${says}`, retryAt: iso(now() + pausing) }, mayRetry && pausing <= patience && budget > 0)
    }

    const failed = (error: unknown): Attempted => {
      if (signal.aborted) return none(cancelled(signal))
      if (isOpen(error)) {
        const last = host.lastOutage
        return none({ reason: last?.reason ?? 'unreachable', note: `not asked: ${last?.note ?? nameOf(origin)}, several times in a row` })
      }
      if (error instanceof Outage) {
        host.lastOutage = { reason: 'provider_error', note: `${nameOf(origin)} answered ${error.reply.status}` }
        const told = error.reply.headers[limit.should_retry ?? '']
        const asked = askedToWait(error.reply, limit, now())
        if (asked !== undefined && asked > patience) return none({ ...host.lastOutage, retryAt: iso(now() + asked) })
        backOff(asked)
        const requestId = idOf(request, error.reply)
        return { again: told !== 'false' && budget > 0, answer: { reply: error.reply, sentAt, ...repeated, ...(requestId !== undefined && { requestId }) } }
      }
      if (error instanceof TypeError && tries === 1) return none({ reason: 'unreachable', note: `not sent: ${error.message}` })
      const { says, passing } = failureOf(error, nameOf(origin))
      host.lastOutage = { reason: 'unreachable', note: says }
      backOff()
      return none(host.lastOutage, passing && budget > 0)
    }

    try {
      const { answer } = await again.execute(attempt)
      return answer
    } catch (error) {
      if (signal.aborted) return none(cancelled(signal)).answer
      throw error
    }
  }
}

/** A 5xx that decides nothing: counts against the host, and is tried again. */
class Outage extends Error {
  readonly reply: Reply
  constructor(reply: Reply) {
    super(`status ${reply.status}`)
    this.reply = reply
  }
}

function cancelled(signal: AbortSignal): NoReply {
  const why: unknown = signal.reason
  return { reason: 'cancelled', note: why instanceof Error && why.name === 'DeadlineError' ? why.message : 'the run was stopped before the answer' }
}

function nameOf(origin: string): string {
  return new URL(origin).host
}

import type { Answer, NoReply, Reply, SafeRequest } from '../model/request.ts'
import { authenticate } from './auth/authenticate.ts'
import { withoutTokens } from './auth/session.ts'
import { backOff } from './back-off.ts'
import type { UnderWay } from './ending.ts'
import type { EngineOptions } from './engine.ts'
import { failureOf } from './failure.ts'
import { type Host, isOpen, leaveAlone, Outage } from './host.ts'
import { askedToWait, nothingLeft, refusalIn, shouldRetry } from './retry-after.ts'
import type { Wire } from './transport.ts'
import { leaveFor } from './tries.ts'

/** What an errand takes from the engine: everything that has a default, filled in. */
export type Means = EngineOptions &
  Required<Pick<EngineOptions, 'scrub' | 'now' | 'random' | 'wait'>> & { readonly underWay: UnderWay }

/** How one attempt ended, and whether another one is worth it. */
export interface Attempted {
  readonly answer: Answer
  readonly again: boolean
}

/** A provider that refuses to judge and does not say for how long is left alone for this long. */
const lockOut = 10 * 60_000

/** One request on its way: each attempt waits its turn, is written down, sent, and understood. */
export class Errand {
  readonly #request: SafeRequest
  readonly #settles: (reply: Reply) => boolean
  readonly #host: Host
  readonly #means: Means
  readonly #repeated: { readonly repeated?: true }
  /** Attempts and the pauses between them share it; waiting for a place, or because a provider asks, is not counted. */
  #budget: number
  #tries = 0
  #notBefore = 0
  #sentAt: string

  constructor(request: SafeRequest, settles: (reply: Reply) => boolean, host: Host, means: Means) {
    this.#request = request
    this.#settles = settles
    this.#host = host
    this.#means = means
    this.#repeated = means.wasUnderWay?.(request) === true ? { repeated: true } : {}
    this.#budget = (request.timeout ?? means.timeout) * means.attempts
    this.#sentAt = iso(means.now())
  }

  /** Attempts until one is enough, or no other is worth it. */
  async run(): Promise<Answer> {
    for (let left = this.#means.attempts; ; left--) {
      const { answer, again } = await this.attempt()
      if (!again || left <= 1) return answer
    }
  }

  async attempt(): Promise<Attempted> {
    const { now, wait, signal } = this.#means
    // Before a place is taken: who backs off holds nobody up.
    if (this.#notBefore > now()) await wait(this.#notBefore - now(), signal)
    return await this.#host.places.execute(async () => (await this.#turn()) ?? (await this.#send()))
  }

  /** Not sent: this account was tried already. */
  held(last: string): Answer {
    const note = `not sent: wrong tries may lock accounts of ${this.#host.name}, and this one, as each is once a day, was tried at ${last}`
    return this.#none({ reason: 'locked_out', note, retryAt: iso(Date.parse(last) + leaveFor) }).answer
  }

  cancelled(): Answer {
    const why: unknown = this.#means.signal.reason
    const late = why instanceof Error && why.name === 'DeadlineError'
    const note = late ? why.message : 'the run was stopped before the answer'
    return this.#none({ reason: 'cancelled', note }).answer
  }

  /** Waits until the host may be asked; comes back with an answer where that is too long to wait. */
  async #turn(): Promise<Attempted | undefined> {
    const { now, wait, pace, patience, signal } = this.#means
    const { origin, limit } = this.#request
    do {
      const left = this.#host.pausedUntil - now()
      if (left > patience)
        return this.#none({
          reason: this.#host.pausedWhy,
          note: `${this.#host.name} asked to be left alone`,
          retryAt: iso(this.#host.pausedUntil),
        })
      if (left > 0) await wait(left, signal)
      await pace.take(origin, limit.per_second, signal)
    } while (this.#host.pausedUntil > now())
    signal.throwIfAborted()
    return undefined
  }

  async #send(): Promise<Attempted> {
    const { agent, now } = this.#means
    const started = now()
    this.#tries += 1
    let wire: Wire
    try {
      wire = authenticate(this.#request, agent, new Date(started))
    } catch (error) {
      // Says nothing of the host.
      const why = error instanceof TypeError ? error.message : 'the request could not be written'
      return this.#none({ reason: 'unreachable', note: `not sent: ${why}` })
    }
    try {
      const reply = await this.#host.breaker.execute(() => this.#call(wire))
      this.#budget -= now() - started
      return this.#judge(reply)
    } catch (error) {
      this.#budget -= now() - started
      return this.#failed(error)
    }
  }

  /** The ledger's line is written before a byte leaves. Throws what counts against the host. */
  async #call(wire: Wire): Promise<Reply> {
    const { ledger, transport, signal, now, underWay } = this.#means
    const { timeout = this.#means.timeout } = this.#request
    this.#sentAt = iso(now())
    const number = await ledger.sent(this.#request, this.#sentAt)
    let reply: Reply
    try {
      const whole = await underWay.within(Math.max(1, Math.min(timeout, this.#budget)), ending =>
        transport(wire, ending),
      )
      reply = withoutTokens(whole, this.#request.drops)
    } catch (error) {
      const failed = signal.aborted ? 'cancelled' : failureOf(error, this.#host.name).kind
      ledger.answered(number, { failed }, iso(now()))
      throw error
    }
    ledger.answered(number, { status: reply.status, ...this.#idOf(reply) }, iso(now()))
    if (reply.status >= 500 && refusalIn(reply, this.#request.limit) === undefined && !this.#settles(reply))
      throw new Outage(reply)
    return reply
  }

  #judge(reply: Reply): Attempted {
    const { limit } = this.#request
    const { now } = this.#means
    const asked = askedToWait(reply, limit, now())
    const limited = refusalIn(reply, limit)
    const told = shouldRetry(reply, limit)
    if (limited === 'locked_out') return this.#refused('locked_out', asked ?? lockOut, asked !== undefined)
    if (this.#settles(reply)) {
      if (limit.by === 'address' && asked !== undefined && nothingLeft(reply, limit))
        leaveAlone(this.#host, now() + asked, 'rate_limited')
      return this.#answered(reply, false)
    }
    if (limited === 'rate_limited') return this.#refused('rate_limited', asked, told !== 'false')
    // The provider's own word, as for a conflict; but a refusal stays one.
    const again = told === 'true' && reply.status !== 401 && reply.status !== 403
    if (again) this.#backOff(asked)
    return this.#answered(reply, again && (asked ?? 0) <= this.#means.patience)
  }

  #refused(reason: 'rate_limited' | 'locked_out', asked: number | undefined, mayRetry: boolean): Attempted {
    const { patience, now } = this.#means
    const pausing = asked !== undefined && asked > patience ? asked : this.#backOff(asked)
    if (this.#request.limit.by === 'address' || reason === 'locked_out') leaveAlone(this.#host, now() + pausing, reason)
    const says = reason === 'locked_out' ? 'refuses to judge any key for now' : 'says that it is asked too often'
    return this.#none(
      { reason, note: `${this.#host.name} ${says}`, retryAt: iso(now() + pausing) },
      mayRetry && pausing <= patience,
    )
  }

  #failed(error: unknown): Attempted {
    const { signal, patience, now } = this.#means
    if (signal.aborted) return { answer: this.cancelled(), again: false }
    if (isOpen(error)) {
      const { reason, note } = this.#host.lastOutage ?? { reason: 'unreachable', note: this.#host.name }
      return this.#none({ reason, note: `not asked: ${note}, several times in a row` })
    }
    if (!(error instanceof Outage)) {
      const { says, passing } = failureOf(error, this.#host.name)
      this.#host.lastOutage = { reason: 'unreachable', note: says }
      this.#backOff()
      return this.#none(this.#host.lastOutage, passing)
    }
    const { reply } = error
    this.#host.lastOutage = { reason: 'provider_error', note: `${this.#host.name} answered ${reply.status}` }
    const asked = askedToWait(reply, this.#request.limit, now())
    if (asked !== undefined && asked > patience)
      return this.#none({ ...this.#host.lastOutage, retryAt: iso(now() + asked) })
    this.#backOff(asked)
    return this.#answered(reply, shouldRetry(reply, this.#request.limit) !== 'false')
  }

  #backOff(asked?: number): number {
    const pausing = backOff(this.#tries, asked, this.#means.random)
    if (asked === undefined) this.#budget -= pausing
    this.#notBefore = this.#means.now() + pausing
    return pausing
  }

  #answered(reply: Reply, again: boolean): Attempted {
    return {
      again: again && this.#budget > 0,
      answer: { reply, sentAt: this.#sentAt, ...this.#repeated, ...this.#idOf(reply) },
    }
  }

  #none(none: NoReply, again = false): Attempted {
    return { again: again && this.#budget > 0, answer: { none, sentAt: this.#sentAt, ...this.#repeated } }
  }

  #idOf({ headers }: Reply): { readonly requestId?: string } {
    const id = headers[this.#request.requestIdHeader ?? 'x-request-id']
    return id === undefined ? {} : { requestId: this.#means.scrub(id).slice(0, 200) }
  }
}

let last = { at: Number.NaN, text: '' }

/** ISO 8601. Several calls fall into one millisecond, and writing a date out takes as long as signing for one. */
function iso(at: number): string {
  if (at !== last.at) last = { at, text: new Date(Math.min(at, 8.64e15)).toISOString() }
  return last.text
}

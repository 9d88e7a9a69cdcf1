import { setMaxListeners } from 'node:events'
import type { Ledger } from '../ledger/ledger.ts'
import { accountOf } from '../model/account.ts'
import type { SafeRequest, Send } from '../model/request.ts'
import { Apart } from './apart.ts'
import { UnderWay } from './ending.ts'
import { Errand, type Means } from './errand.ts'
import { type Host, newHost } from './host.ts'
import { type Pace, pause } from './pace.ts'
import type { Transport } from './transport.ts'
import { Tries } from './tries.ts'

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
  /** Accounts that other runs tried where wrong tries lock, and when: asked for once, when the first such request comes. */
  readonly triedBefore?: () => Promise<ReadonlyMap<string, string>>
  readonly scrub?: (text: string) => string
  readonly now?: () => number
  readonly random?: () => number
  readonly wait?: typeof pause
}

/** The one way out: pace, places, breaker, time-out, ledger and retries around one transport. */
export function createEngine(options: EngineOptions): Send {
  const underWay = new UnderWay()
  const means: Means = { scrub: text => text, now: Date.now, random: Math.random, wait: pause, underWay, ...options }
  // Every pause under way listens to it; more than ten are no leak.
  setMaxListeners(0, options.signal)
  options.signal.addEventListener('abort', () => underWay.endAll(options.signal.reason), { once: true })
  const hosts = new Map<string, Host>()
  const apart = new Apart(means.now, means.wait)
  const tries = new Tries(options.triedBefore)
  return async (request, settles) => {
    const host = hosts.get(request.origin) ?? newHost(request.origin, request.limit.at_once)
    hosts.set(request.origin, host)
    const errand = new Errand(request, settles, host, means)
    try {
      const account = accountOf(request)
      if (account !== undefined) {
        const last = await tries.take(account, means.now())
        // Never a second time, whatever becomes of the first.
        return last === undefined ? (await errand.attempt()).answer : errand.held(last)
      }
      return await apart.after(request, options.signal, () => errand.run())
    } catch (error) {
      if (means.signal.aborted) return errand.cancelled()
      throw error
    }
  }
}

import { vi } from 'vitest'
import { Ending } from '../../src/engine/ending.ts'
import { createEngine, type EngineOptions } from '../../src/engine/engine.ts'
import { spaced } from '../../src/engine/pace.ts'
import type { Transport, Wire } from '../../src/engine/transport.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import type { Answer, Limit, Reply, SafeRequest, Send } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'

/** A planned request as only plan/ makes them, for tests of what comes after it. */
export function planned(change: Partial<SafeRequest> = {}): SafeRequest {
  const request = {
    provider: 'acme',
    credential: 'acme-1',
    name: 'whoami',
    method: 'GET',
    origin: 'https://api.acme.test',
    path: '/v1/me',
    headers: {},
    auth: { bearer: '{key}' },
    parts: { key: { public: false, secret: new Secret('acme_S3cretS3cretS3cret') } },
    facts: {},
    effect: 'none',
    limit: limit(),
    ...change,
  }
  return request as unknown as SafeRequest
}

export function limit(change: Partial<Limit> = {}): Limit {
  return { per_second: 1000, at_once: 100, by: 'key', ...change }
}

export function reply(status: number, headers: Readonly<Record<string, string>> = {}, body: unknown = {}): Reply {
  return { status, headers, kind: 'json', body }
}

/** Rules of a provider that knows 200 and 401. */
export function settles({ status }: Reply): boolean {
  return status === 200 || status === 401 || status === 403
}

/** A wait on the clock that tests can wind. */
function wait(milliseconds: number, until: AbortSignal | Ending): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    onEnd(until, reason => {
      clearTimeout(timer)
      reject(reason)
    })
  })
}

function onEnd(until: AbortSignal | Ending, act: (reason: unknown) => void): void {
  if (!(until instanceof AbortSignal)) until.on(act)
  else if (until.aborted) act(until.reason)
  else until.addEventListener('abort', () => act(until.reason))
}

/** The ending of an attempt that may take so many milliseconds. */
export function endingAfter(milliseconds: number): Ending {
  const ending = new Ending()
  const signal = AbortSignal.timeout(milliseconds)
  signal.addEventListener('abort', () => ending.end(signal.reason))
  return ending
}

/** A ledger in memory: what it was told, in order. */
export function memoryLedger(): Ledger & { readonly lines: string[] } {
  const lines: string[] = []
  let number = 0
  return {
    lines,
    sent: async ({ credential, path }) => {
      lines.push(`sent ${credential} ${path}`)
      return ++number
    },
    answered: (n, outcome) => void lines.push(`answered ${n} ${'status' in outcome ? outcome.status : outcome.failed}`),
    head: () => null,
    close: () => undefined,
  }
}

/** What one call to the simulated network does: answers, fails, or takes its time and answers. */
export type Act = Reply | Error | { readonly after: number; readonly reply: Reply | Error } | 'silence'

export interface Simulated {
  readonly send: Send
  /** When each call left, in milliseconds since the start, and what it carried. */
  readonly calls: readonly { readonly at: number; readonly wire: Wire }[]
  readonly ledger: ReturnType<typeof memoryLedger>
}

/** An engine over a network that acts as told, on the fake clock. */
export function simulate(act: (call: number, wire: Wire) => Act, options: Partial<EngineOptions> = {}): Simulated {
  const began = Date.now()
  const calls: { at: number; wire: Wire }[] = []
  const transport: Transport = async (wire, ending) => {
    calls.push({ at: Date.now() - began, wire })
    const acted = act(calls.length, wire)
    if (acted === 'silence') return new Promise((_, reject) => onEnd(ending, reject))
    if ('after' in acted) await wait(acted.after, ending)
    const result = 'after' in acted ? acted.reply : acted
    if (result instanceof Error) throw result
    return result
  }
  const ledger = memoryLedger()
  const send = createEngine({
    transport,
    pace: spaced(Date.now, wait),
    ledger,
    agent: 'afterleak/test (run 1)',
    timeout: 1000,
    attempts: 3,
    patience: 60_000,
    signal: new AbortController().signal,
    random: () => 0.5,
    wait,
    ...options,
  })
  return { send, calls, ledger }
}

/** Winds the fake clock, from timer to timer, until something is done. */
export async function done<T>(promise: Promise<T>): Promise<T> {
  const state = { over: false }
  const outcome = promise.finally(() => (state.over = true))
  outcome.catch(() => undefined)
  for (let steps = 0; !state.over; steps++) {
    if (steps > 200_000) throw new Error('it never ends')
    await vi.advanceTimersToNextTimerAsync()
  }
  return outcome
}

/** A failure of the network, as undici names it. */
export function failing(code: string): Error {
  return Object.assign(new Error(code), { code })
}

/** What came of a request: its status, or why there is none. */
export function said({ reply: got, none }: Answer): string | number {
  return got?.status ?? none?.reason ?? 'nothing'
}

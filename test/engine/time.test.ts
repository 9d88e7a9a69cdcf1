import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pause } from '../../src/engine/pace.ts'
import { done, limit, memoryLedger, planned, reply, said, settles, simulate } from './support.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') }))
afterEach(() => void vi.useRealTimers())

describe('time', () => {
  it.each([
    ['that says nothing', 'silence' as const],
    ['that takes its time to fail', { after: 900, reply: reply(503) }],
    ['that answers a little late', { after: 1001, reply: reply(200) }],
  ])('is kept: a host %s costs at most time-out times attempts', async (_, act) => {
    for (const attempts of [1, 3, 10]) {
      const before = Date.now()
      const { send } = simulate(() => act, { attempts, random: () => 1 })
      const answer = await done(send(planned({ origin: `https://${attempts}.test` }), settles))
      expect(said(answer)).not.toBe(200)
      expect(Date.now() - before).toBeLessThanOrEqual(1000 * attempts)
    }
  })

  it('that runs out during a back-off ends everything at once, with no further call', async () => {
    const stop = new AbortController()
    const { send, calls } = simulate(() => reply(429, { 'retry-after': '50' }), { signal: stop.signal })
    const answer = send(planned(), settles)
    await vi.advanceTimersByTimeAsync(10)
    stop.abort(new Error('stopped'))
    const before = Date.now()
    expect((await done(answer)).none).toMatchObject({
      reason: 'cancelled',
      note: 'the run was stopped before the answer',
    })
    expect(Date.now() - before).toBe(0)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(calls).toHaveLength(1)
  })

  it('that runs out stops those that wait for a place, a turn or an answer alike', async () => {
    const stop = new AbortController()
    const { send, calls, ledger } = simulate(() => 'silence', { signal: stop.signal })
    const busy = limit({ at_once: 2, per_second: 1 })
    const answers = Promise.all(
      Array.from({ length: 10 }, (_, id) => send(planned({ credential: `a${id}`, limit: busy }), settles)),
    )
    await vi.advanceTimersByTimeAsync(10)
    stop.abort(Object.assign(new Error('the deadline of this run passed'), { name: 'DeadlineError' }))
    const got = await done(answers)
    expect(new Set(got.map(said))).toEqual(new Set(['cancelled']))
    expect(got[9]?.none?.note).toBe('the deadline of this run passed')
    expect(calls).toHaveLength(1)
    expect(ledger.lines).toEqual(['sent a0 /v1/me', 'answered 1 cancelled'])
  })

  it('lets nothing leave that was only written down when the run ended', async () => {
    const stop = new AbortController()
    const kept = memoryLedger()
    const ledger: typeof kept = {
      ...kept,
      async sent(request, at) {
        const number = await kept.sent(request, at)
        stop.abort()
        return number
      },
    }
    const { send, calls } = simulate(() => reply(200), { signal: stop.signal, ledger })
    expect(said(await done(send(planned(), settles)))).toBe('cancelled')
    expect(calls).toEqual([])
    expect(kept.lines).toEqual(['sent acme-1 /v1/me', 'answered 1 cancelled'])
  })

  it('is not spent by a real pause that is cut short', async () => {
    vi.useRealTimers()
    const stop = new AbortController()
    const pausing = pause(3_000_000_000, stop.signal)
    stop.abort()
    await expect(pausing).rejects.toThrow('aborted')
  })
})

describe('pace', () => {
  it('is kept: spaced, with no burst at the start or after a rest', async () => {
    const { send, calls } = simulate(() => ({ after: 5, reply: reply(200) }))
    const slow = limit({ per_second: 4 })
    await done(
      Promise.all(Array.from({ length: 10 }, (_, id) => send(planned({ credential: `a${id}`, limit: slow }), settles))),
    )
    await vi.advanceTimersByTimeAsync(10_000)
    await done(
      Promise.all(Array.from({ length: 5 }, (_, id) => send(planned({ credential: `b${id}`, limit: slow }), settles))),
    )
    const gaps = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0))
    expect(Math.min(...gaps)).toBe(250)
    expect(calls[9]?.at).toBe(2250)
  })

  it('is kept by attempts that follow a failure too', async () => {
    const { send, calls } = simulate(() => reply(503), { random: () => 0 })
    await done(send(planned({ limit: limit({ per_second: 2 }) }), settles))
    expect(calls.map(({ at }) => at)).toEqual([0, 500, 1000])
  })

  it('is of each host: ten hosts side by side take as long as one', async () => {
    const { send, calls } = simulate(() => reply(200))
    const hosts = Array.from({ length: 10 }, (_, id) => `https://h${id}.test`)
    await done(
      Promise.all(
        hosts.flatMap(origin =>
          Array.from({ length: 20 }, (_, id) =>
            send(planned({ origin, credential: `${origin}${id}`, limit: limit({ per_second: 10 }) }), settles),
          ),
        ),
      ),
    )
    expect(calls).toHaveLength(200)
    expect(Math.max(...calls.map(({ at }) => at))).toBe(1900)
  })

  it('lets no more than at_once be under way', async () => {
    let most = 0
    let now = 0
    const began = simulate(() => {
      most = Math.max(most, ++now)
      setTimeout(() => now--, 50)
      return { after: 50, reply: reply(200) }
    })
    await done(
      Promise.all(
        Array.from({ length: 30 }, (_, id) =>
          began.send(planned({ credential: `a${id}`, limit: limit({ at_once: 3 }) }), settles),
        ),
      ),
    )
    expect(most).toBe(3)
  })
})

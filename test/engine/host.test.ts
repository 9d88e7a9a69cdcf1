import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { done, failing, limit, planned, reply, said, settles, simulate } from './support.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') }))
afterEach(() => void vi.useRealTimers())

describe('a lock-out', () => {
  const strict = limit({ per_second: 1, locked_out: [{ where: { message: 'too many bad credentials' } }] })
  const locked = (headers = {}, status = 403) => reply(status, headers, { message: 'Too many bad credentials' })

  it('pauses the host, and the rest become unknown without asking and without waiting', async () => {
    const { send, calls } = simulate(() => locked())
    expect((await done(send(planned({ limit: strict }), settles))).none).toMatchObject({
      reason: 'locked_out',
      retryAt: '2026-11-24T00:10:00.000Z',
    })
    const answers = await done(
      Promise.all(
        Array.from({ length: 20 }, (_, id) => send(planned({ credential: `b${id}`, limit: strict }), settles)),
      ),
    )
    expect(new Set(answers.map(said))).toEqual(new Set(['locked_out']))
    expect(calls).toHaveLength(1)
    expect(Date.now()).toBeLessThan(Date.parse('2026-11-24T00:00:01Z'))
  })

  it('goes before every rule of the file, and may come with any status', async () => {
    for (const status of [200, 401, 429, 503]) {
      const { send } = simulate(() => locked({}, status))
      expect(said(await done(send(planned({ limit: strict }), settles)))).toBe('locked_out')
    }
  })

  it('that ends soon is waited for', async () => {
    const { send, calls } = simulate(call => (call === 1 ? locked({ 'retry-after': '5' }) : reply(200)))
    expect(said(await done(send(planned({ limit: strict }), settles)))).toBe(200)
    expect(calls[1]?.at).toBeGreaterThanOrEqual(5_000)
  })
})

describe('the breaker', () => {
  it('opens after five outages: the rest become unknown at once, with the reason, and later one tries again', async () => {
    let down = true
    const { send, calls } = simulate(() => (down ? failing('ECONNREFUSED') : reply(200)))
    await done(send(planned({ credential: 'a' }), settles))
    await done(send(planned({ credential: 'b' }), settles))
    expect(calls).toHaveLength(5)
    const before = Date.now()
    const answers = await done(
      Promise.all(
        Array.from({ length: 1000 }, (_, id) =>
          send(planned({ credential: `c${id}`, limit: limit({ per_second: 1e6 }) }), settles),
        ),
      ),
    )
    expect(calls).toHaveLength(5)
    expect(Date.now() - before).toBeLessThan(100)
    expect(answers[999]?.none).toMatchObject({
      reason: 'unreachable',
      note: expect.stringContaining('not asked: api.acme.test refused the connection'),
    })
    down = false
    await vi.advanceTimersByTimeAsync(30_000)
    expect(said(await done(send(planned({ credential: 'd' }), settles)))).toBe(200)
    expect(said(await done(send(planned({ credential: 'e' }), settles)))).toBe(200)
    expect(calls).toHaveLength(7)
  })

  it('does not open for another host', async () => {
    const { send } = simulate((_, { origin }) => (origin.includes('down') ? reply(502) : reply(200)))
    await done(
      Promise.all(
        ['a', 'b', 'c'].map(credential => send(planned({ credential, origin: 'https://down.test' }), settles)),
      ),
    )
    expect(said(await done(send(planned(), settles)))).toBe(200)
  })

  it('does not open because of credentials that can not be sent, which are not written down as sent either', async () => {
    const { send, calls, ledger } = simulate(() => reply(200))
    const broken = planned({ parts: {}, facts: { key: 'two\nlines' } })
    for (let count = 0; count < 6; count++) {
      const { none } = await done(send(broken, settles))
      expect(none?.note).toBe('not sent: a part of the credential can not stand in a header')
    }
    expect(ledger.lines).toEqual([])
    expect(said(await done(send(planned(), settles)))).toBe(200)
    expect(calls).toHaveLength(1)
  })
})

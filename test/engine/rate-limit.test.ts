import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { done, limit, planned, reply, said, settles, simulate } from './support.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') }))
afterEach(() => void vi.useRealTimers())

describe('429', () => {
  const now = Date.parse('2026-11-24T00:00:00Z')
  // Half of the 250 ms of jitter goes on top of what is asked for.
  const waits: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
    ['seconds', { 'retry-after': '7' }, 7_125],
    ['a date', { 'retry-after': new Date(now + 9_000).toUTCString() }, 9_125],
    ['a date that has passed', { 'retry-after': new Date(now - 9_000).toUTCString() }, 125],
    ['garbage', { 'retry-after': 'soon' }, 125],
    ['garbage with a number, which is no date', { 'retry-after': 'in 5', 'ratelimit-reset': '3' }, 3_125],
    ['a negative number', { 'retry-after': '-5', 'ratelimit-reset': '3' }, 3_125],
    ['nothing', {}, 125],
    ['ratelimit-reset', { 'ratelimit-reset': '11' }, 11_125],
    ['x-ratelimit-reset as seconds', { 'x-ratelimit-reset': '12' }, 12_125],
    ['x-ratelimit-reset as epoch', { 'x-ratelimit-reset': String(now / 1000 + 13) }, 13_125],
    ['x-ratelimit-reset as epoch in ms', { 'x-ratelimit-reset': String(now + 14_000) }, 14_125],
    ['retry-after-ms', { 'retry-after-ms': '1500' }, 1_625],
    ['the structured RateLimit', { ratelimit: '"default";r=0;t=15' }, 15_125],
  ]
  it.each(waits)('is waited for as %s says', async (_, headers, expected) => {
    const { send, calls } = simulate(call => (call === 1 ? reply(429, headers) : reply(200)))
    expect(said(await done(send(planned(), settles)))).toBe(200)
    expect(calls[1]?.at).toBe(expected)
  })

  it.each([
    ['epoch', String(now / 1000 + 20)],
    ['seconds', '20'],
    ['milliseconds', '20000'],
  ] as const)('reads the header of its file in %s, over the common ones', async (unit, value) => {
    const { send, calls } = simulate(call =>
      call === 1 ? reply(429, { 'x-acme-reset': value, 'x-ratelimit-reset': '1' }) : reply(200),
    )
    await done(send(planned({ limit: limit({ reset: { header: 'X-Acme-Reset', unit } }) }), settles))
    expect(calls[1]?.at).toBe(20_125)
  })

  it.each([
    ['a year in seconds', { 'retry-after': '31536000' }, '2027-11-24T00:00:00.000Z'],
    ['a year as a date', { 'retry-after': 'Wed, 24 Nov 2027 00:00:00 GMT' }, '2027-11-24T00:00:00.000Z'],
    ['longer than time itself', { 'retry-after': '9'.repeat(30) }, '+275760-09-13T00:00:00.000Z'],
  ])('is not waited for beyond patience: %s', async (_, headers, until) => {
    const { send, calls } = simulate(() => reply(429, headers))
    const answer = await done(send(planned(), settles))
    expect(answer.none).toMatchObject({ reason: 'rate_limited', retryAt: until })
    expect(calls).toHaveLength(1)
    expect(Date.now()).toBe(now)
  })

  it.each([
    ['is the last word where the provider says so', 'false', 1],
    ['is tried again where the provider says so', 'true', 3],
    ['is tried again where it says nothing', undefined, 3],
  ] as const)('%s', async (_, told, expected) => {
    const { send, calls } = simulate(() => reply(429, told === undefined ? {} : { 'should-retry': told }))
    expect(said(await done(send(planned({ limit: limit({ should_retry: 'Should-Retry' }) }), settles)))).toBe(
      'rate_limited',
    )
    expect(calls).toHaveLength(expected)
  })

  it('in other words is known from the file, whatever its status', async () => {
    for (const status of [400, 403, 503]) {
      const { send } = simulate(() => reply(status, {}, { code: 'slow_down' }))
      const answer = await done(
        send(planned({ limit: limit({ hit: [{ where: { code: 'slow_down' } }] }) }), () => false),
      )
      expect(said(answer)).toBe('rate_limited')
    }
  })

  it('of one key does not hold up the others', async () => {
    const { send, calls } = simulate((_, { headers }) =>
      headers['authorization'] === 'Bearer slow' ? reply(429, { 'retry-after': '50' }) : reply(200),
    )
    const key = (text: string) =>
      planned({ credential: text, facts: { key: text }, parts: {}, limit: limit({ at_once: 1 }) })
    const slow = send(key('slow'), settles)
    await done(send(key('quick'), settles))
    expect(calls).toHaveLength(2)
    expect(calls[1]?.at).toBeLessThan(10)
    await done(slow)
  })

  it('of our address holds up everybody, also who was about to go, and nobody bursts out when it ends', async () => {
    const { send, calls } = simulate(call =>
      call === 1 ? { after: 50, reply: reply(429, { 'retry-after': '50' }) } : reply(200),
    )
    const polite = limit({ by: 'address', per_second: 10, at_once: 5 })
    const ask = (id: number) => send(planned({ credential: `acme-${id}`, limit: polite }), settles)
    await done(Promise.all(Array.from({ length: 9 }, (_, id) => ask(id))))
    const rest = calls.slice(1).map(({ at }) => at)
    expect(Math.min(...rest)).toBeGreaterThanOrEqual(50_000)
    for (const [index, at] of rest.entries())
      if (index > 0) expect(at - (rest[index - 1] ?? 0)).toBeGreaterThanOrEqual(100)
  })

  it('of our address for longer than patience turns the rest unknown without asking', async () => {
    const { send, calls } = simulate(() => reply(429, { 'retry-after': '31536000' }))
    const of = (id: string) => send(planned({ credential: id, limit: limit({ by: 'address' }) }), settles)
    await done(of('a'))
    const answers = await done(Promise.all(['b', 'c', 'd'].map(of)))
    expect(answers.map(said)).toEqual(['rate_limited', 'rate_limited', 'rate_limited'])
    expect(calls).toHaveLength(1)
  })

  it('is seen coming: an answer that leaves nothing of the allowance holds the next one back', async () => {
    const { send, calls } = simulate(() => reply(200, { 'x-left': '0', 'ratelimit-reset': '30' }))
    const counted = limit({ by: 'address', remaining: 'X-Left' })
    await done(send(planned({ limit: counted }), settles))
    await done(send(planned({ credential: 'b', limit: counted }), settles))
    expect(calls[1]?.at).toBeGreaterThanOrEqual(30_000)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { pause, spaced } from '../../src/engine/pace.ts'
import type { Answer } from '../../src/model/request.ts'
import { type Act, done, failing, limit, planned, reply, settles, simulate } from './support.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') }))
afterEach(() => void vi.useRealTimers())

const said = ({ reply: got, none }: Answer): string | number => got?.status ?? none?.reason ?? 'nothing'

describe('a refusal', () => {
  it.each([401, 403])('is never asked for again: %i', async status => {
    for (const knows of [settles, () => false]) {
      const { send, calls } = simulate(() => reply(status))
      expect(said(await done(send(planned(), knows)))).toBe(status)
      expect(calls).toHaveLength(1)
    }
  })

  it('stays one even where the provider would let us try again', async () => {
    const { send, calls } = simulate(() => reply(401, { 'should-retry': 'true' }))
    await done(send(planned({ limit: limit({ should_retry: 'Should-Retry' }) }), () => false))
    expect(calls).toHaveLength(1)
  })
})

describe('one fault and then the truth gives the truth', () => {
  const faults: readonly (readonly [string, Act])[] = [
    ['reset', failing('ECONNRESET')],
    ['dns', failing('EAI_AGAIN')],
    ['half an answer', failing('UND_ERR_SOCKET')],
    ['garbage', Object.assign(new Error('not HTTP'), { name: 'HTTPParserError' })],
    ['503', reply(503)],
    ['500', reply(500)],
    ['time-out', 'silence'],
    ['429', reply(429)],
    ['429 with a wait', reply(429, { 'retry-after': '2' })],
  ]
  it.each(faults)('%s', async (_, fault) => {
    const { send, calls } = simulate(call => (call === 1 ? fault : reply(200)))
    expect(said(await done(send(planned(), settles)))).toBe(200)
    expect(calls).toHaveLength(2)
  })
})

describe('what can not help is not tried again', () => {
  it.each(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'DEPTH_ZERO_SELF_SIGNED_CERT'])('%s', async code => {
    const { send, calls } = simulate(() => failing(code))
    expect(said(await done(send(planned(), settles)))).toBe('unreachable')
    expect(calls).toHaveLength(1)
  })
})

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

  it('of our address holds up everybody, and nobody bursts out when it ends', async () => {
    const { send, calls } = simulate(call => (call === 1 ? reply(429, { 'retry-after': '50' }) : reply(200)))
    const polite = limit({ by: 'address', per_second: 10, at_once: 5 })
    const ask = (id: number) => send(planned({ credential: `acme-${id}`, limit: polite }), settles)
    const first = ask(0)
    await vi.advanceTimersByTimeAsync(1)
    await done(Promise.all([first, ...Array.from({ length: 8 }, (_, id) => ask(id + 1))]))
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

describe('a server in trouble', () => {
  it('is asked as often as allowed and not more', async () => {
    for (const attempts of [1, 2, 3, 5]) {
      const { send, calls } = simulate(() => reply(503), { attempts })
      expect(said(await done(send(planned({ origin: `https://${attempts}.test` }), settles)))).toBe(503)
      expect(calls).toHaveLength(attempts)
    }
  })

  it('is asked again after full jitter that doubles', async () => {
    for (const share of [0, 0.25, 1]) {
      const { send, calls } = simulate(() => reply(500), { attempts: 4, random: () => share, timeout: 60_000 })
      await done(send(planned(), settles))
      const gaps = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0))
      // Places of the host are a millisecond apart.
      expect(gaps).toEqual([250, 500, 1000].map(longest => Math.max(1, Math.floor(longest * share))))
    }
  })

  it('is not asked again where a rule knows this answer', async () => {
    const { send, calls } = simulate(() => reply(503))
    await done(send(planned(), ({ status }) => status === 503))
    expect(calls).toHaveLength(1)
  })

  it('is not asked again where it says not to', async () => {
    const { send, calls } = simulate(() => reply(500, { 'should-retry': 'false' }))
    await done(send(planned({ limit: limit({ should_retry: 'should-retry' }) }), settles))
    expect(calls).toHaveLength(1)
  })

  it('is asked again for a conflict where it says so', async () => {
    const { send, calls } = simulate(call => (call === 1 ? reply(409, { 'should-retry': 'true' }) : reply(200)))
    expect(said(await done(send(planned({ limit: limit({ should_retry: 'should-retry' }) }), settles)))).toBe(200)
    expect(calls).toHaveLength(2)
  })

  it('that wants a year of rest gets it', async () => {
    const { send, calls } = simulate(() => reply(503, { 'retry-after': '31536000' }))
    expect((await done(send(planned(), settles))).none).toMatchObject({
      reason: 'provider_error',
      retryAt: '2027-11-24T00:00:00.000Z',
    })
    expect(calls).toHaveLength(1)
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

describe('the ledger', () => {
  it('has a line for each attempt, before and after', async () => {
    const { send, ledger } = simulate(call =>
      call === 1 ? failing('ECONNRESET') : call === 2 ? reply(503) : reply(200),
    )
    await done(send(planned(), settles))
    expect(ledger.lines).toEqual([
      'sent acme-1 /v1/me',
      'answered 1 tcp',
      'sent acme-1 /v1/me',
      'answered 2 503',
      'sent acme-1 /v1/me',
      'answered 3 200',
    ])
  })

  it('that can not be written keeps every byte at home', async () => {
    const calls: unknown[] = []
    const full = () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    const send = createEngine({
      transport: async wire => (calls.push(wire), reply(200)),
      pace: spaced(),
      ledger: { sent: full, answered: () => undefined, head: () => null, close: () => undefined },
      agent: 'test',
      timeout: 1000,
      attempts: 3,
      patience: 0,
      signal: new AbortController().signal,
      wait: async () => undefined,
    })
    expect((await done(send(planned(), settles))).none?.reason).toBe('unreachable')
    expect(calls).toEqual([])
  })
})

it('says who asks, for which run, and what the provider called the request', async () => {
  const { send, calls } = simulate(() => reply(200, { 'acme-id': 'r-1' }), { wasUnderWay: () => true })
  const answer = await done(send(planned({ requestIdHeader: 'acme-id' }), settles))
  expect(answer).toMatchObject({ requestId: 'r-1', repeated: true })
  expect(calls[0]?.wire.headers['user-agent']).toBe('afterleak/test (run 1)')
})

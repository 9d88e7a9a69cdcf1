import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Act, done, failing, limit, planned, reply, said, settles, simulate } from './support.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') }))
afterEach(() => void vi.useRealTimers())

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

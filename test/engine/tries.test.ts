import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leaveFor } from '../../src/engine/tries.ts'
import { accountOf } from '../../src/model/account.ts'
import type { SafeRequest } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'
import { done, failing, planned, reply, said, settles, simulate } from './support.ts'

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-24T03:04:05Z') }))
afterEach(() => vi.useRealTimers())

function login(user: string, password = 'correct-horse'): SafeRequest {
  return planned({
    credential: `acme-${user}-${password}`,
    method: 'POST',
    body: { json: { user: '{user}', password: '{password}' } },
    auth: { none: true },
    parts: {
      user: { public: true, text: user },
      password: { public: false, secret: new Secret(password) },
    },
    once: '{user}',
  })
}

describe('an account that wrong tries would lock (law 9)', () => {
  it('is tried once, even where there is no answer', async () => {
    const { send, calls } = simulate(() => failing('ECONNRESET'))
    expect(said(await done(send(login('a'), settles)))).toBe('unreachable')
    expect(calls).toHaveLength(1)
  })

  it.each([500, 503, 429])('is not asked again after %d', async status => {
    const { send, calls } = simulate(() => reply(status))
    await done(send(login('a'), settles))
    expect(calls).toHaveLength(1)
  })

  it('is not tried with another password, by whatever spelling of its name', async () => {
    const { send, calls } = simulate(() => reply(401))
    await done(send(login('Alice', 'first-password'), settles))
    const second = await done(send(login('alice', 'second-password'), settles))
    expect(said(second)).toBe('locked_out')
    expect(second.none?.note).toContain('tried at 2026-11-24T03:04:05.000Z')
    expect(second.none?.retryAt).toBe('2026-11-25T03:04:05.000Z')
    expect(calls).toHaveLength(1)
  })

  it('is tried by one of two that come at the same moment', async () => {
    const { send, calls } = simulate(() => ({ after: 100, reply: reply(401) }))
    const both = await done(Promise.all([send(login('a', 'one-password'), settles), send(login('a', 'two'), settles)]))
    expect(new Set(both.map(said))).toEqual(new Set([401, 'locked_out']))
    expect(calls).toHaveLength(1)
  })

  it('leaves other accounts, and other hosts, alone', async () => {
    const { send, calls } = simulate(() => reply(401))
    await done(send(login('a'), settles))
    await done(send(login('b'), settles))
    await done(send({ ...login('a'), origin: 'https://other.acme.test' }, settles))
    expect(calls).toHaveLength(3)
  })

  it.each([
    ['an hour ago', 3_600_000, 0],
    ['almost a day ago', leaveFor - 1, 0],
    ['a day ago', leaveFor, 1],
  ])('is left alone after another run tried it %s', async (_, ago, sent) => {
    const at = new Date(Date.now() - ago).toISOString()
    const { send, calls } = simulate(() => reply(401), {
      triedBefore: async () => new Map([['api.acme.test a', at]]),
    })
    await done(send(login('a'), settles))
    expect(calls).toHaveLength(sent)
  })

  it('is tried again as soon as a day is over', async () => {
    const { send, calls } = simulate(() => reply(401))
    await done(send(login('a'), settles))
    vi.setSystemTime(Date.now() + leaveFor)
    await done(send(login('a'), settles))
    expect(calls).toHaveLength(2)
  })

  it('is never named by a secret', () => {
    expect(() => accountOf({ ...login('a'), once: '{password}' })).toThrow(TypeError)
    expect(accountOf(login('A'))).toBe('api.acme.test a')
    expect(accountOf(planned())).toBeUndefined()
  })
})

describe('a sign-in on its way', () => {
  const signIn = (): SafeRequest => planned({ method: 'POST', effect: 'session', drops: ['access_token'] })

  it('is written down before a byte leaves', async () => {
    const written: string[][] = []
    const { send, ledger } = simulate(() => {
      written.push([...ledger.lines])
      return reply(200, {}, { access_token: 'opensesame' })
    })
    await done(send(signIn(), settles))
    expect(written).toEqual([['sent acme-1 /v1/me']])
  })

  it('brings back no token, and shows none to the rules', async () => {
    const shown: unknown[] = []
    const { send } = simulate(() => reply(200, { 'set-cookie': 'opensesame' }, { access_token: 'opensesame', a: 1 }))
    const answer = await done(
      send(signIn(), got => {
        shown.push(got)
        return true
      }),
    )
    expect(answer.reply?.body).toEqual({ access_token: true, a: 1 })
    expect(JSON.stringify([answer, shown])).not.toContain('opensesame')
  })

  it('brings back no token of an answer that counts as an outage either', async () => {
    const { send } = simulate(() => reply(503, {}, { access_token: 'opensesame' }))
    expect(JSON.stringify(await done(send(signIn(), settles)))).not.toContain('opensesame')
  })
})

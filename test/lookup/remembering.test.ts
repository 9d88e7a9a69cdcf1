import { describe, expect, it } from 'vitest'
import { remembering } from '../../src/lookup/remembering.ts'
import type { Parts } from '../../src/model/credential.ts'
import type { Answer, Reply, SafeRequest } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'

const parts: Parts = {
  admin_key: { public: false, secret: new Secret('of the administrator') },
  token: { public: false, secret: new Secret('that leaked') },
  key_id: { public: true, text: 'one' },
}
const ask = (more: object = {}): SafeRequest =>
  ({
    provider: 'acme',
    method: 'GET',
    origin: 'https://api.acme.example',
    path: '/keys?user={user}',
    headers: {},
    auth: { bearer: '{admin_key}' },
    parts,
    facts: { user: 'alice' },
    ...more,
  }) as unknown as SafeRequest
const sentAt = '2026-11-24T10:00:00.000Z'
const reply = (status: number, body: unknown = {}): Answer => ({
  sentAt,
  reply: { status, headers: {}, kind: 'json', body },
})

/** How often each path was asked for, where each is answered so. */
async function asked(requests: readonly SafeRequest[], answer: (count: number) => Answer): Promise<number> {
  let count = 0
  const send = remembering(async () => answer(count++))
  for (const request of requests) await send(request, (_: Reply) => true)
  return count
}

describe('a list', () => {
  it('is asked for once', async () => expect(await asked([ask(), ask(), ask()], () => reply(200))).toBe(1))

  it('is asked for once by those who ask at the same time', async () => {
    let count = 0
    const send = remembering(async () => {
      count++
      await new Promise(setImmediate)
      return reply(200)
    })
    await Promise.all([send(ask(), () => true), send(ask(), () => true)])
    expect(count).toBe(1)
  })

  it.each([
    ['of another user', { facts: { user: 'bob' } }],
    ['of another host', { origin: 'https://api.eu.acme.example' }],
    ['of another provider', { provider: 'other' }],
    ['by another credential', { auth: { none: true } }],
    ['further on', { path: '/keys?user={user}&after={next}', facts: { user: 'alice', next: '2' } }],
  ])('%s is another one', async (_, more) => {
    expect(await asked([ask(), ask(more), ask(), ask(more)], () => reply(200))).toBe(2)
  })

  it.each([
    ['a GET', { path: '/keys/{token}' }],
    ['a POST', { method: 'POST', body: { json: { token: '{token}' } } }],
    [
      'a sign-in',
      { method: 'LOGIN', auth: { database: { password: '{admin_key}', compares: { string: '{token}' } } } },
    ],
  ])('is not what %s asks about one key: that is asked for each, and once', async (_, more) => {
    const first = ask({ ...more, credential: 'acme-1' })
    const other = ask({ ...more, credential: 'acme-2' })
    expect(await asked([first, other, first, other], () => reply(200))).toBe(2)
  })

  it('is asked for again where no answer came, or none that lasts', async () => {
    const none: Answer = { sentAt, none: { reason: 'unreachable', note: 'no' } }
    expect(await asked([ask(), ask()], count => (count === 0 ? none : reply(200)))).toBe(2)
    expect(await asked([ask(), ask()], () => reply(429))).toBe(2)
    expect(await asked([ask(), ask()], () => reply(503))).toBe(2)
  })

  it('is kept up to a bound, and what comes beyond it asked for again', async () => {
    const page = 'x'.repeat(1024 * 1024)
    const pages = Array.from({ length: 20 }, (_, index) => ask({ path: `/keys?page=${index}` }))
    expect(await asked([...pages, ...pages], () => reply(200, page))).toBe(20 + 5)
  })
})

describe('a credential that was refused', () => {
  it('asks nothing else at that host, whatever is asked for', async () => {
    const other = ask({ method: 'POST', path: '/check', body: { json: { token: '{token}' } } })
    expect(await asked([ask(), other, other], () => reply(401))).toBe(1)
  })

  it('asks other hosts still', async () => {
    expect(await asked([ask(), ask({ origin: 'https://api.eu.acme.example' })], () => reply(401))).toBe(2)
  })

  it('is tried once at a database', async () => {
    const login = ask({
      method: 'LOGIN',
      origin: 'redis://cache.example.com:6379',
      path: '/',
      auth: { database: { protocol: 'redis' } },
    })
    expect(await asked([login, login], () => reply(0, { accepted: false, code: 'WRONGPASS' }))).toBe(1)
    const another = {
      ...login,
      credential: 'acme-2',
      auth: { database: { protocol: 'redis' as const, compares: { string: '{token}' } } },
    }
    expect(await asked([login, another], () => reply(0, { accepted: true, signed_in: true }))).toBe(2)
  })

  it('is none where a permission is missing', async () => {
    const other = ask({ method: 'POST', path: '/check', body: { json: { token: '{token}' } } })
    expect(await asked([ask(), other], () => reply(403))).toBe(2)
  })
})

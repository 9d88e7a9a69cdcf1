import { describe, expect, it } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { compile } from '../../src/catalog/compile.ts'
import { lookupPlans } from '../../src/composition/sources.ts'
import { lookUp } from '../../src/lookup/lookup.ts'
import type { Parts } from '../../src/model/credential.ts'
import type { Answer, SafeRequest } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'
import { providerText } from '../catalog/provider-text.ts'

const admin =
  'admin: { parts: { token: { what: One of the account. } }, auth: { bearer: "{admin_token}" }, docs: https://acme.example/docs }\n'
const dead = '{ state: dead, reason: revoked, because: "Gone. https://acme.example/docs" }'

/** The sample provider with one look-up. */
function withLookup(lines: readonly string[]) {
  const indented = ['with: admin', 'effect: none', 'docs: https://acme.example/docs', ...lines].map(
    line => `    ${line}\n`,
  )
  return compile(
    'acme.yaml',
    providerText.replace('no_usage:', `${admin}lookup:\n  key:\n${indented.join('')}no_usage:`),
  )
}
const faultsOf = (lines: readonly string[]) => withLookup(lines).faults.map(({ at, message }) => `${at}: ${message}`)
const list = ['request: GET /v1/keys', 'list: keys']
const informs = 'verdict: [{ status: 200, where: { id: present }, state: unknown, reason: unrecognised }]'
const decides = 'verdict: [{ status: 200, where: { id: present, active: false }, state: dead, reason: disabled }]'

describe('a look-up', () => {
  it.each([
    ['item: { hint: hint, part: key }'],
    ['item: { ends: hint, part: key }'],
    ['item: { starts: hint, part: key }'],
  ])('that finds its key by a few characters can not decide: %s', item => {
    const says = 'lookup.key: a few characters tell which key is likely meant, so this look-up can only say unknown'
    expect(faultsOf([...list, item, informs])).toEqual([])
    expect(faultsOf([...list, item, decides])).toEqual([says])
    expect(faultsOf([...list, item, informs, `absent: ${dead}`])).toEqual([says])
    const step = `before: [{ request: GET /v1/keys, effect: none, list: keys, ${item}, take: { found_id: id } }]`
    expect(faultsOf(['request: GET /v1/keys/{found_id}', step, decides])).toEqual([says])
  })

  it('that signs in at a database does nothing but compare', () => {
    const login = 'auth: { database: { protocol: redis, password: "{admin_token}" } }'
    const safe = 'safe: "It reads. https://acme.example/docs"'
    const says =
      'lookup.key.request: a LOGIN is for `with: admin` with effect: session, and its `auth` says what it compares or asks'
    expect(faultsOf(['request: LOGIN /', safe, login, informs])).toContain(says)
    const compares =
      'auth: { database: { protocol: redis, password: "{admin_token}", compares: { password: "{key}" } } }'
    expect(faultsOf(['request: LOGIN /', safe, compares, informs])).toEqual([says])
    expect(faultsOf(['request: GET /v1/keys', compares, informs])).toContain(says)
  })
})

const secret = 'acme_us_abcdefghijklmnopqrstuvwx'.replace('abcdefgh', 'ABCDEFGH')

/** What one look-up says of a key that is made of these parts, where its list has these entries. */
async function told(lines: readonly string[], parts: Parts, keys: readonly object[]) {
  const { provider } = withLookup(lines)
  if (provider === undefined) throw new Error('the sample provider has a fault')
  const asked: SafeRequest[] = []
  const [plan] = lookupPlans(
    { id: 'acme-1', provider: 'acme', kind: 'api-key', parts, facts: {} },
    {
      catalog: new Catalog([provider]),
      send: async (request): Promise<Answer> => {
        asked.push(request)
        return { sentAt: '2026-11-24T10:00:00.000Z', reply: { status: 200, headers: {}, kind: 'json', body: { keys } } }
      },
      admins: new Map([
        [
          'acme',
          { provider: 'acme', parts: { admin_token: { public: false, secret: new Secret('of the administrator') } } },
        ],
      ]),
      noTouch: true,
    },
  )
  if (plan === undefined) throw new Error('no look-up')
  return { ...(await lookUp(plan)), asked: asked.length }
}

describe('a list that does not have the key', () => {
  const exact = [...list, 'item: { is: { digest: "{key_sha256_hex}" } }', informs, `absent: ${dead}`]
  const whole: Parts = { key: { public: false, secret: new Secret(secret) } }

  it('decides where the key would stand there by its digest', async () => {
    expect(await told(exact, whole, [{ id: 1, digest: 'another' }])).toMatchObject({
      verdict: { state: 'dead' },
      asked: 1,
    })
  })

  it('decides nothing of a key whose value is not kept, and is not asked for', async () => {
    const { verdict, looked, asked } = await told(exact, {}, [{ id: 1, digest: 'another' }])
    expect([verdict, asked]).toEqual([undefined, 0])
    expect(looked).toMatchObject({ state: 'unavailable', why: expect.stringContaining('too little is known') })
  })

  it('is not taken for one that has it by the prefix of all keys', async () => {
    const hinted = [...list, 'item: { hint: hint, part: key }', informs]
    for (const hint of ['acme_us_...', 'acme_us_...wx', '***', '...', ''])
      expect(await told(hinted, whole, [{ id: 1, hint }])).toMatchObject({ looked: { state: 'empty' } })
    expect(await told(hinted, whole, [{ id: 1, hint: `acme_us_AB...${secret.slice(-2)}` }])).toMatchObject({
      looked: { state: 'ok' },
    })
  })
})

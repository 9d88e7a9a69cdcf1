import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { type Asked, readFrom, type Said, theCertificate } from './stores.ts'

const host = 'vault.example.com'
const token = madeUp('hvs.{alnum:24}', 'vault token')
const stripe = madeUp('sk_live_{alnum:34}', 'vault value')
const environment = { VAULT_ADDR: `https://${host}`, VAULT_TOKEN: token }
const denied = { status: 403, json: { errors: ['permission denied'] } }

/** https://developer.hashicorp.com/vault/api-docs/system/internal-ui-mounts */
function mount(version: string | null, type = 'kv', path = 'secret/'): Said {
  return { status: 200, json: { data: { path, type, options: version === null ? null : { version } } } }
}

/** A Vault with one secret in it, as the API pages say. */
function vault(version: '1' | '2', document: unknown): (asked: Asked) => Said {
  return ({ path, headers }) => {
    if (headers['x-vault-token'] !== token) return denied
    if (path.startsWith('/v1/sys/internal/ui/mounts/secret/')) return mount(version)
    if (version === '2' && path === '/v1/secret/data/ci/stripe')
      return { status: 200, json: { data: { data: document, metadata: { version: 3, destroyed: false } } } }
    if (version === '1' && path === '/v1/secret/ci/stripe') return { status: 200, json: { data: document } }
    return { status: 404, json: { errors: [] } }
  }
}

describe('a reference to Vault', () => {
  it.each(['1', '2'] as const)('reads a field of a secret in version %s of the key-value engine', async version => {
    const { values } = await readFrom(host, vault(version, { key: stripe }), environment, [
      'vault:secret/ci/stripe#key',
    ])
    expect(values).toEqual([stripe])
  })

  it.each([
    ['a mount without options', () => mount(null)],
    ['a Vault that does not know the question', () => ({ status: 404, json: { errors: [] } })],
  ])('takes %s for version 1', async (_, told) => {
    const answer = (asked: Asked): Said =>
      asked.path.startsWith('/v1/sys/') ? told() : vault('1', { key: stripe })(asked)
    expect((await readFrom(host, answer, environment, ['vault:secret/ci/stripe#key'])).values).toEqual([stripe])
  })

  it('asks once for two fields of one secret, within the namespace', async () => {
    const { values, asked } = await readFrom(
      host,
      vault('2', { id: 'a-name', port: 5432 }),
      { ...environment, VAULT_NAMESPACE: 'team/one' },
      ['vault:secret/ci/stripe#id', 'vault:secret/ci/stripe#port'],
    )
    expect(values).toEqual(['a-name', '5432'])
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/sys/internal/ui/mounts/secret/ci/stripe',
      'GET /v1/secret/data/ci/stripe',
    ])
    expect(asked.every(({ headers }) => headers['x-vault-namespace'] === 'team/one')).toBe(true)
  })

  it('takes the path of the API for the same secret', async () => {
    const { values } = await readFrom(host, vault('2', { key: stripe }), environment, [
      'vault:secret/data/ci/stripe#key',
    ])
    expect(values).toEqual([stripe])
  })

  it('signs in as an AppRole, once', async () => {
    const id = madeUp('{hex:32}', 'secret id')
    const answer = (asked: Asked): Said => {
      if (asked.path !== '/v1/auth/approle/login') return vault('2', { key: stripe })(asked)
      const right = asked.method === 'POST' && asked.body === JSON.stringify({ role_id: 'ci', secret_id: id })
      return right
        ? { status: 200, json: { auth: { client_token: token } } }
        : { status: 400, json: { errors: ['invalid role or secret ID'] } }
    }
    const own = { VAULT_ADDR: `https://${host}`, VAULT_ROLE_ID: 'ci' }
    const read = ['vault:secret/ci/stripe#key', 'vault:secret/ci/other#key']
    const good = await readFrom(host, answer, { ...own, VAULT_SECRET_ID: id }, read)
    expect(good.values[0]).toBe(stripe)
    expect(good.asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
    expect(good.ledger).not.toContain(id)
    const bad = await readFrom(host, answer, { ...own, VAULT_SECRET_ID: 'wrong' }, read)
    expect(bad.values[0]).toMatch(/answered 400: VAULT_ROLE_ID and VAULT_SECRET_ID were not taken/)
    expect((await readFrom(host, answer, own, read)).values[0]).toMatch(/only one is set/)
  })

  it.each<[string, () => Said, RegExp]>([
    ['a refusal or an expired token', () => denied, /answered 403: the token may not read it, or is no longer valid/],
    ['a sealed Vault', () => ({ status: 503, json: { errors: ['Vault is sealed'] } }), /is sealed\. Unseal it/],
    ['an engine that makes new credentials', () => mount(null, 'database'), /no key-value engine there/],
    ['a redirect', () => ({ status: 307, headers: { location: 'https://elsewhere.example.com/' } }), /never followed/],
    ['a web page', () => ({ status: 200, text: '<html>Sign in</html>' }), /a web page, so something else answers/],
    ['too many questions', () => ({ status: 429, headers: { 'retry-after': '60' } }), /asked too often/],
    ['what no Vault says', () => ({ status: 418, json: {} }), /answered 418, not as Vault does/],
  ])('says what to do about %s', async (_, answer, says) => {
    const { values, asked } = await readFrom(host, answer, environment, ['vault:secret/ci/stripe#key'])
    expect(values[0]).toMatch(says)
    expect(asked).toHaveLength(1)
  })

  it.each<[string, string, unknown, RegExp]>([
    ['nothing of the name', 'vault:secret/ci/nothing#key', {}, /there is nothing of this name/],
    ['no such field', 'vault:secret/ci/stripe#Key', { key: stripe }, /no such field \(it has 1\)/],
    ['a field with an object', 'vault:secret/ci/stripe#key', { key: { inner: stripe } }, /a list or an object/],
    ['an empty field', 'vault:secret/ci/stripe#key', { key: '' }, /the field is empty/],
    ['a property that every object has', 'vault:secret/ci/stripe#toString', {}, /no such field/],
  ])('says of %s that it is not there', async (_, reference, document, says) => {
    const { values } = await readFrom(host, vault('2', document), environment, [reference])
    expect(values[0]).toMatch(says)
    expect(values[0]).not.toContain(stripe)
  })

  it('knows a version that was deleted', async () => {
    const answer = ({ path }: Asked): Said =>
      path.startsWith('/v1/sys/')
        ? mount('2')
        : { status: 404, json: { data: { data: null, metadata: { deletion_time: '2026-01-01T00:00:00Z' } } } }
    const { values } = await readFrom(host, answer, environment, ['vault:secret/ci/stripe#key'])
    expect(values[0]).toMatch(/its latest version was deleted or destroyed/)
  })

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    ['no token', { VAULT_ADDR: `https://${host}` }, 'vault:secret/a#b', /there is no Vault token\. Run vault login/],
    ['no address', {}, 'vault:secret/a#b', /VAULT_ADDR is not set/],
    ['an address without TLS', { VAULT_ADDR: `http://${host}` }, 'vault:secret/a#b', /has to be an https:\/\/ address/],
    ['an address with a user', { VAULT_ADDR: `https://a:b@${host}` }, 'vault:secret/a#b', /a plain address/],
    ['no field', environment, 'vault:secret/a', /write it as vault:MOUNT\/PATH#FIELD/],
    ['a way out of the path', environment, 'vault:secret/../sys/seal#a', /write it as/],
    [
      'no certificate',
      { ...environment, VAULT_CACERT: '/nowhere.pem' },
      'vault:secret/a#b',
      /could not be read \(ENOENT\)/,
    ],
  ])('sends nothing with %s', async (_, own, reference, says) => {
    const { values, asked } = await readFrom(host, () => denied, own, [reference])
    expect(values[0]).toMatch(says)
    expect(asked).toEqual([])
  })

  it('refuses a private address that nobody allowed', async () => {
    const own = { VAULT_ADDR: 'https://10.1.2.3:8200', VAULT_TOKEN: token }
    const { values } = await readFrom(host, () => denied, own, ['vault:secret/a#b'])
    expect(values[0]).toMatch(/not a public address\. If it is yours, allow it: --allow-private 10\.1\.2\.3/)
  })

  it('does not trust a certificate that nobody vouches for', async () => {
    const { values, asked } = await readFrom(host, vault('2', {}), environment, ['vault:secret/a#b'], { ca: [] })
    expect(values[0]).toMatch(/certificate or the encryption .* is not right/)
    expect(asked).toEqual([])
  })

  it('trusts the certificate that VAULT_CACERT names, and for Vault alone', async () => {
    const own = {
      ...environment,
      VAULT_CACERT: theCertificate,
      CONJUR_APPLIANCE_URL: `https://${host}`,
      CONJUR_AUTHN_LOGIN: 'ci',
      CONJUR_AUTHN_API_KEY: 'any',
    }
    const references = ['vault:secret/ci/stripe#key', 'conjur:a:variable:b']
    const { values, asked } = await readFrom(host, vault('2', { key: stripe }), own, references, { ca: [] })
    expect(values[0]).toBe(stripe)
    expect(values[1]).toMatch(/certificate or the encryption .* is not right/)
    expect(asked.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('writes each call down as reading a reference, and no secret with it', async () => {
    const { ledger, values } = await readFrom(host, vault('2', { key: stripe }), environment, [
      'vault:secret/ci/stripe#key',
    ])
    expect(values).toEqual([stripe])
    expect(ledger.match(/"channel":"reference"/g)).toHaveLength(2)
    expect(ledger).toContain('"path":"/v1/secret/data/ci/stripe"')
    expect(ledger).not.toContain(token)
    expect(ledger).not.toContain(stripe)
  })
})

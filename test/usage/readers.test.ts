import { describe, expect, it } from 'vitest'
import { keepingOf } from '../../src/composition/keeping.ts'
import { readershipOf } from '../../src/composition/readership.ts'
import { type Kept, storeIn } from '../../src/model/readership.ts'
import { Footsteps } from '../../src/usage/footsteps.ts'
import { awsNames, vaultNames } from '../../src/usage/secret-names.ts'
import { aCase } from '../report/fixture.ts'
import { gather, input, keyId, trail } from './support.ts'

const kept = (...stores: readonly string[]): readonly Kept[] => stores.map(store => ({ store, by: 'user' }))
const key = keyId('reader')
const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/stripe-a1B2c3'
const read = (secretId: string, more: object = {}) =>
  trail(key, {
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'GetSecretValue',
    requestParameters: { secretId },
    eventID: secretId + JSON.stringify(more),
    ...more,
  })
const vaultLine = (path: string, more: { readonly request?: object; readonly auth?: object } = {}) => ({
  time: '2026-11-02T10:00:00Z',
  type: 'response',
  auth: { accessor: 'hmac-sha256:00aa', display_name: 'approle-ci', ...more.auth },
  request: { id: `r ${path}`, operation: 'read', path, remote_address: '192.0.2.9', mount_type: 'kv', ...more.request },
})
const fetched = (resource: string, result = 'success') =>
  `<86>1 2026-11-03T10:00:00.000Z conjur conjur 1 fetch [auth@43868 user="acme:host:ci"][subject@43868 resource="${resource}"][client@43868 ip="192.0.2.5"][action@43868 result="${result}" operation="fetch"] acme:host:ci fetched ${resource}`

async function readersIn(
  log: string,
  stores: readonly string[],
  more: { readonly leakedAt?: string; readonly footsteps?: Footsteps } = {},
) {
  const keys = stores.map(store => ({ credential: 'c', store }))
  const { footsteps, leakedAt } = more
  const usage = await gather([input(log)], [], { kept: keys, ...(footsteps !== undefined && { footsteps }) })
  return readershipOf('c', kept(...stores), { usage, leakedAt })
}
const lines = (...records: readonly object[]): string => records.map(each => JSON.stringify(each)).join('\n')

describe('the names of a secret', () => {
  it.each([
    ['prod/stripe', ['aws-sm:prod/stripe']],
    [arn, ['aws-sm:prod/stripe-a1B2c3', 'aws-sm:prod/stripe']],
  ])('of AWS, %s, are %j', (id, names) => expect(awsNames(id)).toEqual(names))

  it.each([
    [['kv/data/pay'], ['vault:kv/data/pay', 'vault:kv/pay']],
    [['kv/pay'], ['vault:kv/pay']],
    [
      ['team/kv/data/data/x', 'team/kv/'],
      ['vault:team/kv/data/data/x', 'vault:team/kv/data/x'],
    ],
    [
      ['kv/data/pay', 'kv/', 'ns'],
      ['vault:kv/data/pay', 'vault:kv/pay', 'vault:ns/kv/data/pay', 'vault:ns/kv/pay'],
    ],
  ] as const)('of Vault, %j, are %j', ([path, mount, namespace], names) =>
    expect(vaultNames(path, mount, namespace)).toEqual(names),
  )

  it('stand in a reference before its field; files and variables are no store', () => {
    expect(storeIn('vault:kv/pay#key')).toEqual({ kind: 'vault', store: 'vault:kv/pay' })
    expect(storeIn('file:/etc/key')).toBeUndefined()
  })
})

describe('who read a key where it is kept', () => {
  it.each([
    ['aws-sm:prod/stripe', 'prod/stripe'],
    ['aws-sm:prod/stripe', arn],
    [`aws-sm:${arn}`, arn],
    [`aws-sm:${arn}`, 'prod/stripe'],
  ])('is found for %s in a read of %s', async (store, secretId) => {
    expect((await readersIn(lines(read(secretId)), [store]))?.readers).toEqual([
      {
        store,
        who: 'arn:aws:iam::123456789012:user/alice',
        key,
        ip: '192.0.2.7',
        client: 'aws-cli',
        firstAt: '2026-11-01T10:00:00.000Z',
        lastAt: '2026-11-01T10:00:00.000Z',
        count: 1,
        refused: 0,
        events: [expect.any(String)],
      },
    ])
  })

  it.each([
    ['another secret', 'aws-sm:prod/stripe', read('prod/stripe-eu')],
    ['a look at its description', 'aws-sm:prod/stripe', read('prod/stripe', { eventName: 'DescribeSecret' })],
    [
      'another account',
      `aws-sm:${arn}`,
      read('prod/stripe', { userIdentity: { type: 'Root', accountId: '999999999999' } }),
    ],
    ['another Region', `aws-sm:${arn}`, read('prod/stripe', { awsRegion: 'us-east-1' })],
    ['its versions', 'vault:kv/pay', vaultLine('kv/metadata/pay')],
    ['a list', 'vault:kv/pay', vaultLine('kv/data/pay', { request: { operation: 'list' } })],
    ['one below it', 'vault:kv/pay', vaultLine('kv/data/pay/more')],
    ['a request without its answer', 'vault:kv/pay', { ...vaultLine('kv/data/pay'), type: 'request' }],
  ])('is not who read %s', async (_, store, record) => {
    expect((await readersIn(lines(record, trail(key)), [store]))?.readers).toEqual([])
  })

  it('is told by Vault: name, accessor as it stands there, address, and refusals', async () => {
    const refused = { ...vaultLine('kv/data/pay', { request: { id: 'r2' } }), error: '1 error: permission denied' }
    expect((await readersIn(lines(vaultLine('kv/data/pay'), refused), ['vault:kv/pay']))?.readers).toMatchObject([
      {
        who: 'approle-ci',
        key: 'hmac-sha256:00aa',
        ip: '192.0.2.9',
        count: 1,
        refused: 1,
        events: ['r kv/data/pay', 'r2'],
      },
    ])
  })

  it('is told by Conjur', async () => {
    const log = [
      fetched('acme:variable:prod/key'),
      fetched('acme:variable:other'),
      fetched('acme:variable:prod/key', 'failure'),
    ]
    expect((await readersIn(log.join('\n'), ['conjur:acme:variable:prod/key']))?.readers).toMatchObject([
      { who: 'acme:host:ci', ip: '192.0.2.5', count: 1, refused: 1 },
    ])
  })

  it('is called new where the log goes back before the leak, and he was not there', async () => {
    const late = { eventTime: '2026-11-05T10:00:00Z', sourceIPAddress: '203.0.113.9' }
    const log = lines(read('prod/stripe'), read('prod/stripe', late))
    const fresh = async (leakedAt: string) =>
      (await readersIn(log, ['aws-sm:prod/stripe'], { leakedAt }))?.readers.map(({ ip, fresh: is }) => [ip, is])
    expect(await fresh('2026-11-03T00:00:00.000Z')).toEqual([
      ['203.0.113.9', true],
      ['192.0.2.7', undefined],
    ])
    expect(await fresh('2026-10-03T00:00:00.000Z')).toEqual([
      ['203.0.113.9', undefined],
      ['192.0.2.7', undefined],
    ])
  })

  it('is not we ourselves, where the ledger has the read', async () => {
    const footsteps = new Footsteps()
    await footsteps.take(ledger())
    const log = lines(read('prod/stripe', { requestID: 'ours' }), read('prod/stripe', { requestID: 'another' }))
    const known = await readersIn(log, ['aws-sm:prod/stripe'], { footsteps })
    expect(known).toMatchObject({ ours: 1, readers: [{ count: 1 }] })
  })

  it('is said to be unknown where no log of that store was read, and since when it is known', async () => {
    const known = await readersIn(lines(read('prod/other')), ['vault:kv/pay', 'aws-sm:prod/stripe'])
    expect(known?.coverage).toEqual([
      { source: 'vault', state: 'unavailable', covers: 'key', why: expect.stringContaining('--logs') },
      expect.objectContaining({
        source: 'cloudtrail',
        window: { from: '2026-11-01T10:00:00.000Z', to: '2026-11-01T10:00:00.000Z' },
        blind: [expect.stringContaining('from somebody that read it')],
      }),
    ])
  })

  async function* ledger() {
    const at = '2026-11-01T10:00:01Z'
    yield { type: 'run', run: 'r1' } as const
    yield { type: 'sent', n: 1, at, method: 'POST', request: 'GetSecretValue', path: '/' } as const
    yield { type: 'answered', n: 1, at, requestId: 'ours' } as const
  }
})

describe('where a key is kept', () => {
  const service = {
    name: 'pay',
    networks: [],
    userAgents: [],
    stores: ['vault:kv/pay#key', 'env:KEY'],
    keys: ['stripe-1'],
  }
  const one = aCase('works', { id: 'stripe-1f', findings: [{ scanner: 'json', file: 'aws-sm:prod/stripe#key' }] })

  it('is known by the reference that it was read by, the inventory, and the user', () => {
    expect(keepingOf(one, [service], ['conjur:acme:variable:x'])).toEqual([
      { store: 'aws-sm:prod/stripe', by: 'reference' },
      { store: 'conjur:acme:variable:x', by: 'user' },
      { store: 'vault:kv/pay', by: 'inventory', service: 'pay' },
    ])
  })

  it('is not known by a path of a scanner, or by a service that uses another key', () => {
    const scanned = aCase('works', { id: 'stripe-2', findings: [{ scanner: 'gitleaks', file: 'vault:kv/x' }] })
    expect(keepingOf(scanned, [service])).toEqual([])
  })
})

it('takes no secret for one that nobody read because its name is not whole', () => {
  const one = { id: 'k', findings: [] }
  expect(keepingOf(one, [], ['conjur:prod/key', 'conjur:acme:variable:', 'conjur:acme:host:ci'])).toEqual([])
  expect(keepingOf(one, [], ['conjur:acme:variable:prod/key'])).toHaveLength(1)
})

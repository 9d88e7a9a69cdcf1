import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { Secret } from '../../src/model/secret.ts'
import { joinKeysOf } from '../../src/usage/join.ts'
import { gather, input, keyId, keys, trail } from './support.ts'

const key = keyId('parent')
const session = keyId('session', 'ASIA')
const second = keyId('second')
const lines = (...records: readonly object[]) => records.map(each => JSON.stringify(each)).join('\n')
const asked = [keys('c1', { ids: [key] })]

function assumed(id: string, child: string, more: object = {}): object {
  return trail(id, {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    eventID: `assume ${child}`,
    responseElements: { credentials: { accessKeyId: child } },
    ...more,
  })
}

describe('whose events are whose', () => {
  it('keeps events of the key alone, and no other key of the same user', async () => {
    const usage = await gather(
      [input(lines(trail(key), trail(second, { eventID: 'other' })))],
      [keys('c1', { ids: [key], principals: ['alice'], named: ['alice'], accounts: ['123456789012'] })],
    )
    expect([...usage.history('c1')].map(({ credential }) => credential)).toEqual([{ uid: key, match: 'exact' }])
  })

  it('joins by a name that the user gave only what names no key', async () => {
    const login = trail(key, {
      userIdentity: { type: 'IAMUser', userName: 'alice' },
      eventName: 'ConsoleLogin',
      eventSource: 'signin.amazonaws.com',
      eventID: 'login',
    })
    const one = [input(lines(login, trail(key)))]
    expect((await gather(one, asked)).history('c1')).toHaveLength(1)
    const named = await gather(one, [keys('c1', { ids: [key], named: ['Alice'] })])
    expect([...named.history('c1')].map(({ credential }) => credential.match)).toEqual(['principal', 'exact'])
  })

  it('follows sessions and keys that a key made, and theirs', async () => {
    const created = trail(session, {
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateAccessKey',
      eventID: 'create',
      responseElements: { accessKey: { accessKeyId: second } },
    })
    const used = trail(second, { eventID: 'used' })
    const usage = await gather([input(lines(assumed(key, session), created, used))], asked)
    expect([...usage.history('c1')].map(({ id, credential }) => [id, credential])).toEqual([
      [`assume ${session}`, { uid: key, match: 'exact' }],
      ['create', { uid: session, match: 'exact', parent: key }],
      ['used', { uid: second, match: 'exact', parent: session }],
    ])
    expect(usage.history('c1').children).toEqual([session, second])
  })

  it('names a key that was made as its own events do, also where that name is masked', async () => {
    const log = input(lines(assumed(key, session), trail(session, { eventID: 'used' })))
    const masked = `ASIA…${session.slice(-4)}`
    const usage = await gather([log], asked, { scrub: text => text.replaceAll(session, masked) })
    expect([...usage.history('c1')].map(({ credential }) => credential.uid)).toEqual([key, masked])
    expect(usage.history('c1').children).toEqual([masked])
  })

  it('finds children whose use stands before their making, in any order of files', async () => {
    const created = trail(session, {
      eventName: 'CreateAccessKey',
      eventSource: 'iam.amazonaws.com',
      eventID: 'create',
      responseElements: { accessKey: { accessKeyId: second } },
    })
    const files = [
      input(lines(trail(second, { eventID: 'a' }), trail(session, { eventID: 'b' })), 'one'),
      input(lines(created, assumed(key, session), trail(session, { eventID: 'c' })), 'two'),
      input(lines(trail(second, { eventID: 'd' })), 'three'),
    ]
    for (const order of [files, files.toReversed()]) {
      const ids = [...(await gather(order, asked)).history('c1')].map(({ id }) => id)
      expect(ids.toSorted()).toEqual(['a', `assume ${session}`, 'b', 'c', 'create', 'd'].toSorted())
    }
  })

  it('follows a federated user into the console, whose keys no record made', async () => {
    const arn = 'arn:aws:sts::123456789012:federated-user/eve'
    const federated = assumed(key, session, {
      eventName: 'GetFederationToken',
      responseElements: { credentials: { accessKeyId: session }, federatedUser: { arn } },
    })
    const console = trail(keyId('console', 'ASIA'), {
      eventID: 'console',
      userIdentity: { type: 'FederatedUser', arn, accessKeyId: keyId('console', 'ASIA') },
    })
    const usage = await gather([input(lines(console, federated))], asked)
    expect([...usage.history('c1')].map(({ id, credential }) => [id, credential.parent])).toContainEqual([
      'console',
      key,
    ])
  })

  it('does not follow what a refused call would have made', async () => {
    const refused = assumed(key, session, { errorCode: 'AccessDenied' })
    const usage = await gather([input(lines(refused, trail(session, { eventID: 'x' })))], asked)
    expect(usage.history('c1')).toHaveLength(1)
  })

  it('says so where what can be read but once would have to be read again', async () => {
    const text = lines(trail(session, { eventID: 'x' }), assumed(key, session))
    const usage = await gather([input(text, 'standard input', { once: true })], asked)
    expect(usage.warnings).toEqual([expect.objectContaining({ file: 'standard input' })])
  })

  it('counts an event that two files have once', async () => {
    const one = trail(key)
    const other = trail(key, { eventID: 'other' })
    const usage = await gather([input(lines(one, other), 'a'), input(lines(other, one), 'b')], asked)
    expect([...usage.history('c1')].map(({ id }) => id)).toEqual([one['eventID'], 'other'])
  })

  it('gives events in the order of time, whatever the order of the files', async () => {
    const at = (time: string) => trail(key, { eventTime: time, eventID: time })
    const usage = await gather(
      [
        input(lines(at('2026-11-03T00:00:00Z'), at('2026-11-01T00:00:00Z')), 'a'),
        input(lines(at('2026-11-02T00:00:00Z')), 'b'),
      ],
      asked,
    )
    expect([...usage.history('c1')].map(({ id }) => id.slice(8, 10))).toEqual(['01', '02', '03'])
  })

  it('keeps parameters only where somebody asks, and without secrets', async () => {
    const word = madeUp('{alnum:30}', 'word')
    const event = trail(key, { requestParameters: { password: word, secretId: 'prod/db', text: `x ${word}` } })
    const scrub = (text: string) => text.replaceAll(word, '…')
    const wanted = await gather([input(lines(event))], asked, {
      scrub,
      wants: ({ action }) => action === 'ListBuckets',
    })
    expect([...wanted.history('c1')][0]?.parameters).toEqual({ password: '…', secretId: 'prod/db', text: 'x …' })
    const others = await gather([input(lines(event))], asked, { wants: () => false })
    expect([...others.history('c1')][0]).not.toHaveProperty('parameters')
  })
})

describe('logs that do not name keys', () => {
  it('of a service, in a log that names keys, are nobody’s: what AWS does by itself is not done with a key', async () => {
    const one = keyId('named')
    const service = trail('', {
      eventID: '00000000-0000-4000-8000-000000000009',
      userIdentity: { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' },
      eventName: 'AssumeRole',
      eventSource: 'sts.amazonaws.com',
      responseElements: { credentials: { accessKeyId: keyId('child', 'ASIA') } },
    })
    const usage = await gather(
      [input(lines(trail(one), service))],
      [keys('c1', { ids: [one], accounts: ['123456789012'] })],
    )
    expect([...usage.history('c1')].map(({ action }) => action)).toEqual(['ListBuckets'])
    expect(usage.history('c1').children).toEqual([])
  })

  const request = (more: object) => ({
    id: 'req_1',
    method: 'GET',
    path: '/v1/balance',
    status: 200,
    created: 1_793_527_200,
    ...more,
  })
  const stripe = keys('c1', { provider: 'stripe', accounts: ['acct_1'] })

  it('concern the account, and the result says so', async () => {
    const text = lines(
      request({}),
      request({ id: 'req_2', account: 'acct_2' }),
      request({ id: 'req_3', account: 'acct_1' }),
    )
    const usage = await gather([input(text)], [stripe, keys('c2', { provider: 'aws' })])
    expect([...usage.history('c1')].map(({ id, credential }) => [id, credential])).toEqual([
      ['req_1', { uid: 'acct_1', match: 'account' }],
      ['req_3', { uid: 'acct_1', match: 'account' }],
    ])
    expect(usage.history('c2')).toHaveLength(0)
  })

  it('are joined by the owner that the provider told, unless a line names another key', async () => {
    const event = (id: string, credential_uid?: string) => ({
      class_uid: 6003,
      time: 1_793_527_200_000,
      metadata: { uid: id },
      actor: { user: { name: 'alice', ...(credential_uid !== undefined && { credential_uid }) } },
      api: { operation: 'ListBuckets' },
    })
    const usage = await gather(
      [input(lines(event('a'), event('b', second), event('d', key)))],
      [keys('c1', { ids: [key], principals: ['alice'] })],
    )
    expect([...usage.history('c1')].map(({ id }) => id)).toEqual(['a', 'd'])
  })
})

describe('by what a log knows a key', () => {
  it('takes public parts, documented hashes and the identity that the provider told', () => {
    const token = madeUp('{alnum:36}', 'token')
    const verdict = {
      state: 'live',
      reason: 'works',
      because: '',
      checkedAt: '',
      evidence: [],
      identity: { login: 'octocat', token_id: '42', account: '7', id: '1' },
    } as const
    const found = joinKeysOf(
      { id: 'c', provider: 'github', facts: {}, verdict },
      { key: { public: false, secret: new Secret(token) }, key_id: { public: true, text: 'K1' } },
      { principals: ['bot'] },
    )
    expect(found).toMatchObject({ ids: ['K1', '42'], named: ['bot'], principals: ['octocat'], accounts: ['7'] })
    expect(found.hashes).toContain(createHash('sha256').update(token).digest('base64'))
    expect(JSON.stringify(found)).not.toContain(token)
  })
})

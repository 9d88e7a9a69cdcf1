import { describe, expect, it } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import { awsAccount } from '../../src/identify/offline.ts'
import { base62 } from '../../src/model/checksum.ts'
import { inShort, made, type Plain, shipped, understood } from './support.ts'

const { stripe, awsId, asia, awsSecret, session, canaryId } = made('identify')
const pair = `${awsId}:${awsSecret}`

describe('an AWS credential', () => {
  it.each<readonly [string, Plain]>([
    [
      'by the names of its parts',
      { tool: 'json', parts: { AWS_ACCESS_KEY_ID: awsId, AWS_SECRET_ACCESS_KEY: awsSecret } },
    ],
    ['by other names', { tool: 'env', parts: { 'access-key': awsId, secretKey: awsSecret } }],
    [
      'by the user’s word and the names of the file',
      { tool: 'json', provider: 'aws', parts: { key_id: awsId, secret: awsSecret } },
    ],
    ['from TruffleHog’s RawV2', { tool: 'trufflehog', rule: 'AWS', value: pair }],
    [
      'from TruffleHog’s parts raw and rest',
      { tool: 'trufflehog', rule: 'AWS', value: pair, parts: { raw: awsId, rest: awsSecret } },
    ],
    [
      'from TruffleHog’s parts in the other order',
      { tool: 'trufflehog', rule: 'AWS', value: pair, parts: { raw: awsSecret, rest: awsId } },
    ],
    [
      'by the ids of betterleaks’ components',
      { tool: 'betterleaks', rule: 'aws-access-token', value: awsId, parts: { 'aws-secret-access-key': awsSecret } },
    ],
    ['from one line of code', { tool: 'sarif', rule: 'generic', value: `aws.connect("${awsId}", "${awsSecret}")` }],
    ['from a .env file’s variable that holds both', { tool: 'env', rule: 'AWS', value: `${awsId}/x ${awsSecret}` }],
  ])('is found %s', async (_, plain) => {
    const { subjects } = await understood([plain])
    expect(subjects).toHaveLength(1)
    expect(subjects[0]).toMatchObject({ provider: 'aws', kind: 'access-key', facts: { account: '123456789012' } })
    expect(subjects[0]?.credential?.parts).toMatchObject({
      key_id: { public: true, text: awsId },
      secret: { public: false },
    })
    expect(subjects[0]?.shown).toContain(awsId)
    expect(subjects[0]?.shown).not.toContain(awsSecret.slice(4, 20))
  })

  it('is one, however its scanners named its parts', async () => {
    const { subjects } = await understood([
      { tool: 'trufflehog', rule: 'AWS', value: pair, file: 'a' },
      { tool: 'json', parts: { secret_access_key: awsSecret, other: awsId }, file: 'b' },
      { tool: 'env', parts: { AWS_SECRET: awsSecret, ID: awsId }, file: 'c' },
      {
        tool: 'betterleaks',
        rule: 'aws-access-token',
        value: awsId,
        parts: { 'aws-secret-access-key': awsSecret },
        file: 'd',
      },
    ])
    expect(subjects).toHaveLength(1)
    expect([...(subjects[0]?.findings ?? [])].map(({ file }) => file)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('names what is missing', async () => {
    const { subjects } = await understood([{ rule: 'aws-access-token', value: awsId }])
    expect(subjects[0]?.settled).toEqual({
      state: 'skipped',
      reason: 'incomplete',
      because:
        'The secret of this AWS access key is missing; without it nothing can be asked. If you have it: --provider aws --part key_id=REF --part secret=REF',
    })
    expect(subjects[0]?.credential).toBeUndefined()
  })

  it('is incomplete as a temporary one without its session token, and whole with it', async () => {
    const { subjects } = await understood([
      { tool: 'json', provider: 'aws', parts: { key_id: asia, secret: awsSecret } },
    ])
    expect(subjects[0]).toMatchObject({
      kind: 'temporary-key',
      settled: { reason: 'incomplete', because: expect.stringContaining('session token') },
    })
    expect(
      await inShort({
        tool: 'json',
        provider: 'aws',
        parts: { key_id: asia, secret: awsSecret, session_token: session },
      }),
    ).toEqual(['aws temporary-key ask'])
  })

  it('takes no part where two texts could be it', async () => {
    const other = madeUp('{base64:40}', 'another secret')
    expect(await inShort({ tool: 'env', parts: { AWS_KEY: awsId, AWS_ONE: awsSecret, AWS_TWO: other } })).toEqual([
      'aws access-key skipped/incomplete',
    ])
  })

  it('joins the key id alone to the whole credential, in whichever order they come', async () => {
    const alone: Plain = { rule: 'aws-access-token', value: awsId, file: 'alone' }
    const whole: Plain = { tool: 'trufflehog', rule: 'AWS', value: pair, file: 'whole' }
    for (const order of [
      [alone, whole],
      [whole, alone],
    ]) {
      const { subjects } = await understood(order)
      expect(subjects).toHaveLength(1)
      expect([...(subjects[0]?.findings ?? [])].map(({ file }) => file)).toEqual(['whole', 'alone'])
    }
  })

  it.each(['123456789012', '000000000001', '999999999999'])('says its account %s', account => {
    expect(awsAccount(madeUp(`AKIA{aws-account:${account}}`, account))).toBe(account)
  })

  it.each(['AKIA', 'AKIAIOSFODNN7EXAMPL1', `AKIA${'A'.repeat(16)}`])(
    'says nothing of the account where the form is another: %s',
    id => expect(awsAccount(id)).toBeUndefined(),
  )
})

describe('a decoy', () => {
  it('is known by its account, and never planned', async () => {
    const { subjects } = await understood([{ tool: 'trufflehog', rule: 'AWS', value: `${canaryId}:${awsSecret}` }])
    expect(subjects[0]).toMatchObject({
      settled: { state: 'skipped', reason: 'canary' },
      facts: { account: '052310077262' },
    })
    expect(subjects[0]?.credential).toBeUndefined()
  })

  it.each([
    'arn:aws:iam::1:user/canarytokens.com@@abc',
    'is_canary'.replace('is_', 'this is a Canary.tools '),
    'HONEYTOKEN',
  ])('is known by what the scanner says of it: %s', async hint => {
    const { subjects } = await understood([{ tool: 'trufflehog', rule: 'Stripe', value: stripe, hint }])
    expect(subjects[0]?.settled?.reason).toBe('canary')
  })

  it('is one for every scanner as soon as one knows it, in whichever order they come', async () => {
    const knows: Plain = { tool: 'trufflehog', rule: 'AWS', value: pair, hint: 'arn:aws:iam::1:user/canarytokens.com' }
    for (const unaware of [
      { rule: 'aws-access-token', value: awsId, parts: { secret: awsSecret } },
      { tool: 'json', provider: 'aws', parts: { key_id: awsId, secret: madeUp('{base64:40}', 'other pair') } },
    ])
      for (const order of [
        [knows, unaware],
        [unaware, knows],
      ]) {
        const { subjects } = await understood(order)
        expect(subjects.every(({ settled }) => settled?.reason === 'canary')).toBe(true)
      }
  })
})

it("takes no longer over a user's own pattern than its text is long, whatever the pattern says", async () => {
  const [known] = shipped.filter(({ id }) => id === 'stripe')
  if (known === undefined) throw new Error('there is no stripe')
  const evil = { pattern: 'own_a{40}', example: 'own_', lookalike: 'own_(a+)+b', placeholder: 'own_(a|aa)+b' }
  const own = { ...known, id: 'own', kinds: { key: { parts: { key: evil }, probe: ['account'] } } }
  const started = performance.now()
  await understood([{ provider: 'own', value: `own_${'a'.repeat(40)}` }], { catalog: new Catalog(shipped, [own]) })
  expect(performance.now() - started).toBeLessThan(1000)
})

it.each([
  [0, '000000'],
  [61, '00000z'],
  [62, '000010'],
  [4_294_967_295, '4gfFC3'],
])('writes %i in base 62 as %s', (number, text) => expect(base62(number)).toBe(text))

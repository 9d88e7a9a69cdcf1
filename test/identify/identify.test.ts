import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { checksumHolds } from '../../src/identify/offline.ts'
import { Places } from '../../src/store/places.ts'
import { inShort, made, type Plain, understood } from './support.ts'

const { stripe, restricted, github, awsId, awsSecret, hex } = made('identify')

describe('what need not be asked', () => {
  it.each<readonly [string, Plain, string]>([
    [
      'a GitHub key whose checksum is wrong',
      { rule: 'github-pat', value: `${github.slice(0, -1)}${github.endsWith('a') ? 'b' : 'a'}` },
      'github classic-token skipped/malformed',
    ],
    [
      'a sample of Stripe’s documentation',
      { rule: 'stripe-access-token', value: `sk_test_4eC39Hq${madeUp('{alnum:17}', 'sample')}` },
      'stripe secret-key skipped/not_a_secret',
    ],
    [
      'a key id of AWS’s documentation',
      {
        tool: 'json',
        provider: 'aws',
        parts: { key_id: madeUp('AKIA{base32:9}EXAMPLE', 'sample'), secret: awsSecret },
      },
      'aws access-key skipped/not_a_secret',
    ],
    [
      'a key of x',
      { rule: 'stripe-access-token', value: `sk_live_${'x'.repeat(24)}` },
      'stripe secret-key skipped/not_a_secret',
    ],
    [
      'a key of zeros',
      { rule: 'stripe-access-token', value: `sk_live_${'0'.repeat(24)}` },
      'stripe secret-key skipped/not_a_secret',
    ],
    ['a mask', { rule: 'stripe-access-token', redacted: true }, 'stripe - skipped/redacted'],
    ['a mask of nobody', { tool: 'sarif', redacted: true }, 'nobody - skipped/redacted'],
    [
      'a secret that looks like a commit',
      { tool: 'json', provider: 'aws', parts: { key_id: awsId, secret: hex } },
      'aws access-key unknown/ambiguous_pair',
    ],
  ])('%s', async (_, plain, expected) => expect(await inShort(plain)).toEqual([expected]))

  it('holds the checksum of every made-up GitHub key, and of none with one other character', () => {
    for (let index = 0; index < 50; index++) {
      const token = madeUp('ghp_{alnum:30}{crc32}', `checksum ${index}`)
      expect(checksumHolds(token)).toBe(true)
      expect(checksumHolds(`${token.slice(0, 10)}${token[10] === 'a' ? 'b' : 'a'}${token.slice(11)}`)).toBe(false)
    }
  })
})

describe('one secret in many places', () => {
  it('is one subject, with every place, across scanners', async () => {
    const { subjects } = await understood([
      { rule: 'stripe-access-token', value: stripe, file: 'a', line: 1 },
      { tool: 'trufflehog', rule: 'Stripe', value: stripe, file: 'b' },
      { tool: 'sarif', rule: 'generic', value: `key = "${stripe}"`, file: 'c' },
      { tool: 'lines', provider: 'stripe', value: stripe },
    ])
    expect(subjects).toHaveLength(1)
    expect([...(subjects[0]?.findings ?? [])]).toEqual([
      { scanner: 'gitleaks', rule: 'stripe-access-token', file: 'a', line: 1 },
      { scanner: 'trufflehog', rule: 'Stripe', file: 'b' },
      { scanner: 'sarif', rule: 'generic', file: 'c' },
      { scanner: 'lines' },
    ])
  })

  it('joins what a vague rule found to the credential that a better one made of it', async () => {
    const vague: Plain = { rule: 'generic-api-key', value: hex, file: 'vague' }
    const better: Plain = { tool: 'trufflehog', rule: 'GitHubOld', value: hex, file: 'better' }
    for (const order of [
      [vague, better],
      [better, vague],
    ]) {
      const { subjects } = await understood(order)
      expect(subjects.map(({ provider }) => provider)).toEqual(['github'])
      expect(subjects[0]?.findings).toHaveLength(2)
    }
  })

  it('does not hide a secret that nobody knows beside one that is known', async () => {
    const { subjects } = await understood([
      { tool: 'trufflehog', rule: 'GitHubOld', value: hex },
      { tool: 'env', rule: 'OWN_SECRET', parts: { OWN_TOKEN: hex, OWN_SECRET: 'unknown-secret-1' } },
    ])
    expect(subjects.map(({ provider }) => provider)).toEqual(['github', null])
  })

  it('makes a subject of every unmistakable key of one line or one .env group', async () => {
    const line = `connect("${stripe}", "${restricted}", '${github}')`
    expect(await inShort({ tool: 'sarif', rule: 'generic', value: line })).toEqual([
      'github classic-token ask',
      'stripe secret-key ask',
      'stripe restricted-key ask',
    ])
    expect(
      (await inShort({ tool: 'env', parts: { STRIPE_KEY: stripe, STRIPE_OTHER: restricted } })).toSorted(),
    ).toEqual(['stripe restricted-key ask', 'stripe secret-key ask'])
    const two = madeUp('sk_live_{alnum:32}', 'a second one')
    const { subjects } = await understood([{ tool: 'env', parts: { STRIPE_KEY: stripe, STRIPE_OLD: two } }])
    expect(new Set(subjects.map(({ shown }) => shown)).size).toBe(2)
  })

  it('asks the provider that the rule means first where a line has keys of several', async () => {
    const line = `github("${github}"); stripe("${stripe}")`
    expect(await inShort({ tool: 'gitleaks', rule: 'stripe-access-token', value: line })).toEqual([
      'stripe secret-key ask',
      'github classic-token ask',
    ])
  })

  it('keeps apart what nobody knows, though they share a part', async () => {
    const { subjects } = await understood([
      { tool: 'env', rule: 'A', parts: { ENV: 'production', SECRET: 'first-secret-1' } },
      { tool: 'env', rule: 'A', parts: { ENV: 'production', SECRET: 'second-secret-2' } },
    ])
    expect(subjects).toHaveLength(2)
  })

  it('has ids that stay the same under one key, and are others under another', async () => {
    const plain: readonly Plain[] = [
      { rule: 'stripe-access-token', value: stripe },
      { tool: 'json', provider: 'aws', parts: { key_id: awsId, secret: awsSecret } },
      { rule: 'x', value: 'nobody knows me' },
    ]
    const ids = async (key: number): Promise<readonly string[]> =>
      (await understood(plain, { key: Buffer.alloc(32, key) })).subjects.map(({ id }) => id)
    const first = await ids(1)
    expect(await ids(1)).toEqual(first)
    expect((await ids(2)).some(id => first.includes(id))).toBe(false)
    for (const id of first) expect(id).toMatch(/^[a-z]+-[0-9a-f]{16}$/)
  })

  it('has places without the secret, in whatever form and order', async () => {
    const url = `https://example.com/?key=${encodeURIComponent(awsSecret)}&b=${Buffer.from(`:${stripe}`).toString('base64')}`
    const { subjects } = await understood([
      { rule: 'generic-api-key', value: 'nothing-1-known', file: `a/${stripe}/b`, url },
      { rule: 'stripe-access-token', value: stripe, file: `a/${stripe}/b` },
      { tool: 'json', provider: 'aws', parts: { key_id: awsId, secret: awsSecret } },
    ])
    const text = JSON.stringify(subjects.map(({ findings }) => [...findings]))
    expect(text).toContain('sk_live_…')
    for (const part of [
      stripe.slice(8),
      encodeURIComponent(awsSecret),
      Buffer.from(`:${stripe}`).toString('base64').slice(10, 30),
    ])
      expect(text).not.toContain(part)
  })

  it('shows no place with the secret of its own finding', async () => {
    const cleaned: string[] = []
    const places = new Places(tmpdir(), text => {
      cleaned.push(text)
      return ''
    })
    const { subjects } = await understood(
      [
        {
          rule: `rule-${stripe}`,
          value: stripe,
          file: `a/${stripe}`,
          url: `https://example.com/${Buffer.from(stripe).toString('base64')}`,
        },
      ],
      { places },
    )
    // What it shares with others and what is its own are read as one text, and what is shown is what cleaning gave.
    expect(subjects.flatMap(({ findings }) => [...findings])).toEqual([{ scanner: '' }])
    expect(cleaned).toHaveLength(1)
    for (const text of cleaned) expect(text.split(stripe).length).toBeGreaterThan(1)
  })

  it('tells findings apart whose parts have strange names', async () => {
    const { subjects } = await understood([
      { tool: 'json', parts: { 'a=0\nb': 'second-value-2' } },
      { tool: 'json', parts: { a: 'first-value-1', b: 'second-value-2' } },
      { tool: 'json', parts: { a: 'first-value-1', b: 'other-value-3' } },
    ])
    expect(subjects).toHaveLength(3)
  })

  it('understands 100,000 findings of 1,000 secrets in less than six seconds', async () => {
    const keys = Array.from({ length: 1000 }, (_, index) => madeUp('sk_live_{alnum:32}', `fast ${index}`))
    const plain = Array.from(
      { length: 100_000 },
      (_, index): Plain => ({
        rule: 'stripe-access-token',
        value: keys[index % 1000] ?? '',
        file: `src/dir-${index % 997}/config.ts`,
        line: index,
      }),
    )
    const started = performance.now()
    const { subjects } = await understood(plain)
    expect(performance.now() - started).toBeLessThan(6000)
    expect(subjects).toHaveLength(1000)
    expect(subjects.every(({ findings }) => findings.length === 100)).toBe(true)
  })
})

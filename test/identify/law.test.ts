import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { CompiledProvider } from '../../src/catalog/schema.ts'
import { often } from '../often.ts'
import { inShort, made, type Plain, shipped, understood } from './support.ts'

const { stripe, github, awsId, awsSecret, hex } = made('identify')

describe('to whom a secret goes (law 2)', () => {
  const generic = madeUp('{alnum:88}', 'generic')
  it.each<readonly [string, Plain, string]>([
    ['a generic rule and a form of its own', { rule: 'generic-api-key', value: stripe }, 'stripe secret-key ask'],
    [
      'a generic rule and a form that many have',
      { rule: 'generic-api-key', value: hex },
      'nobody - skipped/no_validator',
    ],
    ['no rule and a form that many have', { tool: 'lines', value: generic }, 'nobody - skipped/no_validator'],
    [
      'the provider’s rule and a form that many have',
      { tool: 'trufflehog', rule: 'Fullstory', value: madeUp('{base64:88}', 'legacy') },
      'fullstory legacy-api-key ask',
    ],
    [
      'the provider’s rule and another form',
      { rule: 'stripe-access-token', value: 'not-of-this-form-at-all' },
      'stripe - skipped/malformed',
    ],
    [
      'a rule of a scanner that means another',
      { tool: 'trufflehog', rule: 'stripe-access-token', value: hex },
      'nobody - skipped/no_validator',
    ],
    ['the user’s word', { tool: 'lines', provider: 'github', value: hex }, 'github legacy-token ask'],
    ['the user’s word in capitals', { tool: 'lines', provider: 'GitHub', value: hex }, 'github legacy-token ask'],
    [
      'the user’s word, whatever the rule',
      { rule: 'stripe-access-token', provider: 'github', value: github },
      'github classic-token ask',
    ],
    ['the user’s word for nobody', { provider: 'acne', value: stripe }, 'nobody - skipped/malformed'],
    [
      'the user’s word and a form that is not theirs',
      { provider: 'github', value: stripe },
      'github - skipped/malformed',
    ],
    [
      'JSON with provider and parts',
      { tool: 'json', provider: 'aws', parts: { key_id: awsId, secret: awsSecret } },
      'aws access-key ask',
    ],
    [
      'a rule that speaks of a rival with keys of the same form',
      { rule: 'clerk-secret-key', value: stripe },
      'nobody - unknown/ambiguous_pair',
    ],
    [
      'a form that a rival is known to have',
      { rule: 'generic', value: `sk_live_a2V5Xz${stripe.slice(14)}` },
      'stripe secret-key unknown/ambiguous_pair',
    ],
    ['a key cut off', { rule: 'github-pat', value: github.slice(0, 30) }, 'github - skipped/malformed'],
    ['a stretch of a longer word', { rule: 'generic', value: `x${stripe}` }, 'nobody - skipped/no_validator'],
  ])('with %s', async (_, plain, expected) => expect(await inShort(plain)).toEqual([expected]))

  it('never sends what a generic rule found, unless the form is unmistakable', async () => {
    const unmistakable = new Catalog(shipped).unmistakable
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          minLength: 1,
          maxLength: 100,
          unit: fc.constantFrom(...Array.from('abcdef0123456789ABCDEFGHIJKLMNOP/+=_-. ')),
        }),
        async value => {
          const { subjects } = await understood([{ rule: 'generic-api-key', value }])
          const own = unmistakable.some(
            ({ matcher }) => matcher.whole(value) !== undefined || matcher.within(value).length > 0,
          )
          expect(own || subjects.every(({ credential }) => credential === undefined)).toBe(true)
        },
      ),
      often(),
    )
  })

  it('asks, and does not send, where the rule and the form speak of two providers', async () => {
    const part = { pattern: 'ghp_[A-Za-z0-9]{36}', example: 'ghp_{alnum:36}' }
    const { subjects } = await understood([{ tool: 'acme', rule: 'acme', value: github }], {
      catalog: new Catalog([...shipped, rival(part)]),
    })
    expect(subjects.map(({ settled }) => settled?.reason)).toEqual(['ambiguous_pair'])
    expect(subjects[0]?.settled?.because).toContain('rule says Rival, the form says GitHub')
  })

  it('asks, and does not send, where two scanners disagree', async () => {
    const { subjects } = await understood(
      [
        { tool: 'trufflehog', rule: 'GitHubOld', value: hex },
        { tool: 'acme', rule: 'acme', value: hex },
      ],
      { catalog: new Catalog([...shipped, rival()]) },
    )
    expect(subjects).toHaveLength(2)
    for (const { settled } of subjects)
      expect(settled).toMatchObject({
        state: 'unknown',
        reason: 'ambiguous_pair',
        because: expect.stringMatching(/GitHub or Rival/),
      })
  })

  it('asks where they disagree about a half, also where another finding would complete it', async () => {
    const token = madeUp('{hex:32}', 'half')
    const claims: readonly Plain[] = [
      { tool: 'gitleaks', rule: 'algolia-api-key', value: token, file: 'a', line: 2 },
      { tool: 'trufflehog', rule: 'TwilioApiKey', value: token, file: 'a', line: 2 },
    ]
    const id: Plain = { tool: 'env', rule: 'ALGOLIA_APP_ID', value: madeUp('{upper:10}', 'id'), file: 'a', line: 1 }
    for (const findings of [claims, [...claims, id]]) {
      const { subjects } = await understood(findings)
      const disputed = subjects.filter(({ provider }) => provider === 'algolia' || provider === 'twilio')
      expect(disputed.map(({ settled }) => settled?.reason)).toEqual(['ambiguous_pair', 'ambiguous_pair'])
    }
  })

  it('sends it where the user says, and there only, in whichever order they come', async () => {
    const scanner: Plain = { tool: 'acme', rule: 'acme', value: hex, file: 'scanner' }
    const user: Plain = { tool: 'lines', provider: 'github', value: hex, file: 'user' }
    const same: Plain = { tool: 'trufflehog', rule: 'GitHubOld', value: hex, file: 'same' }
    for (const order of [
      [scanner, user],
      [user, scanner],
      [same, scanner, user],
    ]) {
      const { subjects } = await understood(order, { catalog: new Catalog([...shipped, rival()]) })
      expect(subjects.map(({ provider, settled, credential }) => [provider, settled, credential?.provider])).toEqual([
        ['github', undefined, 'github'],
      ])
      expect(subjects[0]?.findings).toHaveLength(order.length)
    }
  })
})

/** Another provider whose keys are forty hex digits, found by the rule `acme` of the scanner `acme`. */
function rival(part = { pattern: '[a-f0-9]{40}', example: '{hex:40}' }): CompiledProvider {
  const sample = shipped.find(({ id }) => id === 'github')
  if (sample === undefined) throw new Error('github is not there')
  const scanners: Record<string, string[]> = { acme: ['acme'] }
  return {
    ...sample,
    id: 'rival',
    name: 'Rival',
    scanners: {},
    kinds: { key: { parts: { token: part }, scanners, probe: ['user'] } },
  }
}

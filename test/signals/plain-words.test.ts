import { describe, expect, it } from 'vitest'
import { rarely, seldom } from '../../src/signals/evidence.ts'
import { factByWords } from '../../src/signals/operations/words.ts'

describe('small chances', () => {
  it.each([
    [2e-4, 'once in 7 months'],
    [1e-5, 'once in 11 years'],
    [1e-20, 'less than once in a thousand years'],
    [0.5, 'more than once a month'],
  ])('of an hour (%d) are told as how often it comes', (chance, words) => {
    expect(seldom(chance)).toBe(words)
  })

  it.each([
    [3e-5, 'once in 33,000 cases'],
    [1e-9, 'less than once in a million cases'],
  ])('(%d) are told in cases', (chance, words) => {
    expect(rarely(chance)).toBe(words)
  })
})

describe('operations that no table has', () => {
  it.each([
    ['CreateFlowLogs', 'write'],
    ['EnableAuditLogging', 'write'],
    ['DeleteFlowLogs', 'sensitive'],
    ['DisableAuditLogging', 'sensitive'],
    ['CreateIpAllowlist', 'sensitive'],
    ['mfa.factor.activate', 'sensitive'],
    ['CreateIdentityProviderSaml', 'sensitive'],
    ['application.policy.sign_on.update', 'sensitive'],
    ['sign-in', 'other'],
  ] as const)('%s is %s: setting up a watch hides nothing', (action, of) => {
    expect(factByWords(action, action === 'sign-in' ? 'auth' : 'write').class).toBe(of)
  })
})

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

  it.each([
    'system.api_token.revoke',
    'admin_api_key_deleted',
    'revokeDbToken',
    'deleteUser',
    'org.remove_member',
    'RemoveUserFromRole',
    'account.suspended',
  ])('%s shuts others out, which is no way to stay', action => {
    const { class: of, tactics, techniques } = factByWords(action, 'admin')
    expect({ of, tactics, techniques }).toEqual({ of: 'sensitive', tactics: ['40'], techniques: ['T1531'] })
  })

  it.each(['RevokeOwnToken', 'auth/token/revoke-self', 'user.session.revoke', 'UserLogOut', 'user.sign_out'])(
    '%s ends what is one’s own',
    action => {
      expect(factByWords(action, 'write').class).not.toBe('sensitive')
    },
  )

  it.each(['webhook_deleted', 'DeleteShare', 'remove_label'])('%s takes nobody’s access away', action => {
    expect(factByWords(action, 'write')).toMatchObject({ class: 'write', techniques: [] })
  })

  it('a policy or a second factor that is removed still gets round what held somebody back', () => {
    expect(factByWords('DeletePolicyAssignment', 'admin').techniques).toEqual(['T1098.003'])
    expect(factByWords('mfa.factor.deactivate', 'admin').techniques).toEqual(['T1562'])
  })
})

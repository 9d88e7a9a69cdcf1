import { describe, expect, it } from 'vitest'
import { reachOf } from '../../src/priority/rights.ts'
import { unusedRights } from '../../src/priority/unused.ts'
import { decided, misuse, own, session, verdict } from './support.ts'

describe('the impact', () => {
  it.each([
    ['stripe', 'secret-key', {}, {}, 'high', 'moves money'],
    ['stripe', 'secret-key', { mode: 'test' }, {}, 'medium', 'moves money; test mode'],
    ['stripe', 'webhook-secret', {}, {}, 'medium', 'forges messages'],
    ['stripe', 'organization-key', {}, {}, 'very high', 'administers the whole account'],
    ['new-relic', 'license-key', {}, {}, 'low', 'sends data'],
    ['linear', 'api-key', {}, {}, 'medium', 'reads personal data'],
    ['linear', 'api-key', {}, { identity: { admin: 'true' } }, 'very high', 'an administrator'],
    ['linear', 'api-key', {}, { identity: { admin: 'false' } }, 'medium', 'reads personal data'],
    ['fullstory', 'api-key', {}, { identity: { role: 'ADMIN' } }, 'very high', 'role ADMIN'],
    ['fullstory', 'api-key', {}, { identity: { role: 'Viewer' } }, 'medium', 'role Viewer'],
    ['github', 'classic-token', {}, { grants: ['gist'] }, 'low', 'may gist'],
    ['github', 'classic-token', {}, { grants: ['read:org', 'repo'] }, 'high', 'may repo'],
    ['github', 'classic-token', {}, { grants: ['repo', 'workflow'] }, 'very high', 'may workflow'],
    ['github', 'classic-token', {}, { grants: ['admin:org'] }, 'very high', 'may admin:org'],
    ['github', 'classic-token', {}, { grants: ['read:org'] }, 'medium', 'may read:org'],
    [
      'github',
      'classic-token',
      {},
      { grants: ['read:org'], identity: { mfa: 'false' } },
      'high',
      'may read:org; no second factor',
    ],
    ['github', 'classic-token', {}, { grants: ['read:org'], identity: { mfa: 'true' } }, 'medium', 'may read:org'],
    [
      'aws',
      'access-key',
      {},
      { identity: { arn: 'arn:aws:iam::123456789012:root' } },
      'very high',
      'the root of its account',
    ],
    [
      'aws',
      'access-key',
      {},
      { grants: ['a:PutA', 'b:PutB', 'c:PutC', 'd:PutD'] },
      'high',
      'may a:PutA, b:PutB, c:PutC and 1 more',
    ],
  ])('of %s %s %j %j is %s: %s', (provider, kind, facts, more, value, because) => {
    expect(decided({ provider, kind, facts, verdict: verdict('works', more) }).impact).toEqual({ value, because })
  })

  it('says by name what moved it', () => {
    const made = decided({
      provider: 'github',
      kind: 'classic-token',
      facts: { mode: 'test' },
      verdict: verdict('works', { identity: { mfa: 'false' } }),
    })
    expect(made.overrides).toEqual(['test_mode: impact one step lower', 'no_second_factor: impact one step higher'])
    expect(made.impact.value).toBe('high')
  })

  it('is never below low', () =>
    expect(
      decided({
        provider: 'github',
        kind: 'classic-token',
        facts: { mode: 'test' },
        verdict: verdict('works', { grants: ['gist'] }),
      }).impact.value,
    ).toBe('low'))
})

describe('a right', () => {
  it.each([
    ['*', 'admin'],
    ['iam:*', 'admin'],
    ['AdministratorAccess', 'admin'],
    ['admin:enterprise', 'admin'],
    ['sudo', 'admin'],
    ['admin.users:write', 'admin'],
    ['admin.users:read', 'read'],
    ['admin:repo_hook', 'manage'],
    ['iam:PutUserPolicy', 'manage'],
    ['iam:GetUser', 'read'],
    ['secretsmanager:GetSecretValue', 'secrets'],
    ['ssm:GetParameters', 'secrets'],
    ['workflow', 'deploy'],
    ['write:packages', 'deploy'],
    ['read:packages', 'read'],
    ['repo', 'write'],
    ['api', 'write'],
    ['read_api', 'read'],
    ['chat:write', 'write'],
    ['channels:history', 'read'],
    ['users:read.email', 'read'],
    ['s3:GetObject', 'read'],
    ['s3:*', 'write'],
    ['user:email', 'minor'],
    ['read_write', 'write'],
    ['', 'write'],
  ])('%j reaches %s', (grant, reach) => expect(reachOf(grant)).toBe(reach))
})

describe('unused rights', () => {
  const seen = (actions: readonly string[], more = {}) => misuse({ sessions: [own(3, { actions })], ...more })

  it('are those that the owner was not seen to use', () =>
    expect(
      unusedRights(
        ['s3:GetObject', 's3:PutObject', 'iam:*', 'ec2:Describe*'],
        seen(['GetObject', 'ec2:DescribeInstances']),
      ),
    ).toEqual(['s3:PutObject']))

  it('take a service beside the operation at its word', () =>
    expect(
      unusedRights(
        ['iam:*', 's3:*', 'ec2:Describe*Status'],
        seen(['s3:GetObject', 'ec2.amazonaws.com:DescribeInstanceStatus']),
      ),
    ).toEqual(['iam:*']))

  it('do not count what an intruder used', () =>
    expect(unusedRights(['iam:PutUserPolicy', 's3:GetObject'], misuse({ sessions: [session(), own(3)] }))).toEqual([
      'iam:PutUserPolicy',
    ]))

  it('count what was used before the leak', () => {
    const before = { sessions: 1, events: 1, start: '', end: '', actions: ['PutObject'] }
    expect(unusedRights(['s3:GetObject', 's3:PutObject'], seen(['GetObject'], { before }))).toEqual([])
  })

  it.each([
    ['no right is known', undefined, seen(['GetObject'])],
    ['rights name no operations', ['repo', 'read:org', 'users:read'], seen(['git.clone'])],
    ['no log was read', ['s3:GetObject'], undefined],
    ['the log is silent', ['s3:GetObject'], misuse({ level: 'no_log', sessions: [] })],
    ['the owner was not seen', ['s3:GetObject'], misuse()],
    [
      'the time before the leak has no operations',
      ['s3:GetObject'],
      seen(['PutObject'], { before: { sessions: 1, events: 1, start: '', end: '' } }),
    ],
  ])('are not told where %s', (_, grants, log) => expect(unusedRights(grants, log)).toBeUndefined())
})

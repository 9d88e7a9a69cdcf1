import { describe, expect, it } from 'vitest'
import { factOf } from '../../src/signals/operations/knowledge.ts'
import { askedFor, wantsParameters } from '../../src/signals/requests/asked.ts'
import { letIn } from '../../src/signals/requests/policy-document.ts'
import { event, monday } from './trace.ts'

const setting = { exposure: 'public' } as const

function asked(action: string, parameters: Record<string, unknown>, more = {}): string | undefined {
  const found = askedFor(event(monday, action, { parameters, ...more }), setting)
  return found === 'harmless' ? 'harmless' : found?.says
}

const allow = (Principal: unknown, Condition?: unknown) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal, Action: '*', Resource: 'r', Condition }] })

describe('what single requests ask for', () => {
  it.each<[string, Record<string, unknown>, string | undefined]>([
    [
      'ec2:RunInstances',
      { instanceType: 'g5.xlarge' },
      'ec2:RunInstances: g5.xlarge, a kind that is rented for computing',
    ],
    ['ec2:RunInstances', { instanceType: 't3.micro' }, undefined],
    [
      'ec2:ModifyImageAttribute',
      { imageId: 'ami-1', launchPermission: { add: { items: [{ group: 'all' }] } } },
      'ec2:ModifyImageAttribute: ami-1 shared with everyone',
    ],
    [
      'ec2:ModifyImageAttribute',
      { imageId: 'ami-1', launchPermission: { add: { items: [{ userId: '111122223333' }] } } },
      'harmless',
    ],
    [
      'rds:ModifyDBSnapshotAttribute',
      { dBSnapshotIdentifier: 's', valuesToAdd: ['999988887777'] },
      'rds:ModifyDBSnapshotAttribute: s shared with account 999988887777',
    ],
    ['s3:PutBucketPolicy', { bucketPolicy: allow('*') }, 's3:PutBucketPolicy: open to anyone'],
    ['s3:PutBucketPolicy', { bucketPolicy: allow('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }) }, 'harmless'],
    [
      's3:PutBucketPolicy',
      { bucketPolicy: allow({ AWS: 'arn:aws:iam::999988887777:root' }) },
      's3:PutBucketPolicy: open to account 999988887777, which is not yours',
    ],
    ['s3:PutBucketPolicy', { bucketPolicy: 'no policy at all' }, 'harmless'],
    ['iam:UpdateAssumeRolePolicy', { policyDocument: allow({ Service: 'ec2.amazonaws.com' }) }, 'harmless'],
    [
      'iam:CreateRole',
      { assumeRolePolicyDocument: allow({ AWS: '999988887777' }) },
      'iam:CreateRole: open to account 999988887777, which is not yours',
    ],
    [
      'iam:AttachUserPolicy',
      { userName: 'eve', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      'iam:AttachUserPolicy: gives eve AdministratorAccess',
    ],
    [
      'iam:PutUserPolicy',
      { userName: 'eve', policyDocument: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' },
      'iam:PutUserPolicy: allows every action on everything to eve',
    ],
    [
      'ec2:AuthorizeSecurityGroupIngress',
      { cidrIp: '0.0.0.0/0', ipProtocol: 'tcp', fromPort: 22, toPort: 22 },
      'ec2:AuthorizeSecurityGroupIngress: port 22 opened to the whole internet',
    ],
    [
      'ec2:AuthorizeSecurityGroupIngress',
      {
        ipPermissions: {
          items: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
        },
      },
      'harmless',
    ],
    [
      'cloudtrail:PutEventSelectors',
      { eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: false }] },
      'cloudtrail:PutEventSelectors: a trail no longer records everything',
    ],
    [
      'cloudtrail:PutEventSelectors',
      { eventSelectors: [{ readWriteType: 'All', includeManagementEvents: true }] },
      'harmless',
    ],
    [
      's3:PutBucketLifecycle',
      { LifecycleConfiguration: { Rule: { Expiration: { Days: 1 } } } },
      's3:PutBucketLifecycle: everything older than 1 day is deleted',
    ],
    ['lambda:AddPermission20150331v2', { principal: '*' }, 'lambda:AddPermission20150331v2: anyone may call it'],
    ['lambda:AddPermission20150331v2', { principal: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::b' }, 'harmless'],
    [
      'ssm:SendCommand',
      { documentName: 'AWS-RunShellScript', instanceIds: ['i-1', 'i-2'] },
      'ssm:SendCommand: AWS-RunShellScript on 2 machines',
    ],
    [
      's3:PutObject',
      { bucketName: 'b', key: 'HOW_TO_DECRYPT_FILES.txt' },
      's3:PutObject: writes HOW_TO_DECRYPT_FILES.txt, as extortionists do',
    ],
    ['repo.access', { visibility: 'public' }, 'repo.access: a repository made public'],
    ...['0.0.0.0/0', '198.51.100.4/0', '128.0.0.0/1', '::/0'].map(
      (cidrIp): [string, Record<string, unknown>, string] => [
        'ec2:AuthorizeSecurityGroupIngress',
        { cidrIp, ipProtocol: 'tcp', fromPort: 22, toPort: 22 },
        'ec2:AuthorizeSecurityGroupIngress: port 22 opened to the whole internet',
      ],
    ),
    [
      'ec2:AuthorizeSecurityGroupIngress',
      { cidrIp: '0.0.0.0/0', ipProtocol: '-1' },
      'ec2:AuthorizeSecurityGroupIngress: every port opened to the whole internet',
    ],
    [
      'glacier:SetVaultAccessPolicy',
      { vaultName: 'v', policy: { policy: allow('*') } },
      'glacier:SetVaultAccessPolicy: open to anyone',
    ],
    [
      'ec2:AuthorizeSecurityGroupIngress',
      { cidrIp: '10.0.0.0/16', ipProtocol: 'tcp', fromPort: 22, toPort: 22 },
      'harmless',
    ],
  ])('%s %o', (action, parameters, says) => {
    expect(asked(action, parameters)).toBe(says)
  })

  it('tells a password for another user from one for oneself', () => {
    const actor = 'arn:aws:iam::111122223333:user/team/deploy'
    expect(asked('iam:CreateAccessKey', { userName: 'deploy' }, { actor })).toBe('harmless')
    expect(asked('iam:CreateAccessKey', { userName: 'eve' }, { actor })).toBe(
      'iam:CreateAccessKey: a key for eve, another user',
    )
  })

  it('counts what was refused for less', () => {
    const parameters = { instanceType: 'p3.2xlarge' }
    const done = askedFor(event(monday, 'ec2:RunInstances', { parameters }), setting)
    const refused = askedFor(event(monday, 'ec2:RunInstances', { parameters, outcome: 'failure' }), setting)
    expect(done).toMatchObject({ llr: 1.5 })
    expect(refused).toMatchObject({ llr: 1.5 * 0.7, says: expect.stringMatching(/\(refused\)$/) })
  })

  it('knows who asks for a model only to see whether it may', () => {
    const failed = { outcome: 'failure', error: 'ValidationException' }
    expect(asked('bedrock:InvokeModel', { modelId: 'm' }, failed)).toMatch(/whether a model may be used \(refused\)$/)
    expect(asked('bedrock:InvokeModel', { modelId: 'm' }, { ...failed, error: 'ThrottlingException' })).toBeUndefined()
  })

  it('knows the second factor of a sign-in, and says nothing where the log does not', () => {
    expect(asked('signin:ConsoleLogin', {}, { mfa: false })).toMatch(/without a second factor/)
    expect(asked('signin:ConsoleLogin', {}, { mfa: true })).toBeUndefined()
    expect(asked('signin:ConsoleLogin', {})).toBeUndefined()
  })

  it('says whose parameters are worth keeping', () => {
    const wants = (action: string, parameters = {}) => wantsParameters(event(monday, action, { parameters }))
    expect(wants('s3:PutBucketPolicy')).toBe(true)
    expect(wants('lambda:AddPermission20150331v2')).toBe(true)
    expect(wants('s3:GetObject', { key: 'a' })).toBe(false)
  })

  it('keeps those of a stored object only where they tell something', () => {
    const wants = (parameters: Record<string, unknown>) =>
      wantsParameters(event(monday, 's3:PutObject', { parameters }))
    expect(wants({ bucketName: 'b', key: 'photo.jpg' })).toBe(false)
    expect(wants({ bucketName: 'b', key: 'how-to-recover-files.txt' })).toBe(true)
    expect(wants({ bucketName: 'b', key: 'FILES-DELETED.txt' })).toBe(true)
    expect(wants({ bucketName: 'b', key: 'a', 'x-amz-server-side-encryption-customer-algorithm': 'AES256' })).toBe(true)
  })

  it('never fails on what is no policy', () => {
    for (const odd of [
      null,
      7,
      '{',
      '[]',
      { Statement: 'x' },
      { Statement: [null, { Effect: 'Allow', Principal: 3 }] },
    ])
      expect(letIn(odd)).toEqual({ anyone: false, accounts: [], everything: false })
  })
})

describe('what operations are good for', () => {
  it.each([
    ['iam:PutUserPolicy', 'sensitive'],
    ['sts:GetCallerIdentity', 'identity'],
    ['s3:ListBuckets', 'discovery'],
    ['s3:GetObject', 'other'],
    ['ec2:RunInstances', 'write'],
    ['lambda:UpdateFunctionCode20150331v2', 'write'],
    ['iam.amazonaws.com:CreateUser', 'sensitive'],
    ['glue:StartSomethingUnheardOf', 'write'],
    ['system.api_token.create', 'sensitive'],
    ['google.iam.admin.v1.CreateServiceAccountKey', 'sensitive'],
    ['v1.compute.instances.insert', 'sensitive'],
    ['MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE', 'sensitive'],
    ['git.clone', 'other'],
    ['auth.test', 'identity'],
    ['users.list', 'discovery'],
    ['DatabaseRoleGranted', 'sensitive'],
    ['workspace_token_rotated', 'sensitive'],
    ['getSecretBundle', 'sensitive'],
    ['updateDashboard', 'write'],
    ['listDashboards', 'discovery'],
    ['user.login', 'other'],
    ['service_account_created', 'sensitive'],
    ['ACCESS_GRANTED', 'sensitive'],
    ['list_grants', 'discovery'],
    ['run_remote_command', 'sensitive'],
    ['SHIELD_ALERT', 'sensitive'],
    ['app.unauthorized_access_attempt', 'sensitive'],
    ['create_report', 'write'],
    ['user_profile_viewed', 'discovery'],
    ['', 'write'],
    ['service_key_revoked', 'sensitive'],
    ['Remove member from role', 'write'],
    ['system.push.send_factor_verify_push', 'other'],
    ['policy.evaluate_sign_on', 'other'],
    ['POST /repos/{owner}/{repo}/issues', 'write'],
    ['PUT /repos/{owner}/{repo}/collaborators/{username}', 'sensitive'],
    ['GET /user', 'identity'],
    ['KeyGet', 'other'],
    ['Microsoft.Cache/redis/listKeys/action', 'sensitive'],
    ['google.cloud.orgpolicy.v2.OrgPolicy.DeletePolicy', 'sensitive'],
    ['SecretList', 'discovery'],
    ['SecretPurge', 'sensitive'],
  ])('%s is %s', (action, of) => {
    expect(factOf(event(monday, action)).class).toBe(of)
  })

  it('takes no service of Google for the one of AWS that has its name', () => {
    const google = event(monday, 'iam:CreateRole', { source: 'google-audit', parameters: { role: {} } })
    expect(factOf(google)).toMatchObject({ class: 'sensitive', techniques: ['T1098.003'] })
    expect(askedFor(google, setting)).toBeUndefined()
    expect(factOf(event(monday, 'iam:CreateRole')).techniques).not.toEqual(['T1098.003'])
  })
})

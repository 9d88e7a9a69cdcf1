import { describe, expect, it } from 'vitest'
import { assess } from '../../src/signals/assess.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { burst, day, event, hour, minute, monday, routine } from './trace.ts'

const leakedAt = monday + 20 * day + 3 * hour
const internal: Setting = { exposure: 'internal', leakedAt }
const exposed: Setting = { exposure: 'public', live: true, leakedAt }
const terraform = 'APN/1.0 HashiCorp/1.0 Terraform/1.7.0 aws-sdk-go-v2/1.24'
const deploy = ['sts:AssumeRole', 's3:PutObject', 'lambda:UpdateFunctionCode', 'cloudfront:CreateInvalidation']

describe('owners, whose key was seen by colleagues, are not flagged', () => {
  it('when their build deploys as on every day', () => {
    expect(assess(routine(40, deploy), internal)).toMatchObject({ level: 'none_seen', confidence: 'high' })
  })

  it('when an administrator does rare work from a known network', () => {
    const work = burst(monday + 25 * day, ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey'], {
      parameters: { userName: 'new-colleague', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    })
    const misuse = assess([...routine(24, ['iam:ListUsers', 'ec2:DescribeInstances']), ...work], internal)
    expect(misuse.p).toBeLessThan(0.5)
  })

  it('when they rotate the key themselves, and use the new one', () => {
    const rotation = [
      event(monday + 25 * day, 'iam:CreateAccessKey', {
        actor: 'arn:aws:iam::111122223333:user/deploy',
        parameters: { userName: 'deploy' },
        made: ['key-two'],
      }),
      ...burst(monday + 25 * day + 10 * minute, deploy, { credential: { uid: 'key-two', match: 'exact' } }),
      event(monday + 25 * day + hour, 'iam:UpdateAccessKey', {
        parameters: { userName: 'deploy', status: 'Inactive' },
      }),
    ]
    const misuse = assess([...routine(24, deploy), ...rotation], internal)
    expect(misuse.children).toEqual(['key-two'])
    expect(misuse.p).toBeLessThan(0.5)
  })

  it('when their machines leave through a pool of addresses', () => {
    const pool = Array.from({ length: 40 }, (_, index) =>
      burst(monday + index * day, deploy, { ip: `203.0.${index}.${(index * 37) % 250}` }),
    ).flat()
    expect(assess(pool, internal).p).toBeLessThan(0.2)
    expect(assess(pool, exposed).p).toBeLessThan(0.5)
  })

  it('when Terraform runs on rented build machines, never twice the same', () => {
    const plan = ['ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'iam:GetRole', 's3:ListBuckets', 'rds:DescribeDBInstances']
    const apply = ['iam:CreateRole', 'ec2:AuthorizeSecurityGroupIngress', 'lambda:CreateFunction']
    const runs = Array.from({ length: 40 }, (_, index) =>
      burst(monday + index * day, index % 5 === 0 ? [...plan, ...apply] : plan, {
        ip: `20.${index}.7.${index}`,
        userAgent: terraform,
        parameters: { ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443 }] } },
      }),
    ).flat()
    const lookup = () => ({ asn: 8075, network: 'Microsoft', country: 'US', hosting: true as const, cloud: 'azure' })
    expect(assess(runs, { ...internal, lookup }).p).toBeLessThan(0.2)
    expect(assess(runs, internal).p).toBeLessThan(0.2)
  })

  it('when a person works in the console after signing in from a known network', () => {
    const browser = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0' }
    const known = routine(24, ['signin:ConsoleLogin', 'ec2:DescribeInstances'], { ...browser, mfa: true })
    const writes = burst(monday + 25 * day, ['signin:ConsoleLogin', 'rds:DeleteDBInstance', 'ec2:StopInstances'], {
      ...browser,
      mfa: true,
    })
    expect(assess([...known, ...writes], internal).p).toBeLessThan(0.2)
  })
})

describe('owners of whom nothing is known yet', () => {
  it('are not flagged when Terraform builds everything at once', () => {
    const build = [
      'iam:CreateRole',
      'iam:PutRolePolicy',
      'ec2:RunInstances',
      'ec2:CreateSecurityGroup',
      'kms:CreateGrant',
      's3:CreateBucket',
      'lambda:CreateFunction',
      'secretsmanager:GetSecretValue',
    ]
    expect(assess(burst(monday, build, { userAgent: terraform }), { exposure: 'internal' }).p).toBeLessThan(0.5)
    const byHand = assess(burst(monday, build, { userAgent: 'aws-cli/2.1' }), { exposure: 'internal' })
    expect(byHand.p).toBeGreaterThan(0.2)
  })

  it('do not lend their tool to strangers: one that is new to the key is no excuse', () => {
    const build = burst(leakedAt + hour, ['iam:CreateUser', 'iam:CreateAccessKey', 'cloudtrail:StopLogging'], {
      userAgent: terraform,
      ip: '192.0.2.44',
    })
    expect(assess([...routine(20, deploy), ...build], internal).p).toBeGreaterThan(0.9)
  })
})

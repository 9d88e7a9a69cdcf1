import { describe, expect, it } from 'vitest'
import type { UsageEvent } from '../../src/model/usage.ts'
import { assess } from '../../src/signals/assess.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { burst, day, event, hour, minute, monday, routine } from './trace.ts'

const leakedAt = monday + 20 * day + 3 * hour
const internal: Setting = { exposure: 'internal', leakedAt }
const exposed: Setting = { exposure: 'public', live: true, leakedAt }
const deploy = ['sts:AssumeRole', 's3:PutObject', 'lambda:UpdateFunctionCode', 'cloudfront:CreateInvalidation']

describe('strangers are found', () => {
  const stranger = { ip: '192.0.2.44', userAgent: 'aws-cli/2.15.0 Python/3.11 Linux/6.1.0-kali' }

  it('who take stock and then give themselves rights', () => {
    const attack = burst(
      leakedAt + 6 * minute,
      [
        'sts:GetCallerIdentity',
        's3:ListBuckets',
        'ec2:DescribeInstances',
        'iam:ListUsers',
        'rds:DescribeDBInstances',
        'iam:CreateUser',
        'iam:CreateAccessKey',
      ],
      stranger,
    )
    const misuse = assess(
      [...routine(21, deploy), ...attack].toSorted((a, b) => a.at - b.at),
      internal,
    )
    expect(misuse.level).toBe('likely')
    expect(misuse.firstAt).toBe(new Date(leakedAt + 6 * minute).toISOString())
    const [session] = misuse.sessions.filter(({ p }) => p >= 0.5)
    expect(session?.signals.filter(({ llr }) => llr > 0).map(({ family }) => family)).toEqual(
      expect.arrayContaining(['network', 'client', 'sequence', 'operation']),
    )
    expect(session?.signals.find(({ family }) => family === 'network')?.says).toBe(
      'first use from 192.0.2.0/24 (192.0.2.44) after 21 earlier sessions; the chance of a new one for this key is 4.5 %',
    )
  })

  it('who only ask who they are, with a live key that everyone can read', () => {
    const misuse = assess(
      [...routine(20, deploy), event(leakedAt + minute, 'sts:GetCallerIdentity', stranger)],
      exposed,
    )
    expect(misuse.p).toBeGreaterThanOrEqual(0.5)
  })

  it.each<{ what: string; events: (at: number) => readonly UsageEvent[] }>([
    {
      what: 'share a snapshot with their account in one call',
      events: at => [
        event(at, 'ec2:ModifySnapshotAttribute', {
          ip: '192.0.2.44',
          parameters: {
            snapshotId: 'snap-1',
            createVolumePermission: { add: { items: [{ userId: '999988887777' }] } },
          },
        }),
      ],
    },
    {
      what: 'rent machines for computing in one refused call',
      events: at => [
        event(at, 'ec2:RunInstances', {
          ip: '192.0.2.44',
          outcome: 'failure',
          error: 'Client.UnauthorizedOperation',
          parameters: { instanceType: 'p4d.24xlarge', instancesSet: { items: [{ maxCount: 10 }] } },
        }),
      ],
    },
    { what: 'delete the trail in one call', events: at => [event(at, 'cloudtrail:DeleteTrail', { ip: '192.0.2.44' })] },
    {
      what: 'read many secrets',
      events: at =>
        Array.from({ length: 20 }, (_, index) =>
          event(at + index * 500, 'secretsmanager:GetSecretValue', {
            ip: '192.0.2.44',
            parameters: { secretId: `secret-${index}` },
          }),
        ),
    },
    {
      what: 'copy a bucket that the key never read',
      events: at =>
        Array.from({ length: 300 }, (_, index) =>
          event(at + index * 100, 's3:GetObject', {
            ip: '192.0.2.44',
            parameters: { bucketName: 'backups', key: `object-${index}` },
          }),
        ),
    },
  ])('who $what', ({ events }) => {
    const alone = assess(events(leakedAt + hour), { exposure: 'public' })
    expect(alone.p).toBeGreaterThanOrEqual(0.5)
    const misuse = assess([...routine(20, deploy), ...events(leakedAt + hour)], internal)
    expect(misuse.p).toBeGreaterThanOrEqual(0.5)
  })

  it('who change their address with every request', () => {
    const hops = Array.from({ length: 30 }, (_, index) =>
      event(leakedAt + index * 10 * minute, 's3:ListBuckets', { ip: `${60 + index}.1.2.3` }),
    )
    const misuse = assess([...routine(20, deploy), ...hops], internal)
    expect(misuse.p).toBeGreaterThanOrEqual(0.5)
    const seen = misuse.sessions.flatMap(({ signals }) => signals.filter(({ family }) => family === 'change point'))
    expect(seen.length).toBeGreaterThan(20)
  })

  it('who use the key that they made, once', () => {
    const attack = [
      ...burst(
        leakedAt + minute,
        ['sts:GetCallerIdentity', 'iam:ListUsers', 's3:ListBuckets', 'ec2:DescribeInstances'],
        stranger,
      ),
      event(leakedAt + 2 * minute, 'iam:CreateAccessKey', {
        ...stranger,
        parameters: { userName: 'backup' },
        made: ['child'],
      }),
      event(leakedAt + 5 * hour, 's3:ListBuckets', { ip: '203.0.113.9', credential: { uid: 'child', match: 'exact' } }),
    ]
    const misuse = assess([...routine(20, deploy), ...attack], exposed)
    const child = misuse.sessions.find(({ ip }) => ip === '203.0.113.9')
    expect(child?.p).toBeGreaterThanOrEqual(0.9)
    expect(child?.signals.map(({ family }) => family)).toContain('maker')
    const says = child?.signals.find(({ family }) => family === 'maker')?.says
    expect(says).toMatch(/^by child, a key that key-one made in a session with a chance of misuse of \d+ %: /)
  })

  it('who learnt nothing from being seen: what was flagged is never history', () => {
    const visits = Array.from({ length: 30 }, (_, index) =>
      burst(leakedAt + index * 2 * hour, ['sts:GetCallerIdentity', 'iam:CreateUser', 'iam:CreateAccessKey'], stranger),
    ).flat()
    const misuse = assess([...routine(20, deploy), ...visits], exposed)
    const flagged = misuse.sessions.filter(({ ip }) => ip === stranger.ip)
    expect(flagged).toHaveLength(30)
    expect(Math.min(...flagged.map(({ p }) => p))).toBeGreaterThanOrEqual(0.9)
  })

  it('even before the key was found to be public', () => {
    const attack = burst(
      monday + 15 * day,
      [
        'sts:GetCallerIdentity',
        'iam:ListUsers',
        's3:ListBuckets',
        'ec2:DescribeInstances',
        'iam:CreateUser',
        'iam:CreateAccessKey',
      ],
      stranger,
    )
    const misuse = assess(
      [...routine(25, deploy), ...attack].toSorted((a, b) => a.at - b.at),
      exposed,
    )
    expect(misuse.level).toBe('likely')
    expect(misuse.before?.sessions).toBe(22)
  })
})

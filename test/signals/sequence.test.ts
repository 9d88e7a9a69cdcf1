import { describe, expect, it } from 'vitest'
import type { UsageEvent } from '../../src/model/usage.ts'
import { assess } from '../../src/signals/assess.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { burst, day, event, hour, minute, monday, routine } from './trace.ts'

const leakedAt = monday + 10 * day
const at = leakedAt + hour
const internal: Setting = { exposure: 'internal', leakedAt }

/** A family's number for the last session, after ten days of one look-up a day from one place. */
function llrOf(family: string, events: readonly UsageEvent[]): number | undefined {
  const { sessions } = assess([...routine(10, ['s3:ListBuckets']), ...events], internal)
  return sessions.at(-1)?.signals.find(signal => signal.family === family)?.llr
}

describe('what follows on what, and how much is taken', () => {
  it('sequence: .7 for an identity call among the first three, 1.3 for four look-ups on three services', () => {
    const plain = { userAgent: 'curl/8.0' }
    expect(llrOf('sequence', [event(at, 'sts:GetCallerIdentity', plain)])).toBe(0.7)
    const late = burst(at, ['s3:ListBuckets', 's3:ListBuckets', 's3:ListBuckets', 'sts:GetCallerIdentity'], plain)
    expect(llrOf('sequence', late)).toBeUndefined()
    const looks = burst(at, ['s3:ListBuckets', 'iam:ListUsers', 'iam:ListRoles', 'ec2:DescribeInstances'], plain)
    expect(llrOf('sequence', looks)).toBeCloseTo(1.3, 6)
    const slow = looks.map((one, index) => ({ ...one, at: at + index * 9 * minute }))
    expect(llrOf('sequence', slow)).toBeUndefined()
    expect(
      llrOf(
        'sequence',
        looks.map(one => ({ ...one, userAgent: 'Terraform/1.7' })),
      ),
    ).toBeUndefined()
  })

  it('sequence: .5 for fifty look-ups within ten minutes at what the key never looked at', () => {
    const plain = { userAgent: 'curl/8.0' }
    const looks = (count: number, action: string) =>
      burst(
        at,
        Array.from({ length: count }, () => action),
        plain,
      )
    expect(llrOf('sequence', looks(50, 'ec2:DescribeInstances'))).toBe(0.5)
    expect(llrOf('sequence', looks(24, 'ec2:DescribeInstances'))).toBeUndefined()
    expect(llrOf('sequence', looks(60, 's3:ListBuckets'))).toBeUndefined()
  })

  it('sequence: .7 for one call refused fifteen times, not by a console, which asks by itself', () => {
    const refused = { outcome: 'failure', error: 'AccessDenied' } as const
    const calls = Array.from({ length: 15 }, () => 'kms:Decrypt')
    expect(llrOf('sequence', burst(at, calls, refused))).toBe(0.7)
    expect(llrOf('sequence', burst(at, calls, { ...refused, userAgent: 'console.amazonaws.com' }))).toBeUndefined()
  })

  it('bulk: from half of a hundred objects, in proportion', () => {
    const reads = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        event(at + index, 's3:GetObject', { parameters: { bucketName: 'b', key: `k${index}` } }),
      )
    expect(llrOf('bulk', reads(49))).toBeUndefined()
    // And .5 for a bucket that it never read.
    expect(llrOf('bulk', reads(60))).toBeCloseTo(0.6 * 1.5 + 0.5, 6)
    expect(llrOf('bulk', reads(100))).toBeCloseTo(2, 6)
  })

  it.each([
    [2, undefined],
    [3, 1.2],
    [5, 2],
  ])('sequence: %i distinct refusals are worth %s', (count, llr) => {
    const names = ['ec2:RunInstances', 'iam:CreateUser', 'kms:Decrypt', 'ses:SendEmail', 'sns:Publish']
    const refused = { outcome: 'failure', error: 'AccessDenied' } as const
    expect(llrOf('sequence', burst(at, names.slice(0, count), refused))).toBe(llr)
  })

  it('bulk: counts deletions where the log names only the bucket', () => {
    const emptied = (many: number) =>
      Array.from({ length: many }, (_, index) => event(at + index, 's3:DeleteObject', { resource: 'b' }))
    expect(llrOf('bulk', emptied(9))).toBeUndefined()
    expect(llrOf('bulk', emptied(10))).toBeCloseTo(1.5, 6)
  })

  it('bulk: counts calls where the log names only the bucket, and knows who always reads much', () => {
    const reads = (from: number, bucket = 'b') =>
      Array.from({ length: 120 }, (_, index) => event(from + index, 's3:GetObject', { resource: bucket }))
    expect(llrOf('bulk', reads(at))).toBeCloseTo(2, 6)
    const daily = Array.from({ length: 4 }, (_, index) => reads(monday + index * day)).flat()
    expect(
      llrOf(
        'bulk',
        [...daily, ...reads(at)].toSorted((a, b) => a.at - b.at),
      ),
    ).toBeUndefined()
  })

  it.each([
    ['git', 'git.clone', 10],
    ['storage', 'storage.objects.get', 100],
    ['SharePoint', 'FileDownloaded', 50],
  ])('bulk: as logs name it, %s and %s', (service, action, many) => {
    const taken = Array.from({ length: many }, (_, index) =>
      event(at + index, action, { service, resource: `r${index}` }),
    )
    expect(llrOf('bulk', taken)).toBeGreaterThanOrEqual(1.5)
  })

  it('bulk: counts each secret that one call asks for', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    expect(llrOf('bulk', [event(at, 'ssm:GetParameters', { resource: names.join(',') })])).toBe(1.5)
    expect(llrOf('bulk', [event(at, 'ssm:GetParameters', { resource: names.slice(1).join(',') })])).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { time } from './example.ts'
import { eventsIn, read } from './support.ts'

const key = madeUp('AKIA{upper:16}', 'hub')
const hub = {
  SchemaVersion: '2018-10-08',
  Id: 'arn:aws:guardduty:us-east-1:123456789012:detector/d/finding/f',
  ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/guardduty',
  GeneratorId: 'arn:aws:guardduty:us-east-1:123456789012:detector/d',
  AwsAccountId: '123456789012',
  Types: ['TTPs/Discovery/Recon:IAMUser-MaliciousIPCaller'],
  LastObservedAt: time,
  UpdatedAt: '2026-11-01T11:00:00Z',
  Severity: { Label: 'MEDIUM' },
  Resources: [
    { Type: 'AwsAccount', Id: 'a' },
    { Type: 'AwsIamAccessKey', Details: { AwsIamAccessKey: { AccessKeyId: key } } },
  ],
  RecordState: 'ACTIVE',
  Workflow: { Status: 'NEW' },
}
const guardDuty = {
  Id: 'f1',
  Type: 'Recon:IAMUser/TorIPCaller',
  Severity: 5,
  Resource: { AccessKeyDetails: { AccessKeyId: key } },
  Service: { DetectorId: 'd1', Archived: false, EventLastSeen: time },
}
const alarmOf = async (record: object) => (await eventsIn(JSON.stringify(record)))[0]?.alarm

describe('findings of AWS about a key', () => {
  it.each([
    ['alone', hub],
    ['of the command line', { Findings: [hub] }],
    ['of EventBridge', { 'detail-type': 'Security Hub Findings - Imported', detail: { findings: [hub] } }],
  ])('join by the key, %s', async (_how, record) => {
    expect(await eventsIn(JSON.stringify(record))).toEqual([
      expect.objectContaining({
        source: 'aws-findings',
        kind: 'observation',
        at: Date.parse(time),
        credential: { uid: key, match: 'exact' },
        alarm: 'TTPs/Discovery/Recon:IAMUser-MaliciousIPCaller',
      }),
    ])
  })

  it('reads GuardDuty’s as its command line writes them', async () => {
    expect(await eventsIn(JSON.stringify({ Findings: [guardDuty] }))).toEqual([
      expect.objectContaining({ credential: { uid: key, match: 'exact' }, alarm: 'Recon:IAMUser/TorIPCaller' }),
    ])
  })

  it.each([
    ['that was suppressed', { ...hub, Workflow: { Status: 'SUPPRESSED' } }],
    ['that was archived', { ...hub, RecordState: 'ARCHIVED' }],
    ['of low severity', { ...hub, Severity: { Label: 'LOW' } }],
    ['of GuardDuty that was archived', { ...guardDuty, Service: { ...guardDuty.Service, Archived: true } }],
    ['of GuardDuty of low severity', { ...guardDuty, Severity: 3.9 }],
  ])('keep one %s, without an alarm', async (_what, record) => {
    expect(await eventsIn(JSON.stringify(record))).toHaveLength(1)
    expect(await alarmOf(record)).toBeUndefined()
  })

  it.each([
    ['a setting', { ...hub, Types: ['Software and Configuration Checks/AWS Security Best Practices'] }],
    ['another resource', { ...hub, Resources: [{ Type: 'AwsS3Bucket', Id: 'b' }] }],
    ['an instance', { ...guardDuty, Resource: { InstanceDetails: {} } }],
  ])('are passed over where they are about %s', async (_what, record) => {
    const { events, warnings } = await read(JSON.stringify(record))
    expect({ events, warnings }).toEqual({ events: [], warnings: [] })
  })
})

describe('logs of administration', () => {
  it('leave out what Databricks does by itself', async () => {
    const record = {
      timestamp: time,
      serviceName: 'jobs',
      actionName: 'runStart',
      userIdentity: { email: 'System-User' },
    }
    const { events, warnings } = await read(JSON.stringify(record))
    expect({ events, warnings }).toEqual({ events: [], warnings: [] })
  })

  it('take a type of OneLogin that its documentation does not name by its number', async () => {
    const record = { id: 1, created_at: time, event_type_id: 990, actor_user_name: 'A', actor_user_id: 1 }
    expect(await eventsIn(JSON.stringify(record))).toEqual([expect.objectContaining({ action: 'event type 990' })])
  })

  it('know a refusal of Teleport by its code', async () => {
    const record = { code: 'T1000W', event: 'user.login', time, uid: 'u', user: 'alice' }
    expect(await eventsIn(JSON.stringify(record))).toEqual([
      expect.objectContaining({ outcome: 'failure', verb: 'auth' }),
    ])
  })
})

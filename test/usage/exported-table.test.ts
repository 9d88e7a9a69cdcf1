import { describe, expect, it } from 'vitest'
import { eventsIn, read } from './support.ts'

describe('tables as search engines and portals export them', () => {
  it('reads a table of dotted names as the records that they are', async () => {
    const text = [
      '"@timestamp","event.action","event.outcome","source.ip","user.name","aws.cloudtrail.user_identity.access_key_id"',
      '"2026-11-01T10:00:00.000Z","GetCallerIdentity","success","192.0.2.9","eve","K1"',
    ].join('\r\n')
    expect(await eventsIn(text)).toEqual([
      expect.objectContaining({
        source: 'ecs',
        ip: '192.0.2.9',
        actor: 'eve',
        credential: { uid: 'K1', match: 'exact' },
      }),
    ])
  })

  it('leaves a table alone whose rows no log knows', async () => {
    const { events, warnings } = await read('a,b,c\n1,2,3\n')
    expect(events).toEqual([])
    expect(warnings).toEqual([expect.objectContaining({ unreadable: true })])
  })
})

describe('custom tables of Log Analytics', () => {
  it('finds an object’s names again where they were joined', async () => {
    const row = {
      'TimeGenerated [UTC]': '11/1/2026, 10:01:00.681 AM',
      event_type_s: 'DOWNLOAD',
      event_id_g: 'e1',
      'created_at_t [UTC]': '11/1/2026, 10:00:00.250 AM',
      created_by_login_s: 'eve@example.com',
      created_by_id_s: '7',
      source_item_name_s: 'customers.xlsx',
      action_by_login_s: '',
      ip_address_s: '192.0.2.9',
    }
    expect(await eventsIn(JSON.stringify([row]))).toEqual([
      expect.objectContaining({
        source: 'box',
        id: 'e1',
        at: Date.parse('2026-11-01T10:00:00Z'),
        actor: 'eve@example.com',
        resource: 'customers.xlsx',
        ip: '192.0.2.9',
      }),
    ])
  })

  it('reads one as CSV, with lists that stand as JSON in a cell', async () => {
    const text = [
      'eventType_s,published_t [UTC],uuid_g,actor_alternateId_s,client_ipAddress_s,outcome_result_s,target_s,Type',
      'system.api_token.create,"11/1/2026, 10:00:00.000 AM",u1,eve@example.com,192.0.2.9,SUCCESS,"[{""id"":""t1"",""type"":""Token""}]",Okta_CL',
    ].join('\n')
    expect(await eventsIn(text)).toEqual([
      expect.objectContaining({ source: 'okta', actor: 'eve@example.com', outcome: 'success', made: ['t1'] }),
    ])
  })
})

describe('Sentinel’s own tables', () => {
  const trail = {
    'TimeGenerated [UTC]': '11/1/2026, 10:00:00.000 AM',
    AwsEventId: 'e1',
    AwsRegion: 'eu-west-1',
    EventName: 'CreateAccessKey',
    EventSource: 'iam.amazonaws.com',
    SourceIpAddress: '192.0.2.9',
    UserIdentityAccessKeyId: 'K1',
    UserIdentityArn: 'arn:aws:iam::123456789012:user/eve',
    RequestParameters: '{"userName":"bob"}',
  }
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const csv = (row: Readonly<Record<string, string>>): string =>
    [Object.keys(row), Object.values(row).map(cell)].map(cells => cells.join(',')).join('\n')

  it('reads CloudTrail in one, as CSV and as JSON', async () => {
    const { 'TimeGenerated [UTC]': time, ...rest } = trail
    for (const text of [csv(trail), JSON.stringify([{ ...rest, TimeGenerated: time }])])
      expect(await eventsIn(text)).toEqual([
        expect.objectContaining({
          source: 'cloudtrail',
          id: 'e1',
          at: Date.parse('2026-11-01T10:00:00Z'),
          credential: { uid: 'K1', match: 'exact' },
          parameters: { userName: 'bob' },
          ip: '192.0.2.9',
        }),
      ])
  })

  it('reads Azure’s activity in one', async () => {
    const row = {
      'TimeGenerated [UTC]': '11/1/2026, 10:00:00.000 AM',
      OperationNameValue: 'MICROSOFT.STORAGE/STORAGEACCOUNTS/LISTKEYS/ACTION',
      Caller: 'eve@example.com',
      CallerIpAddress: '192.0.2.9',
      ActivityStatusValue: 'Success',
    }
    expect(await eventsIn(csv(row))).toEqual([
      expect.objectContaining({
        source: 'azure-activity',
        actor: 'eve@example.com',
        ip: '192.0.2.9',
        outcome: 'success',
      }),
    ])
  })
})

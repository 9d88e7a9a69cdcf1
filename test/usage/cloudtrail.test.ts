import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { eventsIn, keyId, read, trail } from './support.ts'

const key = keyId('one')
const record = trail(key)
const time = '2026-11-01T10:00:00Z'

describe('CloudTrail in every shape', () => {
  it.each([
    ['a trail file', JSON.stringify({ Records: [record, record] })],
    ['JSON lines', `${JSON.stringify(record)}\n${JSON.stringify(record)}\n`],
    ['an array', JSON.stringify([record, record], null, 2)],
    ['several trail files in one', JSON.stringify([{ Records: [record] }, { Records: [record] }])],
    [
      'trail files one after the other',
      `${JSON.stringify({ Records: [record] })}\n${JSON.stringify({ Records: [record] })}`,
    ],
    [
      'LookupEvents',
      JSON.stringify({
        Events: [1, 2].map(() => ({ EventId: 'e', EventName: 'ListBuckets', CloudTrailEvent: JSON.stringify(record) })),
      }),
    ],
    [
      'EventBridge',
      [1, 2].map(() => JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', detail: record })).join('\n'),
    ],
    ['Elasticsearch', JSON.stringify({ hits: { hits: [{ _source: record }, { _source: record }] } })],
    [
      'CloudWatch Logs',
      JSON.stringify({ logEvents: [{ message: JSON.stringify(record) }, { message: JSON.stringify(record) }] }),
    ],
  ])('reads %s', async (_what, text) => {
    const events = await eventsIn(text)
    expect(events).toHaveLength(2)
    expect(events[0]).toEqual({
      id: '00000000-0000-4000-8000-000000000001',
      at: Date.parse('2026-11-01T10:00:00Z'),
      source: 'cloudtrail',
      kind: 'event',
      credential: { uid: key, match: 'exact' },
      ip: '192.0.2.7',
      userAgent: 'aws-cli/2.17.32',
      action: 'ListBuckets',
      service: 's3',
      verb: 'read',
      region: 'eu-west-1',
      account: '123456789012',
      actor: 'arn:aws:iam::123456789012:user/alice',
      outcome: 'success',
      requestId: 'R1',
    })
    expect(await eventsIn(gzipSync(text))).toEqual(events)
  })

  it('reads a table of Athena with structures in its cells', async () => {
    const table = [
      'eventid,eventtime,eventsource,eventname,awsregion,sourceipaddress,useragent,errorcode,readonly,useridentity',
      `e1,2026-11-01T10:00:00Z,iam.amazonaws.com,CreateUser,us-east-1,192.0.2.7,aws-cli,AccessDenied,false,"{type=IAMUser, principalid=AIDA, arn=arn:aws:iam::123456789012:user/alice, accountid=123456789012, invokedby=null, accesskeyid=${key}, username=alice}"`,
    ].join('\n')
    const [event] = await eventsIn(table)
    expect(event).toMatchObject({
      credential: { uid: key, match: 'exact' },
      action: 'CreateUser',
      verb: 'admin',
      outcome: 'failure',
      error: 'AccessDenied',
      account: '123456789012',
    })
  })

  it.each([
    ['the console’s event history', 'Event name,Event time,User name,AWS access key,Event source,Source IP address'],
    ['a query of single fields', 'eventname,eventtime,username,accesskeyid,eventsource,sourceipaddress'],
  ])('reads a table of %s', async (_what, headings) => {
    const row = `ListBuckets,2026-11-01T10:00:00Z,alice,${key},s3.amazonaws.com,192.0.2.7`
    expect(await eventsIn(`${headings}\n${row}\n`)).toEqual([
      expect.objectContaining({ credential: { uid: key, match: 'exact' }, actor: 'alice', ip: '192.0.2.7' }),
    ])
  })

  it.each(['@timestamp', 'time'])('takes the time from %s where the record has no eventTime', async name => {
    const { eventTime, ...rest } = record
    const [event] = await eventsIn(JSON.stringify({ ...rest, [name]: eventTime }))
    expect(event?.at).toBe(Date.parse('2026-11-01T10:00:00Z'))
  })

  it('reads a record with hardly any field', async () => {
    const text = JSON.stringify({
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
      eventTime: time,
    })
    expect(await eventsIn(text)).toEqual([
      expect.objectContaining({ id: 'log:1', action: 'RunInstances', verb: 'write', outcome: 'success' }),
    ])
  })

  it('leaves out an address that is a service, and takes a bucket rather than an object', async () => {
    const more = { sourceIPAddress: 'ec2.amazonaws.com', requestParameters: { bucketName: 'b', key: 'x' } }
    const [event] = await eventsIn(JSON.stringify(trail(key, more)))
    expect(event).not.toHaveProperty('ip')
    expect(event?.resource).toBe('b')
  })

  it('takes what CloudTrail itself found for no use of a key, and another cloud’s log for none of AWS', async () => {
    const insight = { eventVersion: '1.08', eventTime: time, eventType: 'AwsCloudTrailInsight', insightDetails: {} }
    const digest = { awsAccountId: '1', digestS3Object: 'o', logFiles: [{ s3Object: 'o' }] }
    for (const aside of [{ Records: [insight] }, digest])
      expect(await read(JSON.stringify(aside))).toEqual({ events: [], warnings: [] })
    const alibaba = { eventName: 'AssumeRole', eventSource: 'sts.aliyuncs.com', eventTime: time, userIdentity: {} }
    expect((await read(JSON.stringify(alibaba))).events).toEqual([])
  })

  it('warns of a record without a time and reads the others', async () => {
    const { eventTime: _, ...rest } = record
    const { events, warnings } = await read(`${JSON.stringify(rest)}\n${JSON.stringify(record)}\n`)
    expect(events).toHaveLength(1)
    expect(warnings).toEqual([expect.objectContaining({ line: 1 })])
  })

  it('says nothing of an hour in which nothing happened', async () => {
    expect(await read('{"Records":[]}')).toEqual({ events: [], warnings: [] })
  })

  it('does not lose what came before a cut in its gzip data', async () => {
    const text = JSON.stringify({
      Records: Array.from({ length: 2000 }, (_, i) => trail(key, { eventID: `e${i}`, requestID: keyId(`${i}`) })),
    })
    const { events, warnings } = await read(gzipSync(text).subarray(0, 9000))
    expect(events.length).toBeGreaterThan(10)
    expect(warnings.length).toBeGreaterThan(0)
  })

  it('says that what is no log was not read', async () => {
    const { warnings } = await read('hello\nworld\n')
    expect(warnings).toEqual([expect.objectContaining({ unreadable: true })])
  })
})

import { describe, expect, it } from 'vitest'
import { at, time } from './example.ts'
import { consoleSignIn, key, observedIdentities, okta, role, signIn } from './examples-observed-identities.ts'
import { observedServices } from './examples-observed-services.ts'
import { eventsIn, gather, input, keys, trail } from './support.ts'

describe('what logs of the field hold', () => {
  it.each([...observedIdentities, ...observedServices])('reads %s', async (_what, record, event) => {
    expect(await eventsIn(JSON.stringify(record))).toEqual([expect.objectContaining({ at, ...event })])
  })

  it.each([
    ['whoever comes from elsewhere, who was asked there', { ...consoleSignIn, userIdentity: role }, 'mfa'],
    ['a key, which has none', trail(key), 'mfa'],
    [
      'the low risk that stands at every service',
      { ...signIn, properties: { ...signIn.properties, riskLevelAggregated: 'low' } },
      'alarm',
    ],
    [
      'a session that goes on',
      {
        ...signIn,
        properties: {
          ...signIn.properties,
          authenticationRequirement: 'singleFactorAuthentication',
          isInteractive: false,
        },
      },
      'mfa',
    ],
    [
      'a risk that somebody dismissed',
      { ...signIn, properties: { ...signIn.properties, riskLevelDuringSignIn: 'high', riskState: 'dismissed' } },
      'alarm',
    ],
    [
      'a second factor that the identity provider asked for',
      {
        ...consoleSignIn,
        additionalEventData: { MFAUsed: 'No', SamlProviderArn: 'arn:aws:iam::123456789012:saml-provider/o' },
      },
      'mfa',
    ],
    [
      'a new device at a known place',
      { ...okta, debugContext: { debugData: { behaviors: '{New Device=POSITIVE, New IP=NEGATIVE}' } } },
      'alarm',
    ],
    ['a reason that is none of refusal', { ...okta, outcome: { result: 'ALLOW', reason: 'policy' } }, 'error'],
    [
      'no suspicion',
      {
        ...okta,
        securityContext: { isProxy: false },
        debugContext: { debugData: { threatSuspected: 'false', risk: '{level=LOW}' } },
      },
      'alarm',
    ],
  ])('says nothing for %s', async (_what, record, field) => {
    const [event] = await eventsIn(JSON.stringify(record))
    expect(event).not.toHaveProperty(field)
  })

  it('keeps them until they are asked for', async () => {
    const record = { ...consoleSignIn, vpcEndpointId: 'vpce-1', additionalEventData: { MFAUsed: 'No' } }
    const usage = await gather([input(JSON.stringify(record))], [keys('c', { ids: [key] })])
    expect([...usage.history('c')]).toEqual([expect.objectContaining({ mfa: false, via: 'vpce-1' })])
    const risky = { ...okta, securityContext: { isProxy: true } }
    const other = await gather(
      [input(JSON.stringify(risky))],
      [keys('c', { provider: 'okta', principals: ['alice@example.com'], named: ['alice@example.com'] })],
    )
    expect([...other.history('c')]).toEqual([expect.objectContaining({ alarm: 'anonymising proxy' })])
  })
})

describe('CloudTrail as collectors and queries give it', () => {
  const record = trail(key, { userIdentity: { ...role, accountId: '123456789012' } })
  const issuer = 'arn:aws:iam::123456789012:role/dev'
  const structure = `{type=AssumedRole, arn=${role.arn}, accountid=123456789012, accesskeyid=${key}, username=null, sessioncontext={attributes={mfaauthenticated=true}, sessionissuer={type=Role, arn=${issuer}, username=dev}}}`
  const cells = {
    eventTime: '2026-11-01 10:00:00.000',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    userIdentity: structure,
    sourceIPAddress: '192.0.2.7',
  }
  const text = JSON.stringify(record)
  const flat = {
    eventTime: time,
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    sourceIPAddress: '192.0.2.7',
    'userIdentity.accessKeyId': key,
    'userIdentity.arn': role.arn,
  }
  it.each([
    [
      'an answer of CloudTrail Lake',
      { QueryStatus: 'FINISHED', QueryResultRows: [Object.entries(cells).map(([name, value]) => ({ [name]: value }))] },
    ],
    [
      'names in lower case',
      Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value])),
    ],
    ['Splunk’s export', { preview: false, result: { _raw: text, _time: time, sourcetype: 'aws:cloudtrail' } }],
    [
      'Splunk’s export with fields of its own',
      { result: { _raw: text, eventName: 'ListBuckets', eventSource: 's3.amazonaws.com' } },
    ],
    ['flattened names', flat],
    [
      'Elastic’s original beside what was made of it',
      { _source: { '@timestamp': time, event: { action: 'ListBuckets', original: text } } },
    ],
  ])('reads %s', async (_what, document) => {
    expect(await eventsIn(JSON.stringify(document))).toEqual([
      expect.objectContaining({
        at,
        source: 'cloudtrail',
        credential: { uid: key, match: 'exact' },
        actor: role.arn,
        ip: '192.0.2.7',
      }),
    ])
  })

  it('names each of the secrets that one call of CloudTrail asks for', async () => {
    const many = {
      eventName: 'GetParameters',
      requestParameters: { names: ['/db/user', '/db/host'], withDecryption: true },
    }
    expect(await eventsIn(JSON.stringify(trail(key, many)))).toEqual([
      expect.objectContaining({ resource: '/db/user,/db/host' }),
    ])
  })

  it('finds a session by the role behind it in the text of a structure', async () => {
    const document = { QueryResultRows: [Object.entries(cells).map(([name, value]) => ({ [name]: value }))] }
    const usage = await gather(
      [input(JSON.stringify(document))],
      [keys('c', { principals: [issuer], named: [issuer] })],
    )
    expect([...usage.history('c')]).toEqual([expect.objectContaining({ mfa: true })])
  })
})

describe('lines of the field', () => {
  it('reads MariaDB, which leaves out a time that it has just written', async () => {
    const log =
      "261101 10:00:00\t   35 Connect\troot@192.0.2.1 on shop using TCP/IP\n\t\t   35 Query\tSELECT 1\n261101  9:59:00 [Warning] Access denied for user 'eve'@'192.0.2.2' (using password: YES)\n"
    expect(await eventsIn(log)).toEqual([
      expect.objectContaining({ at, action: 'connect', actor: 'root', ip: '192.0.2.1' }),
      expect.objectContaining({ at, action: 'SELECT', actor: 'root' }),
      expect.objectContaining({ at: at - 60_000, outcome: 'failure', actor: 'eve', ip: '192.0.2.2' }),
    ])
  })
})

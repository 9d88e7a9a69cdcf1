import { isRecord } from '../../model/path.ts'
import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { listOf, objectOf, pick, textOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf } from '../verb.ts'

/** Services whose writes change who may do what. */
const administers = new Set([
  'iam',
  'organizations',
  'sso',
  'sso-directory',
  'identitystore',
  'account',
  'rolesanywhere',
])
const targets = [
  'bucketName',
  'secretId',
  'userName',
  'roleArn',
  'roleName',
  'functionName',
  'instanceId',
  'modelId',
  'keyId',
  'tableName',
  'name',
  'policyArn',
  'groupName',
  'topicArn',
  'queueUrl',
]

/**
 * Records of AWS CloudTrail, as trails, LookupEvents, Lake and Athena give them. Fields:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const cloudtrail: LogFormat = {
  id: 'cloudtrail',
  name: 'AWS CloudTrail',
  providers: ['aws'],
  keyed: 'id',
  json: {
    knows: record =>
      (typeof record['eventName'] === 'string' && typeof record['eventSource'] === 'string') ||
      typeof record['CloudTrailEvent'] === 'string',
    read: record => {
      const event = record['CloudTrailEvent']
      if (event === undefined) return draft(record)
      const whole = objectOf(event)
      return whole === undefined ? looked(record) : draft(whole)
    },
  },
  // https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
  table: {
    knows: headings => headings.has('eventname') && headings.has('eventsource'),
    read: row => draft(unfolded(row)),
  },
  coverage: {
    lag: 'about 5 minutes, up to 15 (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html)',
    without: {
      data: 'management events only: reads and writes of S3 objects, calls of Lambda and other data events are not seen (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html)',
    },
  },
}

function draft(record: Row): Draft {
  const who = inside(record, 'userIdentity')
  const service = serviceOf(record['eventSource'])
  const action = record['eventName']
  const asked = objectOf(record['requestParameters'])
  const answered = objectOf(record['responseElements'])
  const error = record['errorCode']
  const refused = typeof error === 'string' && error !== ''
  return {
    id: record['eventID'],
    at: pick(record, 'eventTime', '@timestamp', 'time'),
    // The console gives a federated user further keys, which no record says the making of; the user stays the same.
    keys: [who['accessKeyId'], who['type'] === 'FederatedUser' ? who['arn'] : undefined],
    principals: [who['arn'], who['userName'], who['principalId'], issuerOf(who)],
    account: who['accountId'] ?? record['recipientAccountId'],
    ip: record['sourceIPAddress'],
    userAgent: record['userAgent'],
    action,
    service,
    verb: verb(action, service, record['readOnly']),
    region: record['awsRegion'],
    actor: who['arn'] ?? who['userName'] ?? who['invokedBy'] ?? who['principalId'] ?? who['type'],
    resource: resourceOf(record, asked),
    outcome: refused || answered?.['ConsoleLogin'] === 'Failure' ? 'failure' : 'success',
    error,
    requestId: record['requestID'],
    bytes: transferred(record['additionalEventData']),
    parameters: asked,
    made: refused ? undefined : made(answered),
    mark: record['managementEvent'] === false || record['eventCategory'] === 'Data' ? 'data' : undefined,
  }
}

/** What LookupEvents itself says, where its copy of the record is cut off. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Event.html */
function looked(row: Row): Draft {
  const service = serviceOf(row['EventSource'])
  return {
    id: row['EventId'],
    at: row['EventTime'],
    keys: [row['AccessKeyId']],
    principals: [row['Username']],
    action: row['EventName'],
    service,
    verb: verb(row['EventName'], service, row['ReadOnly']),
    actor: row['Username'],
    resource: listOf(row['Resources']).map(each => (isRecord(each) ? each['ResourceName'] : undefined))[0],
  }
}

/** A row of Athena or Lake with the names of a record again; structures stand there as JSON, or as `{type=IAMUser, arn=…}`. */
function unfolded(row: Row): Row {
  const names: Record<string, unknown> = {}
  for (const name of recordNames) {
    const value = row[name.toLowerCase()]
    if (value !== undefined && value !== '') names[name] = value
  }
  names['userIdentity'] = { ...cells(row), ...(objectOf(row['useridentity']) ?? structure(row['useridentity'])) }
  names['readOnly'] = row['readonly']
  names['managementEvent'] = row['managementevent'] === 'false' ? false : undefined
  return names
}

const recordNames = [
  'eventID',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'requestID',
  'eventCategory',
  'recipientAccountId',
]

/** Who it was, where a query or the console's event history gives it a column of its own. */
function cells(row: Row): Row {
  return {
    accessKeyId: row['awsaccesskey'] ?? row['accesskeyid'] ?? row['useridentity.accesskeyid'],
    userName: row['username'] ?? row['useridentity.username'],
    arn: row['arn'] ?? row['useridentity.arn'],
    accountId: row['accountid'] ?? row['useridentity.accountid'],
  }
}

function structure(value: unknown): Row {
  const found: Record<string, string> = {}
  for (const [, name = '', text = ''] of (textOf(value) ?? '').matchAll(/\b(\w+)=([^,{}]+)/g)) {
    if (text !== 'null') found[name] ??= text
  }
  const { accesskeyid, accountid, username, principalid, ...rest } = found
  const named = { accessKeyId: accesskeyid, accountId: accountid, userName: username, principalId: principalid }
  return { ...Object.fromEntries(Object.entries(named).filter(([, text]) => text !== undefined)), ...rest }
}

function serviceOf(source: unknown): string | undefined {
  return typeof source === 'string' ? source.replace(/\.amazonaws\.com(?:\.cn)?$/, '') : undefined
}

function verb(action: unknown, service: string | undefined, readOnly: unknown): Verb | undefined {
  if (typeof action !== 'string') return undefined
  if (service === 'sts' || service === 'signin') return 'auth'
  if (readOnly === true || readOnly === 'true') return 'read'
  if (readOnly === undefined || readOnly === null) {
    const said = verbOf(action)
    return said === 'admin' && !administers.has(service ?? '') ? 'write' : said
  }
  return administers.has(service ?? '') || /Policy|Trail$|Acl$/.test(action) ? 'admin' : 'write'
}

function issuerOf(who: Row): unknown {
  return inside(inside(who, 'sessionContext'), 'sessionIssuer')['arn']
}

/** A bucket rather than each of its objects, so that reads of one bucket are seen together. */
function resourceOf(record: Row, asked: Row | undefined): unknown {
  const first = asked === undefined ? undefined : pick(asked, ...targets)
  if (typeof first === 'string') return first
  const [resource] = listOf(record['resources'])
  return isRecord(resource) ? (resource['ARN'] ?? resource['arn']) : undefined
}

function transferred(more: unknown): number | undefined {
  const { bytesTransferredIn, bytesTransferredOut } = objectOf(more) ?? {}
  const sum = Number(bytesTransferredIn ?? 0) + Number(bytesTransferredOut ?? 0)
  return sum > 0 ? sum : undefined
}

/** Keys and sessions in an answer: CreateAccessKey; AssumeRole, GetSessionToken, GetFederationToken. https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html */
function made(answer: Row | undefined): readonly unknown[] | undefined {
  if (answer === undefined) return undefined
  const ids = [
    inside(answer, 'accessKey')['accessKeyId'],
    inside(answer, 'credentials')['accessKeyId'],
    inside(answer, 'federatedUser')['arn'],
  ]
  return ids.some(id => id !== undefined) ? ids : undefined
}

import { isRecord } from '../../model/path.ts'
import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { keysMade } from '../aws-keys.ts'
import { cloudtrailRow, lakeRows } from '../cloudtrail-row.ts'
import { listOf, objectOf, pick, plainKeys, textOf, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { awsNames } from '../secret-names.ts'
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
/** Splunk and search engines flatten a record. */
const flattened = ['userIdentity.type', 'userIdentity.arn', 'userIdentity.accessKeyId']
const signIns = ['ConsoleLogin', 'SwitchRole', 'CheckMfa', 'ExitRole', 'RenewRole', 'PasswordRecoveryRequested']
const longestMessage = 120
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
  reads: 'aws-sm',
  json: {
    knows: record =>
      (typeof record['eventName'] === 'string' && isOfAws(record['eventSource'])) ||
      isAside(record) ||
      typeof record['CloudTrailEvent'] === 'string' ||
      (typeof record['eventname'] === 'string' && typeof record['eventsource'] === 'string') ||
      'AwsEventId' in record ||
      Array.isArray(record['QueryResultRows']),
    read: record => {
      if (isAside(record)) return 'pass'
      if ('QueryResultRows' in record)
        return lakeRows(record['QueryResultRows']).map(row => draft(cloudtrailRow(plainKeys(row))))
      if (
        'eventname' in record ||
        'AwsEventId' in record ||
        (!('userIdentity' in record) && flattened.some(name => name in record))
      )
        return draft(cloudtrailRow(plainKeys(record)))
      const event = record['CloudTrailEvent']
      if (event === undefined) return draft(record)
      const whole = objectOf(event)
      return whole === undefined ? looked(record) : draft(whole)
    },
  },
  // https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html
  table: {
    knows: headings => headings.has('eventname') && headings.has('eventsource'),
    read: row => draft(cloudtrailRow(row)),
  },
  coverage: {
    lag: 'about 5 minutes, up to 15 (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html)',
    without: {
      data: 'management events only: reads and writes of S3 objects, calls of Lambda and other data events are not seen (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html)',
    },
  },
}

/** Nobody's use of a key: what CloudTrail itself found in the numbers of calls, and the sums that it keeps of its own files. */
function isAside(record: Row): boolean {
  return record['eventType'] === 'AwsCloudTrailInsight' || ('digestS3Object' in record && 'logFiles' in record)
}

/** Alibaba's ActionTrail has the same names for its fields: https://www.alibabacloud.com/help/en/sls/actiontrail */
function isOfAws(source: unknown): boolean {
  return typeof source === 'string' && !source.endsWith('.aliyuncs.com')
}

function draft(record: Row): Draft {
  const who = inside(record, 'userIdentity')
  const service = serviceOf(record['eventSource'])
  const action = record['eventName']
  const asked = objectOf(record['requestParameters'])
  const answered = objectOf(record['responseElements'])
  const error = record['errorCode']
  const message = textOf(record['errorMessage'])?.slice(0, longestMessage)
  const refused = textOf(error) !== undefined || message !== undefined || failed(answered)
  return {
    id: record['eventID'],
    at: pick(record, 'eventTime', '@timestamp', 'time'),
    // The console gives a federated user further keys, which no record says the making of; the user stays the same.
    keys: [who['accessKeyId'], who['credentialId'], who['type'] === 'FederatedUser' ? who['arn'] : undefined],
    principals: [who['arn'], who['userName'], who['principalId'], issuerOf(who), inside(who, 'onBehalfOf')['userId']],
    account: /^\d{12}$/.test(textOf(who['accountId']) ?? '') ? who['accountId'] : record['recipientAccountId'],
    ip: record['sourceIPAddress'],
    userAgent: record['userAgent'],
    action,
    service,
    verb: verb(action, service, record['readOnly']),
    region: record['awsRegion'],
    actor: pick(who, 'arn', 'userName', 'onBehalfOf.userId', 'invokedBy', 'principalId', 'type'),
    resource: resourceOf(record, asked),
    outcome: refused ? 'failure' : 'success',
    error: textOf(error) ?? message,
    requestId: record['requestID'],
    mfa: secondFactor(record, who),
    via: record['vpcEndpointId'],
    bytes: transferred(record['additionalEventData']),
    parameters: asked,
    made: refused ? undefined : keysMade(answered),
    secrets: secretsRead(service, action, asked),
    mark: record['managementEvent'] === false || record['eventCategory'] === 'Data' ? 'data' : undefined,
  }
}

/** One of these stands in the log for each secret of BatchGetSecretValue too: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html */
function secretsRead(
  service: string | undefined,
  action: unknown,
  asked: Row | undefined,
): readonly string[] | undefined {
  const id = asked?.['secretId']
  return service === 'secretsmanager' && action === 'GetSecretValue' && typeof id === 'string'
    ? awsNames(id)
    : undefined
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

/** Sign-ins answer a refusal in these words: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
function failed(answer: Row | undefined): boolean {
  return signIns.some(name => answer?.[name] === 'Failure')
}

/**
 * Of a sign-in that AWS itself asked for a password: who comes from elsewhere was asked there. Of other calls only that
 * there was one, as keys have none. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
function secondFactor(record: Row, who: Row): boolean | undefined {
  const used = wordOf(inside(inside(who, 'sessionContext'), 'attributes')['mfaAuthenticated'])
  if (used === 'true') return true
  if (record['eventName'] !== 'ConsoleLogin' || (who['type'] !== 'IAMUser' && who['type'] !== 'Root')) return undefined
  const more = objectOf(record['additionalEventData']) ?? {}
  if (more['SamlProviderArn'] !== undefined) return undefined
  const said = wordOf(more['MFAUsed'])
  return said === 'Yes' ? true : said === 'No' ? false : undefined
}

function issuerOf(who: Row): unknown {
  return inside(inside(who, 'sessionContext'), 'sessionIssuer')['arn']
}

/** A bucket rather than each of its objects, so that reads of one bucket are seen together; of many secrets in one call, each. */
function resourceOf(record: Row, asked: Row | undefined): unknown {
  const first = asked === undefined ? undefined : pick(asked, ...targets)
  if (typeof first === 'string') return first
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html: no name has a comma.
  const many = asked === undefined ? [] : listOf(pick(asked, 'names', 'secretIdList'))
  if (many.length > 0) return many.map(textOf).join(',')
  const listed = record['resources']
  const [resource] = listOf(listed)
  if (resource === undefined) return /\barn=([^,}\]]+)/i.exec(textOf(listed) ?? '')?.[1] ?? textOf(listed)
  return isRecord(resource) ? (resource['ARN'] ?? resource['arn']) : undefined
}

function transferred(more: unknown): number | undefined {
  const { bytesTransferredIn, bytesTransferredOut } = objectOf(more) ?? {}
  const sum = Number(bytesTransferredIn ?? 0) + Number(bytesTransferredOut ?? 0)
  return sum > 0 ? sum : undefined
}

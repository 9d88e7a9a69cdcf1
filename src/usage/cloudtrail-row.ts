import { isRecord } from '../model/path.ts'
import type { Row } from '../text/row.ts'
import { objectOf, textOf } from './field.ts'

const names = [
  'eventID',
  'eventTime',
  'eventSource',
  'eventName',
  'eventType',
  'eventCategory',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'requestID',
  'resources',
  'readOnly',
  'recipientAccountId',
  'vpcEndpointId',
]
const whoNames = [
  'accessKeyId',
  'accountId',
  'credentialId',
  'invokedBy',
  'mfaAuthenticated',
  'onBehalfOf',
  'principalId',
  'sessionContext',
  'sessionIssuer',
  'userId',
  'userName',
]
const plain = new Map(whoNames.map(name => [name.toLowerCase(), name]))

/**
 * A row of Athena, of CloudTrail Lake or of the console's event history, in lower case, with the names of a record again;
 * structures stand in it as objects, as JSON, or as `{type=IAMUser, arn=…}`.
 */
export function cloudtrailRow(row: Row): Row {
  const record: Record<string, unknown> = {}
  for (const name of names) {
    const value = row[name.toLowerCase()]
    if (value !== undefined && value !== null && value !== '') record[name] = value
  }
  const who = row['useridentity']
  const said = objectOf(who) ?? structure(textOf(who) ?? '')
  record['userIdentity'] = { ...cells(row), ...cased(said) }
  record['managementEvent'] = String(row['managementevent']) === 'false' ? false : undefined
  record['resources'] ??= row['resourcename']
  // Sentinel's table: https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/awscloudtrail
  record['eventID'] ??= row['awseventid']
  record['eventTime'] ??= row['timegenerated']
  record['requestID'] ??= row['awsrequestid']
  return record
}

/** The rows of an answer of GetQueryResults, each cell an object of one name. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetQueryResults.html */
export function lakeRows(rows: unknown): readonly Row[] {
  if (!Array.isArray(rows)) return []
  return rows.flatMap(row => (Array.isArray(row) ? [Object.assign({}, ...row.filter(isRecord))] : []))
}

/** Who it was, where a query or the console's event history gives it a column of its own. */
function cells(row: Row): Row {
  const own = (name: string): unknown => row[`useridentity.${name}`] ?? row[`useridentity${name}`]
  return {
    accessKeyId: row['awsaccesskey'] ?? row['accesskeyid'] ?? own('accesskeyid'),
    userName: row['username'] ?? own('username'),
    arn: row['arn'] ?? own('arn'),
    accountId: row['accountid'] ?? own('accountid'),
    type: own('type'),
    principalId: row['principalid'] ?? own('principalid'),
  }
}

/** Names as records write them, at every depth. */
function cased(row: Row): Row {
  const entries = Object.entries(row).map(([name, value]) => [
    plain.get(name) ?? name,
    isRecord(value) ? cased(value) : value,
  ])
  return Object.fromEntries(entries)
}

/** `{type=Role, sessioncontext={attributes={…}}, username=null}` */
function structure(text: string): Row {
  let within: Record<string, unknown> = {}
  const outer: Record<string, unknown>[] = []
  for (const [piece, opened, name = '', value = ''] of text.matchAll(/(\w+)=\{|(\w+)=([^,{}]+)|\}/g)) {
    if (opened !== undefined) {
      const inner = {}
      within[opened] = inner
      outer.push(within)
      within = inner
    } else if (piece === '}') within = outer.pop() ?? within
    else if (value !== 'null') within[name] = value
  }
  return outer[0] ?? within
}

import { isRecord } from '../../model/path.ts'
import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { listOf, objectOf, pick, pickText, textOf, wordOf } from '../field.ts'
import type { LogFormat, Reading } from '../format.ts'

const signIns = /^(?:UserLoggedIn|UserLoginFailed|MailboxLogin|SignInEvent|TeamsSessionStarted)$/
const looks =
  /^(?:Get|Search|Test|Validate)|^(?:MailItemsAccessed|MessageBind|FolderBind)$|(?:Viewed|Accessed|Downloaded|DownloadedFull|Previewed)$/
const rules =
  /^(?:New|Set|Add|Remove|Enable|Disable|Install|Update|Undo|Import|Export)-|Permission|Sharing|Link(?:Created|Updated|Used)|Group$|Admin(?:Added|Removed)|Consent/
const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i

/**
 * Microsoft 365's unified audit log: the portal's CSV and Search-UnifiedAuditLog, whose cell AuditData holds the record,
 * the Management Activity API and Graph's audit search. It names applications and users, not their secrets. Fields:
 * https://learn.microsoft.com/en-us/office/office-365-management-api/office-365-management-activity-api-schema
 * https://learn.microsoft.com/en-us/purview/audit-log-export-records
 * https://learn.microsoft.com/en-us/graph/api/resources/security-auditlogrecord?view=graph-rest-beta
 */
export const microsoftAudit: LogFormat = {
  id: 'm365-audit',
  name: 'Microsoft 365 unified audit log',
  providers: ['azure', 'entra', 'microsoft'],
  json: {
    knows: record =>
      ('AuditData' in record && ('Operations' in record || 'Operation' in record || 'CreationDate' in record)) ||
      (isRecord(record['auditData']) && typeof record['operation'] === 'string') ||
      (typeof record['Operation'] === 'string' &&
        (('CreationTime' in record && ('Workload' in record || 'RecordType' in record)) || 'OfficeWorkload' in record)),
    read: record => {
      const data = record['AuditData'] ?? record['auditData']
      return data === undefined ? read(record) : outer(record, data)
    },
  },
  table: {
    knows: headings => headings.has('auditdata') && (headings.has('operation') || headings.has('operations')),
    read: row => outer(row, row['auditdata']),
  },
  coverage: {
    lag: '60 to 90 minutes for core services, up to days for others (https://learn.microsoft.com/en-us/purview/audit-log-search)',
    blind: ['which secret of an application was used is not named: Entra sign-ins say that'],
  },
}

/** A record in its envelope; the portal cuts long ones off, so that only the envelope can be read. */
function outer(row: Row, data: unknown): Reading {
  const record = objectOf(data)
  if (record !== undefined)
    return read({ CreationTime: pick(row, 'CreationDate', 'creationdate', 'createdDateTime'), ...record })
  return read({
    Id: pick(row, 'Identity', 'identity', 'recordid'),
    CreationTime: pick(row, 'CreationDate', 'creationdate'),
    Operation: pick(row, 'Operations', 'operations', 'operation'),
    UserId: pick(row, 'UserIds', 'userids', 'userid'),
    ClientIP: /"(?:ClientIP|ClientIPAddress|ActorIpAddress)":"([^"]+)"/.exec(textOf(data) ?? '')?.[1],
  })
}

function read(record: Row): Reading {
  const action = pickText(record, 'Operation', 'operation')?.trim()
  if (action === undefined) return undefined
  // What the service says about itself is nobody's use.
  if (action.startsWith('Alert')) return 'pass'
  const workload = pickText(record, 'Workload', 'OfficeWorkload', 'workload')
  const failed = outcome(record, action) === 'failure'
  const count = Number(record['OperationCount'] ?? 1)
  const user = pickText(record, 'UserId', 'userId')
  const target = pickText(record, 'ObjectId', 'OfficeObjectId', 'MailboxOwnerUPN', 'SourceFileName')
  return {
    id: pick(record, 'Id', 'OfficeId', 'id'),
    at: pick(record, 'CreationTime', 'TimeGenerated', 'creationTime'),
    ...(count > 1 && { kind: 'aggregate' as const, count }),
    principals: [user, ...actors(record), guid.exec(user ?? '')?.[0]],
    account: pick(record, 'OrganizationId', 'organizationId'),
    ip: pick(record, 'ClientIP', 'ClientIPAddress', 'ActorIpAddress', 'Client_IPAddress', 'clientIP'),
    userAgent: agent(record),
    action,
    service: workload,
    verb: verb(action, workload),
    actor: user,
    resource: target?.split('?', 1)[0],
    outcome: outcome(record, action),
    error: failed ? pick(record, 'LogonError', 'ErrorNumber', 'ResultStatus') : undefined,
    made: failed ? undefined : secretsMade(record),
  }
}

/** Ids of the application that acted, and of the user. */
function actors(record: Row): readonly unknown[] {
  const access = objectOf(record['AppAccessContext']) ?? {}
  const listed = listOf(record['Actor']).map(each => (isRecord(each) ? each['ID'] : undefined))
  return [
    ...['AppId', 'ApplicationId', 'ClientAppId', 'AadAppId', 'ClientApplicationId'].map(name => record[name]),
    access['ClientAppId'],
    guid.exec(pickText(record, 'UserKey') ?? '')?.[0],
    ...listed.map(id => guid.exec(wordOf(id))?.[0] ?? id),
  ]
}

function agent(record: Row): unknown {
  const more = listOf(record['ExtendedProperties']).find(each => isRecord(each) && each['Name'] === 'UserAgent')
  const client = pickText(record, 'ClientInfoString')
  return pick(record, 'UserAgent') ?? (client && spoken(client)) ?? (isRecord(more) ? more['Value'] : undefined)
}

/** `Client=OWA;Mozilla/5.0 (…)`, `Client=REST;Client=RESTSystem;;`: what the client says of itself, else how it came. */
function spoken(client: string): string | undefined {
  const [, kind, own = ''] = /^Client=([^;]*);*(.*?);*$/s.exec(client) ?? []
  return own.includes('/') ? own : (kind ?? client)
}

function verb(action: string, workload: string | undefined): Verb {
  if (signIns.test(action)) return 'auth'
  if (looks.test(action)) return 'read'
  // The directory's records are of changes.
  return workload === 'AzureActiveDirectory' || rules.test(action) ? 'admin' : 'write'
}

/** Sign-ins that failed can say Success: that they were written down is. */
function outcome(record: Row, action: string): 'success' | 'failure' | 'unknown' {
  if (action.endsWith('Failed') || pickText(record, 'LogonError') !== undefined) return 'failure'
  const status = wordOf(pick(record, 'ResultStatus', 'resultStatus'))
  if (/^(?:fail|false)/i.test(status)) return 'failure'
  return status === '' || /^(?:success|succeeded|true|partially)/i.test(status) ? 'success' : 'unknown'
}

/** Ids of the secrets that an application got: `[KeyIdentifier=…,KeyType=Password,…]`, now and before. */
function secretsMade(record: Row): readonly string[] | undefined {
  const change = listOf(record['ModifiedProperties']).find(each => isRecord(each) && each['Name'] === 'KeyDescription')
  if (!isRecord(change)) return undefined
  const before = keyIds(change['OldValue'])
  return keyIds(change['NewValue']).filter(id => !before.includes(id))
}

function keyIds(value: unknown): readonly string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '')
  return [...text.matchAll(/KeyIdentifier=([\da-f-]{36})/gi)].map(([, id = '']) => id)
}

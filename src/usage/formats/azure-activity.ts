import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { objectOf, pick, pickText, textOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf } from '../verb.ts'

/**
 * Azure's activity, resource and directory audit logs: REST, diagnostic settings, the portal's CSV. Fields:
 * https://learn.microsoft.com/en-us/azure/azure-monitor/platform/activity-log-schema
 * https://learn.microsoft.com/en-us/graph/api/resources/directoryaudit
 * https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/storagebloblogs
 */
export const azureActivity: LogFormat = {
  id: 'azure-activity',
  name: 'Azure activity log',
  providers: ['azure', 'entra', 'microsoft'],
  json: {
    knows: record =>
      ('operationName' in record && ('resourceId' in record || 'eventTimestamp' in record)) ||
      ('activityDisplayName' in record && 'activityDateTime' in record) ||
      ('OperationNameValue' in record && 'TimeGenerated' in record) ||
      ('OperationName' in record && 'AuthenticationType' in record && 'TimeGenerated' in record),
    read,
  },
  table: {
    knows: headings => headings.has('operationname') && headings.has('eventinitiatedby') && headings.has('time'),
    read: row => ({
      id: row['correlationid'] === undefined ? undefined : `${textOf(row['correlationid'])} ${textOf(row['time'])}`,
      at: row['time'],
      principals: [row['eventinitiatedby']],
      account: row['subscription'],
      action: row['operationname'],
      service: row['resourcetype'],
      actor: row['eventinitiatedby'],
      resource: row['resource'] ?? row['resourcegroup'],
      outcome: outcome(row['status']),
      requestId: row['correlationid'],
    }),
  },
  coverage: {
    lag: '3 to 20 minutes (https://learn.microsoft.com/en-us/azure/azure-monitor/logs/data-ingestion-time)',
    blind: ['changes of resources only, where no resource logs are among the files: reads are not seen'],
  },
}

function read(record: Row): Draft {
  const claims = objectOf(pick(record, 'identity.claims', 'claims', 'Claims')) ?? {}
  const properties = objectOf(record['properties']) ?? inside(record, 'properties')
  const said = record['operationName']
  const action = isRecord(said) ? pickText(said, 'value') : textOf(said)
  const name = action ?? pickText(record, 'activityDisplayName', 'OperationNameValue', 'OperationName')
  const caller = pick(record, 'caller', 'Caller', 'initiatedBy.user.userPrincipalName', 'initiatedBy.app.displayName')
  const status = pick(record, 'resultType', 'status.value', 'result', 'ActivityStatusValue', 'statusCode', 'StatusCode')
  const result = pick(record, 'resultSignature') ?? status
  return {
    id: pick(record, 'eventDataId', 'EventDataId', 'id', 'CorrelationId') ?? eventId(record),
    at: pick(record, 'time', 'eventTimestamp', 'activityDateTime', 'TimeGenerated'),
    // How Storage names the key or the signature that was used.
    keys: [pick(record, 'identity.tokenHash', 'AuthenticationHash')],
    principals: [
      caller,
      claims['appid'],
      claims['name'],
      claims['http://schemas.microsoft.com/identity/claims/objectidentifier'],
      pick(record, 'initiatedBy.app.appId', 'initiatedBy.user.id', 'RequesterAppId', 'RequesterObjectId'),
      pick(properties, 'appId', 'initiatedBy.user.userPrincipalName', 'initiatedBy.app.displayName'),
    ],
    account: pick(record, 'subscriptionId', 'SubscriptionId') ?? subscriptionOf(record['resourceId']),
    ip: pick(record, 'callerIpAddress', 'httpRequest.clientIpAddress', 'CallerIpAddress', 'initiatedBy.user.ipAddress'),
    userAgent: pick(properties, 'userAgentHeader', 'userAgent') ?? pick(record, 'UserAgentHeader'),
    action: name,
    service: pickText(record, 'category.value', 'category', 'Category') ?? name?.split('/', 1)[0],
    verb: verb(name ?? ''),
    region: pick(record, 'location'),
    actor: caller ?? pick(claims, 'name', 'appid'),
    resource: pick(record, 'resourceId', 'ResourceId', 'targetResources.0.displayName', 'ObjectKey'),
    outcome: outcome(status),
    error: outcome(status) === 'failure' ? result : undefined,
    requestId: pick(record, 'correlationId', 'CorrelationId'),
    bytes: pick(properties, 'responseBodySize') ?? pick(record, 'ResponseBodySize'),
  }
}

function eventId(record: Row): string | undefined {
  const [correlation, at] = [pickText(record, 'correlationId'), pickText(record, 'time', 'activityDateTime')]
  const step = pickText(record, 'resultType') ?? ''
  return correlation === undefined ? undefined : `${correlation} ${at ?? ''} ${step}`
}

function verb(name: string): Draft['verb'] {
  if (/\/listKeys\/action$|\/read$|^Get|^List/i.test(name)) return 'read'
  if (/Microsoft\.Authorization|roleAssignments|policy|Add .*(?:credential|role|owner|member|consent)/i.test(name))
    return 'admin'
  return /\/(?:write|delete|action)$/i.test(name) ? 'write' : verbOf(name)
}

function outcome(status: unknown): 'success' | 'failure' | 'unknown' {
  const text = textOf(status)
  if (text === undefined) return 'unknown'
  if (/^(?:success|succeeded|accept|accepted|start|started|0|[123]\d\d)/i.test(text)) return 'success'
  return /fail|error|denied|forbidden|[45]\d\d/i.test(text) ? 'failure' : 'unknown'
}

function subscriptionOf(resource: unknown): string | undefined {
  return /\/subscriptions\/([^/]+)/i.exec(textOf(resource) ?? '')?.[1]
}

import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { listOf, objectOf, outcomeOf, pick, pickText, textOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf, verbOfMethod } from '../verb.ts'
import { operationPath, shownPath } from '../web-path.ts'

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
      ('operationName' in record &&
        ['resourceId', 'eventTimestamp', 'callerIpAddress'].some(name => name in record) &&
        ['time', 'eventTimestamp'].some(name => name in record)) ||
      ('activityDisplayName' in record && 'activityDateTime' in record) ||
      ('OperationNameValue' in record && 'TimeGenerated' in record) ||
      ('OperationName' in record && 'AuthenticationType' in record && 'TimeGenerated' in record) ||
      ('OperationName' in record && 'InitiatedBy' in record && 'TimeGenerated' in record) ||
      ('RequestUri' in record && 'RequestMethod' in record && 'TimeGenerated' in record),
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

function read(outer: Row): Draft {
  const properties = objectOf(outer['properties']) ?? {}
  if ('requestMethod' in properties || 'RequestUri' in outer) return graphCall(outer, properties)
  const directory = [outer, properties].some(row =>
    ['activityDisplayName', 'initiatedBy', 'InitiatedBy'].some(name => name in row),
  )
  // A collector puts a directory's event into another: https://learn.microsoft.com/en-us/entra/identity/monitoring-health/concept-diagnostic-settings-logs-options
  const record: Row = directory ? { ...outer, ...properties, time: outer['time'] ?? properties['time'] } : outer
  const claims = objectOf(pick(record, 'identity.claims', 'claims', 'Claims')) ?? {}
  const by = objectOf(pick(record, 'initiatedBy', 'InitiatedBy')) ?? {}
  const name = nameOf(record)
  const caller =
    pick(record, 'caller', 'Caller') ?? pick(by, 'user.userPrincipalName', 'app.displayName', 'user.displayName')
  const names = ['resultType', 'status.value', 'result', 'Result', 'ActivityStatusValue', 'statusCode', 'StatusCode']
  const status = pick(record, ...names)
  const said = pick(record, 'resultSignature')
  const [target] = listOf(pick(record, 'targetResources', 'TargetResources'))
  return {
    id: pick(record, 'eventDataId', 'EventDataId', 'id', 'Id', 'CorrelationId') ?? eventId(record),
    at: pick(record, 'time', 'eventTimestamp', 'activityDateTime', 'TimeGenerated'),
    // How Storage names the key or the signature that was used.
    keys: [pick(record, 'identity.tokenHash', 'AuthenticationHash')],
    principals: [
      caller,
      claims['appid'],
      claims['name'],
      claims['http://schemas.microsoft.com/identity/claims/objectidentifier'],
      pick(by, 'app.appId', 'user.id'),
      pick(by, 'app.servicePrincipalId'),
      pick(record, 'RequesterAppId', 'RequesterObjectId'),
      pick(properties, 'appId'),
    ],
    account: pick(record, 'subscriptionId', 'SubscriptionId') ?? subscriptionOf(record['resourceId']),
    ip:
      pick(record, 'callerIpAddress', 'httpRequest.clientIpAddress', 'CallerIpAddress') ??
      pick(by, 'user.ipAddress', 'app.ipAddress') ??
      pick(claims, 'ipaddr'),
    userAgent:
      pick(properties, 'userAgentHeader', 'userAgent') ??
      pick(record, 'UserAgentHeader', 'userAgent') ??
      agentIn(pick(record, 'additionalDetails', 'AdditionalDetails')),
    action: name,
    service: pickText(record, 'category.value', 'category', 'Category') ?? name?.split('/', 1)[0],
    verb: verb(name ?? '', directory),
    region: pick(record, 'location'),
    actor: caller ?? pick(claims, 'name', 'appid'),
    resource: directory
      ? (pick(isRecord(target) ? target : {}, 'displayName', 'userPrincipalName', 'id') ?? record['resourceId'])
      : pick(record, 'resourceId', 'ResourceId', '_ResourceId', 'ObjectKey', 'properties.objectKey'),
    outcome: outcome(status),
    error:
      outcome(status) === 'failure'
        ? (pick(record, 'resultReason', 'ResultReason') ?? (said === 'None' ? status : (said ?? status)))
        : undefined,
    requestId: pick(record, 'correlationId', 'CorrelationId'),
    parameters: directory ? askedOfDirectory(record, by) : objectOf(pick(properties, 'requestbody', 'requestBody')),
    bytes: pick(properties, 'responseBodySize') ?? pick(record, 'ResponseBodySize'),
  }
}

/** What a change of the directory is about. https://learn.microsoft.com/en-us/graph/api/resources/targetresource */
function askedOfDirectory(record: Row, by: Row): Row {
  return {
    targetResources: listOf(pick(record, 'targetResources', 'TargetResources')),
    additionalDetails: listOf(pick(record, 'additionalDetails', 'AdditionalDetails')),
    initiatedBy: by,
  }
}

/** `[{"key":"User-Agent","value":"…"}]` */
function agentIn(details: unknown): unknown {
  const found = listOf(details).find(each => isRecord(each) && each['key'] === 'User-Agent')
  return isRecord(found) ? found['value'] : undefined
}

function nameOf(record: Row): string | undefined {
  const said = record['operationName']
  const action = isRecord(said) ? pickText(said, 'value') : textOf(said)
  return action ?? pickText(record, 'activityDisplayName', 'OperationNameValue', 'OperationName', 'ActivityDisplayName')
}

/** A call of Microsoft Graph. https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/microsoftgraphactivitylogs */
function graphCall(outer: Row, properties: Row): Draft {
  const of = (name: string): unknown => pick(properties, name) ?? outer[`${name[0]?.toUpperCase()}${name.slice(1)}`]
  const method = textOf(of('requestMethod')) ?? ''
  const target = textOf(of('requestUri')) ?? ''
  const status = of('responseStatusCode')
  const [path, call] = [operationPath(target), target.replace(/^https?:\/\/[^/]*/, '').split('?', 1)[0]]
  return {
    id: of('requestId'),
    at: pick(outer, 'time', 'TimeGenerated'),
    principals: [of('appId'), of('servicePrincipalId'), of('userId')],
    account: of('tenantId') ?? pick(outer, 'AadTenantId', 'tenantId'),
    ip: pick(outer, 'callerIpAddress') ?? of('ipAddress') ?? outer['IPAddress'],
    userAgent: of('userAgent'),
    action: `${method} ${path}`,
    service: 'graph',
    verb: verbOfMethod(method),
    region: of('location'),
    actor: of('userId') ?? of('servicePrincipalId') ?? of('appId'),
    resource: shownPath(target),
    outcome: outcomeOf(status),
    error: outcomeOf(status) === 'failure' ? status : undefined,
    requestId: of('requestId'),
    bytes: of('responseSizeBytes'),
    call: `${method} ${call ?? ''}`,
  }
}

function eventId(record: Row): string | undefined {
  const [correlation, at] = [pickText(record, 'correlationId'), pickText(record, 'time', 'activityDateTime')]
  const step = pickText(record, 'resultType') ?? ''
  return correlation === undefined ? undefined : `${correlation} ${at ?? ''} ${step}`
}

function verb(name: string, directory: boolean): Draft['verb'] {
  // The directory's log is of changes.
  if (directory) return /^(?:Get|List|Download|Export)\b/i.test(name) ? 'read' : 'admin'
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

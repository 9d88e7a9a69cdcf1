import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { listOf, objectOf, pick, pickText, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

/**
 * What Entra ID Protection found wrong with users and applications: Graph, diagnostic settings, a workspace's tables.
 * Fields: https://learn.microsoft.com/en-us/graph/api/resources/riskdetection
 * https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/aaduserriskevents
 */
export const entraRisk: LogFormat = {
  id: 'entra-risk',
  name: 'Microsoft Entra risk detections',
  providers: ['azure', 'entra', 'microsoft'],
  json: {
    knows: record => kindOf(record) !== undefined || kindOf(inside(record, 'properties')) !== undefined,
    read: record => read({ ...record, ...objectOf(record['properties']) }, record),
  },
  coverage: {
    lag: 'minutes, up to two days for some detections (https://learn.microsoft.com/en-us/entra/id-protection/concept-identity-protection-risks)',
  },
}

function kindOf(record: Row): string | undefined {
  return 'riskLevel' in record || 'RiskLevel' in record ? pickText(record, 'riskEventType', 'RiskEventType') : undefined
}

function read(record: Row, outer: Row): Draft {
  const kind = kindOf(record) ?? ''
  const level = wordOf(pick(record, 'riskLevel', 'RiskLevel')).toLowerCase()
  const state = wordOf(pick(record, 'riskState', 'RiskState'))
  const user = pick(record, 'userPrincipalName', 'UserPrincipalName')
  const app = pick(record, 'appId', 'AppId')
  // Dismissed by an administrator, or found to be safe after all.
  const stands = !/^(?:dismissed|remediated|confirmedSafe)$/i.test(state) && /^(?:medium|high)$/.test(level)
  return {
    id: pick(record, 'id', 'Id') ?? pick(outer, 'correlationId'),
    at: pick(record, 'activityDateTime', 'ActivityDateTime', 'detectedDateTime', 'DetectedDateTime') ?? outer['time'],
    kind: 'observation',
    principals: [user, app, pick(record, 'userId', 'UserId'), pick(record, 'servicePrincipalId', 'ServicePrincipalId')],
    account: pick(record, 'homeTenantId', 'tenantId', 'AADTenantId', 'TenantId'),
    ip: pick(record, 'ipAddress', 'IpAddress', 'callerIpAddress'),
    country: pick(record, 'location.countryOrRegion', 'Location.countryOrRegion'),
    userAgent: more(record, 'userAgent'),
    action: `risk detection: ${kind}`,
    verb: 'auth',
    actor: user ?? pick(record, 'servicePrincipalDisplayName', 'ServicePrincipalDisplayName') ?? app,
    outcome: 'unknown',
    requestId: pick(record, 'requestId', 'RequestId', 'correlationId', 'CorrelationId'),
    alarm: stands ? `${level} risk: ${kind}` : undefined,
  }
}

/** `[{"Key":"userAgent","Value":"…"}]` */
function more(record: Row, name: string): unknown {
  const pairs = listOf(pick(record, 'additionalInfo', 'AdditionalInfo'))
  const found = pairs.map(pair => objectOf(pair) ?? {}).find(pair => pair['Key'] === name)
  return found?.['Value']
}

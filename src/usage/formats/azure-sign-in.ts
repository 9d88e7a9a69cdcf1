import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { listOf, objectOf, pick, pickText, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

/**
 * Sign-ins of people, services and managed identities in Microsoft Entra: Graph, diagnostic settings, the portal's CSV.
 * Fields: https://learn.microsoft.com/en-us/graph/api/resources/signin?view=graph-rest-beta
 * https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/aadserviceprincipalsigninlogs
 */
export const azureSignIn: LogFormat = {
  id: 'azure-sign-in',
  name: 'Microsoft Entra sign-ins',
  providers: ['azure', 'entra', 'microsoft'],
  keyed: 'id',
  json: {
    knows: record =>
      wordOf(record['category'] ?? record['Category'] ?? record['Type']).endsWith('SignInLogs') ||
      ('createdDateTime' in record && 'ipAddress' in record && ('appId' in record || 'userPrincipalName' in record)),
    read: record => read({ ...record, ...(objectOf(record['properties']) ?? inside(record, 'properties')) }, record),
  },
  table: { knows: headings => isExport(headings) && headings.has('ipaddress'), read: readRow },
  coverage: {
    lag: 'minutes, up to hours (https://learn.microsoft.com/en-us/entra/identity/monitoring-health/reference-reports-latencies)',
    blind: ['sign-ins only: what was done with a token afterwards is in other logs'],
  },
}

/** The portal's files of users' and of applications' sign-ins, and what scripts make of Graph's. https://learn.microsoft.com/en-us/entra/identity/monitoring-health/howto-download-logs */
function isExport(headings: ReadonlySet<string>): boolean {
  if (headings.has('date(utc)')) return headings.has('applicationid') || headings.has('username')
  return headings.has('createddatetime') && ['userprincipalname', 'appid'].some(name => headings.has(name))
}

function readRow(row: Row): Draft {
  const status = wordOf(row['status'] ?? row['status.errorcode'])
  const good = /^(?:0|success)$/i.test(status) ? 'success' : status === '' ? 'unknown' : 'failure'
  const id = row['requestid'] ?? row['id']
  return {
    id,
    at: row['date(utc)'] ?? row['createddatetime'],
    keys: [row['credentialkeyid'] ?? row['serviceprincipalcredentialkeyid']],
    principals: [
      row['applicationid'] ?? row['appid'],
      row['serviceprincipalid'],
      row['username'] ?? row['userprincipalname'],
      row['userid'],
    ],
    account: row['hometenantid'],
    ip: row['ipaddress'],
    country: countryOf(row['location']),
    asn: row['autonomoussystemnumber'],
    userAgent: row['useragent'],
    action: 'sign-in',
    service: row['resource'] ?? row['resourcedisplayname'],
    verb: 'auth',
    actor: row['username'] ?? row['userprincipalname'] ?? row['serviceprincipalname'] ?? row['application'],
    resource: row['resource'] ?? row['resourcedisplayname'],
    outcome: good,
    error: good === 'failure' ? (row['signinerrorcode'] ?? status) : undefined,
    requestId: row['uniquetokenidentifier'] ?? id,
    mfa: /^multi-?factor/i.test(wordOf(row['authenticationrequirement'])) ? true : undefined,
  }
}

function read(record: Row, outer: Row): Draft {
  const code = pick(record, 'status.errorCode', 'resultType', 'ResultType')
  const good = code === undefined ? 'unknown' : /^(?:0|success)$/i.test(wordOf(code)) ? 'success' : 'failure'
  return {
    id: pick(record, 'id', 'Id', 'OriginalRequestId', 'correlationId'),
    at: pick(record, 'createdDateTime', 'CreatedDateTime') ?? pick(outer, 'time', 'TimeGenerated'),
    keys: [pick(record, 'servicePrincipalCredentialKeyId', 'ServicePrincipalCredentialKeyId')],
    principals: [
      pick(record, 'appId', 'AppId'),
      pick(record, 'servicePrincipalId', 'ServicePrincipalId'),
      pick(record, 'userPrincipalName', 'UserPrincipalName'),
      pick(record, 'userId', 'UserId'),
    ],
    account: pick(record, 'homeTenantId', 'tenantId', 'AADTenantId', 'TenantId') ?? pick(outer, 'tenantId'),
    ip: pick(record, 'ipAddress', 'IPAddress', 'callerIpAddress'),
    asn: pick(record, 'autonomousSystemNumber', 'AutonomousSystemNumber'),
    country:
      pick(record, 'location.countryOrRegion', 'LocationDetails.countryOrRegion', 'Location') ?? record['location'],
    userAgent: pick(record, 'userAgent', 'UserAgent'),
    action: 'sign-in',
    service: pick(record, 'resourceDisplayName', 'ResourceDisplayName'),
    verb: 'auth',
    actor: pick(
      record,
      'userPrincipalName',
      'UserPrincipalName',
      'servicePrincipalName',
      'ServicePrincipalName',
      'appDisplayName',
      'appId',
      'AppId',
    ),
    resource: pick(record, 'resourceDisplayName', 'ResourceDisplayName', 'resourceId'),
    outcome: good,
    error: good === 'failure' ? code : undefined,
    requestId: pickText(record, 'uniqueTokenIdentifier', 'UniqueTokenIdentifier', 'correlationId', 'CorrelationId'),
    mfa: secondFactor(record),
    alarm: risk(record),
  }
}

/** Of a person who signed in just then; services have none, and a session goes on by what it began with. https://learn.microsoft.com/en-us/graph/api/resources/signin?view=graph-rest-beta (authenticationRequirement) */
function secondFactor(record: Row): boolean | undefined {
  const asked = wordOf(pick(record, 'authenticationRequirement', 'AuthenticationRequirement'))
  if (asked === 'multiFactorAuthentication') return true
  const now = wordOf(pick(record, 'isInteractive', 'IsInteractive')) === 'true'
  return asked === 'singleFactorAuthentication' && now ? false : undefined
}

/** What Entra ID Protection found; `low` stands at calls of services every day. https://learn.microsoft.com/en-us/entra/id-protection/concept-identity-protection-risks */
function risk(record: Row): string | undefined {
  const levels = ['riskLevelDuringSignIn', 'RiskLevelDuringSignIn', 'riskLevelAggregated', 'RiskLevelAggregated']
  const level = levels.map(name => wordOf(record[name])).find(each => /^(?:medium|high)$/i.test(each))
  const state = wordOf(pick(record, 'riskState', 'RiskState'))
  const kinds = listOf(pick(record, 'riskEventTypes_v2', 'RiskEventTypes_V2', 'riskEventTypes', 'RiskEventTypes')).map(
    wordOf,
  )
  // https://learn.microsoft.com/en-us/graph/api/resources/signin: somebody looked at it, or a second factor settled it.
  if (/^(?:dismissed|remediated|confirmedSafe)$/i.test(state)) return undefined
  if (level === undefined && !/^(?:atRisk|confirmedCompromised)$/i.test(state)) return undefined
  const named = level === undefined ? state : `${level.toLowerCase()} risk`
  return kinds.length === 0 ? named : `${named}: ${kinds.join(', ')}`
}

/** `Berlin, Berlin, DE` */
function countryOf(place: unknown): string | undefined {
  return typeof place === 'string' ? /(?:^|, )([A-Z]{2})$/.exec(place)?.[1] : undefined
}

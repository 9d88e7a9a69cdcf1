import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { inside, rowsOf } from '../../text/row.ts'
import { objectOf, pick, pickText, textOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { callOfGoogle, openedBy } from '../kubernetes-call.ts'
import { verbOf } from '../verb.ts'
import { alarmOf, parametersOf } from './google-reports.ts'

/**
 * Google Cloud's audit logs, as LogEntry objects. Fields:
 * https://cloud.google.com/logging/docs/reference/audit/auditlog/rest/Shared.Types/AuditLog
 * https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry
 */
export const googleAudit: LogFormat = {
  id: 'google-audit',
  name: 'Google Cloud audit log',
  providers: ['google', 'gcp', 'firebase'],
  keyed: 'id',
  json: {
    knows: record => {
      const payload = payloadOf(record)
      return ['methodName', 'authenticationInfo', 'authorizationInfo'].some(name => name in payload)
    },
    read,
  },
  coverage: {
    lag: 'seconds to minutes (https://cloud.google.com/logging/docs/audit/best-practices)',
    without: {
      data: 'no data access: reads, and writes of data, are logged only where that is switched on (https://cloud.google.com/logging/docs/audit/configure-data-access)',
    },
  },
}

/** By number: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto */
const codes: readonly (string | undefined)[] = [
  undefined,
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]

/** A sink into BigQuery names it otherwise: https://cloud.google.com/logging/docs/export/bigquery#audit-logs_schema */
function payloadOf(record: Row): Row {
  const found = record['protoPayload'] ?? record['protopayload_auditlog'] ?? record['protopayload']
  return objectOf(found) ?? {}
}

/** The network of the same organisation that a call came from; `__unknown__` where Google hides it. */
function privateWay(network: unknown): string | undefined {
  const name = textOf(network)
  return name?.includes('__unknown__') === true ? undefined : name
}

function read(record: Row): Draft {
  const payload = payloadOf(record)
  const who = inside(payload, 'authenticationInfo')
  const request = inside(payload, 'requestMetadata')
  // BigQuery's older records have the method in their metadata only.
  const action = pickText(payload, 'methodName', 'metadata.methodName', 'authorizationInfo.0.permission') ?? ''
  const key = pickText(who, 'serviceAccountKeyName')
  const code = pick(payload, 'status.code')
  // Workspace's own events say in their metadata whom they are about.
  const [event] = rowsOf(pick(payload, 'metadata.event'))
  const about = event === undefined ? {} : parametersOf(event)
  const data = pickText(record, 'logName', 'logname')?.includes('data_access') === true
  return {
    id: pick(record, 'insertId', 'insertid'),
    at: pick(record, 'timestamp', 'receiveTimestamp', 'p_event_time'),
    keys: key === undefined ? [] : [lastOf(key), key],
    principals: [
      who['principalEmail'],
      who['principalSubject'],
      pick(who, 'oauthInfo.oauthClientId'),
      about['affected_email_address'],
      ...rowsOf(who['serviceAccountDelegationInfo']).map(each =>
        pick(each, 'firstPartyPrincipal.principalEmail', 'principalSubject'),
      ),
    ],
    account: pick(record, 'resource.labels.project_id') ?? projectOf(pick(record, 'logName', 'logname')),
    ip: pick(request, 'callerIp', 'callerIP'),
    userAgent: pick(request, 'callerSuppliedUserAgent'),
    action: callOfGoogle(action) ?? methodOf(action),
    service: pickText(payload, 'serviceName')?.replace(/\.googleapis\.com$/, ''),
    verb: payload['serviceName'] === 'iamcredentials.googleapis.com' ? 'auth' : verb(action, payload),
    region: pick(record, 'resource.labels.location', 'resource.labels.zone'),
    actor: pick(who, 'principalEmail', 'principalSubject') ?? about['affected_email_address'],
    alarm: event === undefined ? undefined : alarmOf(lastOf(action, '.'), about),
    resource: payload['resourceName'],
    outcome: (code === undefined || code === 0) && !/failure$/i.test(action) ? 'success' : 'failure',
    error: code === 0 ? undefined : (codes[Number(code)] ?? code),
    via: privateWay(request['callerNetwork']),
    parameters: asked(payload),
    made: action.endsWith('CreateServiceAccountKey') ? [lastOf(pickText(payload, 'response.name') ?? '')] : undefined,
    mark: data ? 'data' : undefined,
  }
}

/** The request, and what it changed of a policy: https://docs.cloud.google.com/dotnet/docs/reference/Google.Cloud.Iam.V1/latest/Google.Cloud.Iam.V1.Logging.AuditData */
function asked(payload: Row): Row {
  if (payload['serviceName'] === 'k8s.io') return openedBy(payload['request'])
  const delta = pick(payload, 'serviceData.policyDelta', 'servicedata_v1_iam.policyDelta')
  return { ...objectOf(payload['request']), ...(delta !== undefined && { policyDelta: delta }) }
}

function verb(action: string, payload: Row): Verb {
  const types = rowsOf(payload['authorizationInfo']).map(({ permissionType }) => textOf(permissionType))
  if (types.includes('ADMIN_WRITE')) return 'admin'
  if (types.includes('DATA_WRITE')) return 'write'
  if (types.includes('DATA_READ') || types.includes('ADMIN_READ')) return 'read'
  return verbOf(lastOf(action, '.'))
}

/**
 * `google.iam.admin.v1.CreateServiceAccountKey` as `CreateServiceAccountKey`; but `v1.compute.subnetworks.patch` as
 * `compute.subnetworks.patch`, since a verb alone tells nothing.
 */
function methodOf(name: string): string {
  const plain = name.replace(/^(?:v\d\w*|beta|alpha)\./, '')
  return /^(?:[a-z]\w*\.)+[a-z]\w*$/.test(plain) ? plain : lastOf(plain, '.')
}

function lastOf(name: string, separator = '/'): string {
  return name.slice(name.lastIndexOf(separator) + 1)
}

function projectOf(name: unknown): string | undefined {
  return /^(?:projects|organizations|folders)\/([^/]+)/.exec(textOf(name) ?? '')?.[1]
}

import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { inside, rowsOf } from '../../text/row.ts'
import { objectOf, pick, pickText, textOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf } from '../verb.ts'

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
      const payload = inside(record, 'protoPayload')
      return 'methodName' in payload || 'authenticationInfo' in payload
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

function read(record: Row): Draft {
  const payload = inside(record, 'protoPayload')
  const who = inside(payload, 'authenticationInfo')
  const request = inside(payload, 'requestMetadata')
  const action = pickText(payload, 'methodName') ?? ''
  const key = pickText(who, 'serviceAccountKeyName')
  const code = pick(payload, 'status.code')
  const data = pickText(record, 'logName')?.includes('data_access') === true
  return {
    id: record['insertId'],
    at: pick(record, 'timestamp', 'receiveTimestamp', 'p_event_time'),
    keys: key === undefined ? [] : [lastOf(key), key],
    principals: [who['principalEmail'], who['principalSubject'], pick(who, 'oauthInfo.oauthClientId')],
    account: pick(record, 'resource.labels.project_id') ?? projectOf(record['logName']),
    ip: pick(request, 'callerIp', 'callerIP'),
    userAgent: pick(request, 'callerSuppliedUserAgent'),
    action: lastOf(action, '.'),
    service: pickText(payload, 'serviceName')?.replace(/\.googleapis\.com$/, ''),
    verb: verb(action, payload),
    region: pick(record, 'resource.labels.location', 'resource.labels.zone'),
    actor: pick(who, 'principalEmail', 'principalSubject'),
    resource: payload['resourceName'],
    outcome: code === undefined || code === 0 ? 'success' : 'failure',
    error: code === 0 ? undefined : code,
    parameters: objectOf(payload['request']),
    made: action.endsWith('CreateServiceAccountKey') ? [lastOf(pickText(payload, 'response.name') ?? '')] : undefined,
    mark: data ? 'data' : undefined,
  }
}

function verb(action: string, payload: Row): Verb {
  const types = rowsOf(payload['authorizationInfo']).map(({ permissionType }) => textOf(permissionType))
  if (types.includes('ADMIN_WRITE')) return 'admin'
  if (types.includes('DATA_WRITE')) return 'write'
  if (types.includes('DATA_READ') || types.includes('ADMIN_READ')) return 'read'
  return verbOf(lastOf(action, '.'))
}

function lastOf(name: string, separator = '/'): string {
  return name.slice(name.lastIndexOf(separator) + 1)
}

function projectOf(name: unknown): string | undefined {
  return /^(?:projects|organizations|folders)\/([^/]+)/.exec(textOf(name) ?? '')?.[1]
}

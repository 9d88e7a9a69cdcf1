import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { outcomeOf, pick, pickText } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOfMethod } from '../verb.ts'

/**
 * Auth0's tenant log, by API and by stream. Fields: https://auth0.com/docs/api/management/v2/logs/get-logs and types:
 * https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes
 */
export const authZero: LogFormat = {
  id: 'auth-zero',
  name: 'Auth0 log',
  providers: ['auth-zero', 'authzero', 'auth'],
  json: {
    knows: record =>
      typeof record['type'] === 'string' &&
      record['date'] !== undefined &&
      ('log_id' in record || '_id' in record
        ? ['client_id', 'user_id', 'ip', 'details', 'description'].some(name => name in record)
        : 'client_id' in record && 'client_name' in record),
    read,
  },
  coverage: { lag: 'seconds (https://auth0.com/docs/customize/log-streams)' },
}

function read(record: Row): Draft {
  const type = pickText(record, 'type') ?? ''
  const method = pickText(record, 'details.request.method')?.toUpperCase()
  const path = pickText(record, 'details.request.path')
  const details = record['details']
  const status = isRecord(details) ? pick(record, 'details.response.statusCode') : undefined
  return {
    id: pick(record, 'log_id', '_id'),
    at: record['date'],
    keys: [pick(record, 'details.request.auth.credentials.jti')],
    principals: [
      record['client_id'],
      pick(record, 'details.request.auth.user.email', 'user_name'),
      pick(record, 'details.request.auth.user.user_id', 'user_id'),
    ],
    ip: pick(record, 'ip', 'details.request.ip'),
    country: pick(record, 'location_info.country_code'),
    userAgent: pick(record, 'details.request.userAgent', 'user_agent'),
    action: path === undefined ? type : `${type} ${method ?? ''} ${route(path)}`.replaceAll(/ +/g, ' '),
    service: path === undefined ? 'login' : 'management',
    verb: path === undefined || method === undefined ? 'auth' : verbOfMethod(method),
    actor: pick(record, 'user_name', 'details.request.auth.user.email', 'client_name', 'client_id'),
    resource: pick(record, 'details.request.path', 'audience', 'connection'),
    outcome: status === undefined ? byType(type) : outcomeOf(status),
    alarm: alarms[type],
    error: byType(type) === 'failure' ? record['description'] : undefined,
  }
}

/** Types of the log that are findings themselves: https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes */
const alarms: Readonly<Record<string, string>> = {
  pwd_leak: 'leaked password',
  signup_pwd_leak: 'leaked password',
  limit_mu: 'too many attempts from one address',
}

/** Types begin with `f` where something failed, and with `s` where it did not. */
function byType(type: string): 'success' | 'failure' | 'unknown' {
  if (/^f|^(?:limit_|api_limit|w$|pwd_leak|depnote$)/.test(type)) return 'failure'
  return /^s|^mgmt_api_read$/.test(type) ? 'success' : 'unknown'
}

/** `/api/v2/users/auth0|1` as `/api/v2/users/{id}`. */
function route(path: string): string {
  const [version, ...rest] = path.replace(/^\/(?:api\/)?/, '').split('/')
  return `/api/${version ?? ''}/${rest.map((piece, i) => (i % 2 === 1 && !/^[a-z-]+$/.test(piece) ? '{id}' : piece)).join('/')}`
}

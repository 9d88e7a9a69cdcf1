import type { Row } from '../../text/row.ts'
import { outcomeOf, pick, pickText, renamed } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf, verbOfMethod } from '../verb.ts'

const names = [
  '_document_id',
  '@timestamp',
  'created_at',
  'action',
  'actor',
  'actor_id',
  'actor_ip',
  'actor_location.country_code',
  'actor_location',
  'business',
  'hashed_token',
  'old_permission',
  'operation_type',
  'org',
  'permission',
  'previous_visibility',
  'programmatic_access_type',
  'read_only',
  'repo',
  'repository',
  'request_id',
  'request_method',
  'route',
  'status_code',
  'token_id',
  'transport_protocol_name',
  'url_path',
  'user',
  'user_agent',
  'visibility',
]
/** What a change is about. */
const details = ['visibility', 'previous_visibility', 'permission', 'old_permission', 'role', 'read_only'] as const

/**
 * GitHub's audit log of an organisation or enterprise: API, JSON and CSV exports, streams. Fields:
 * https://docs.github.com/en/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
 * https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/identifying-audit-log-events-performed-by-an-access-token
 */
export const githubAudit: LogFormat = {
  id: 'github-audit',
  name: 'GitHub audit log',
  providers: ['github'],
  keyed: 'hash',
  json: {
    knows: record =>
      typeof record['action'] === 'string' &&
      typeof record['actor'] !== 'object' &&
      ('@timestamp' in record ||
        typeof record['created_at'] === 'number' ||
        '_document_id' in record ||
        ('created_at' in record && typeof record['actor'] === 'string' && ('org' in record || 'business' in record))) &&
      ['actor', 'org', 'business', 'hashed_token', 'repo', 'actor_id'].some(name => name in record),
    read,
  },
  table: {
    knows: headings =>
      headings.has('action') &&
      (headings.has('actor') || headings.has('actorid')) &&
      (headings.has('createdat') || headings.has('@timestamp')) &&
      ['org', 'repo', 'repository', 'business', 'hashedtoken', 'user'].some(name => headings.has(name)),
    read: row => read(renamed(row, names)),
  },
  coverage: {
    lag: 'minutes, with no promise (https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise)',
    without: {
      git: 'no Git events: clones, fetches and pushes are kept for seven days, and exported by themselves',
      api: 'no API requests: they are in streams only, where their logging is switched on',
    },
  },
}

function read(record: Row): Draft {
  const action = pickText(record, 'action') ?? ''
  const method = pickText(record, 'request_method')
  const path = pickText(record, 'url_path')
  const route = pickText(record, 'route')
  const hash = record['hashed_token']
  const status = pick(record, 'status_code')
  return {
    id: record['_document_id'],
    at: pick(record, '@timestamp', 'created_at'),
    // The id of a token is no key of its own where the hash is missing: nobody could tell whose it is.
    keys: hash === undefined || hash === null || hash === '' ? [] : [hash, record['token_id']],
    principals: [record['actor'], record['actor_id'], record['user']],
    account: pick(record, 'org', 'business'),
    ip: record['actor_ip'],
    country: pick(record, 'actor_location.country_code'),
    userAgent: record['user_agent'],
    action: method === undefined ? action : route === undefined ? `${action} ${method}` : `${method} ${route}`,
    service: action.split('.', 1)[0],
    verb: method === undefined ? verb(action, record['operation_type']) : verbOfMethod(method),
    actor: record['actor'],
    resource: pick(record, 'repo', 'repository', 'org', 'business'),
    outcome: status === undefined ? 'success' : outcomeOf(status),
    requestId: record['request_id'],
    parameters: Object.fromEntries(details.flatMap(name => (name in record ? [[name, record[name]]] : []))),
    call: method === undefined || path === undefined ? undefined : `${method} ${path}`,
    mark: action.startsWith('git.') ? 'git' : action.startsWith('api.') ? 'api' : undefined,
  }
}

function verb(action: string, type: unknown): Draft['verb'] {
  if (/^git\.(?:clone|fetch)$|\.download/.test(action) || type === 'access') return 'read'
  if (action === 'git.push') return 'write'
  if (type === 'authentication') return 'auth'
  return verbOf(action)
}

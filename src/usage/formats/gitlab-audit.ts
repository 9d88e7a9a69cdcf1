import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { objectOf, pick, pickText, renamed, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

const names = [
  'id',
  'author_id',
  'author_name',
  'author_email',
  'entity_id',
  'entity_type',
  'entity_path',
  'target_id',
  'target_type',
  'target_details',
  'action',
  'ip_address',
  'created_at',
]

/**
 * GitLab's audit events: API, streams, audit_json.log, and the CSV of its pages. Fields:
 * https://docs.gitlab.com/api/audit_events/ https://docs.gitlab.com/administration/logs/#audit_jsonlog
 * https://docs.gitlab.com/administration/compliance/audit_event_reports/
 */
export const gitlabAudit: LogFormat = {
  id: 'gitlab-audit',
  name: 'GitLab audit events',
  providers: ['gitlab'],
  json: {
    knows: record =>
      'author_id' in record &&
      ('entity_type' in record || 'entity_id' in record) &&
      ('created_at' in record || 'time' in record),
    read,
  },
  table: {
    knows: headings => headings.has('authorid') && headings.has('entitytype') && headings.has('ipaddress'),
    read: row => read({ ...renamed(row, names), created_at: row['createdat'] ?? row['createdat(utc)'] }),
  },
  coverage: { blind: ['changes only: what a token read is not in it, and no event names its token'] },
}

function read(record: Row): Draft {
  const details = objectOf(record['details']) ?? inside(record, 'details')
  const both: Row = { ...details, ...record }
  return {
    id: pick(record, 'id', 'correlation_id'),
    at: pick(record, 'created_at', 'time'),
    principals: [
      pick(both, 'author_email'),
      pick(both, 'author_name'),
      pick(both, 'author_username', 'meta.user'),
      record['author_id'],
    ],
    account: pick(both, 'entity_path'),
    ip: pick(both, 'ip_address', 'meta.remote_ip'),
    action: pick(both, 'event_type', 'event_name') ?? said(both),
    service: pick(both, 'entity_type'),
    verb: both['with'] === undefined ? undefined : 'auth',
    actor: pick(both, 'author_name', 'author_email', 'author_id'),
    resource: pick(both, 'target_details', 'entity_path'),
    parameters: both['change'] === 'visibility' ? { visibility: wordOf(both['to']).toLowerCase() } : undefined,
    outcome: 'success',
    requestId: record['correlation_id'],
  }
}

/** What happened, in GitLab's words without names: `add_user_access`, `remove project`. */
function said(both: Row): string | undefined {
  for (const what of ['add', 'remove', 'change']) {
    const to = pickText(both, what)
    if (to !== undefined) return `${what} ${to}`
  }
  const by = pickText(both, 'with')
  return by === undefined ? pickText(both, 'custom_message', 'action') : `login with ${by}`
}

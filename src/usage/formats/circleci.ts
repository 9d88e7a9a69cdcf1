import type { Row } from '../../text/row.ts'
import { objectOf, pick, pickText, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

/** CircleCI's audit log: the CSV that its page makes, and its stream. Fields: https://circleci.com/docs/guides/security/audit-logs/ */
export const circleci: LogFormat = {
  id: 'circleci',
  name: 'CircleCI audit log',
  providers: ['circleci'],
  json: {
    knows: record => typeof record['action'] === 'string' && 'occurred_at' in record && 'actor' in record,
    read: record => read(record, record['occurred_at']),
  },
  table: {
    knows: headings => headings.has('action') && headings.has('occurredat') && headings.has('actor'),
    read: row => read(row, row['occurredat']),
  },
  coverage: { blind: ['the token that was used is not named'] },
}

function read(record: Row, at: unknown): Draft {
  const actor = objectOf(record['actor']) ?? {}
  const target = objectOf(record['target']) ?? {}
  const request = objectOf(record['request']) ?? {}
  const action = pickText(record, 'action') ?? ''
  return {
    id: record['id'],
    at,
    principals: [actor['name'], actor['id']],
    account: pick(objectOf(record['organization']) ?? {}, 'name', 'id'),
    ip: pick(request, 'ip_address'),
    action,
    service: action.split('.', 1)[0],
    verb: action === 'context.secrets.accessed' ? 'read' : undefined,
    actor: pick(actor, 'name', 'id'),
    resource: pick(target, 'name', 'id'),
    outcome:
      record['success'] === undefined ? 'unknown' : /^true$/i.test(wordOf(record['success'])) ? 'success' : 'failure',
    requestId: pick(request, 'client_trace_id', 'id'),
  }
}

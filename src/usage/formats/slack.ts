import { isRecord } from '../../model/path.ts'
import { inside } from '../../text/row.ts'
import { listOf, pick, pickText, wordOf } from '../field.ts'
import type { LogFormat } from '../format.ts'

/** Slack's audit logs of an Enterprise organisation. Fields: https://docs.slack.dev/admins/audit-logs-api */
export const slackAudit: LogFormat = {
  id: 'slack-audit',
  name: 'Slack audit log',
  providers: ['slack'],
  json: {
    knows: record =>
      typeof record['action'] === 'string' &&
      isRecord(record['actor']) &&
      isRecord(record['context']) &&
      'type' in record['actor'],
    read: record => {
      const actor = inside(inside(record, 'actor'), 'user')
      const entity = inside(record, 'entity')
      const type = pickText(entity, 'type')
      return {
        id: record['id'],
        at: pick(record, 'date_create', 'p_event_time'),
        principals: [
          actor['email'],
          actor['id'],
          actor['name'],
          pick(record, 'context.app.id', 'details.app_owner_id', 'actor.app.id'),
        ],
        account: pick(record, 'context.location.id', 'actor.user.team'),
        ip: pick(record, 'context.ip_address'),
        userAgent: pick(record, 'context.ua'),
        action: record['action'],
        service: type,
        actor: pick(actor, 'email', 'id'),
        resource: type === undefined ? undefined : pick(inside(entity, type), 'name', 'id', 'email'),
        alarm:
          record['action'] === 'anomaly'
            ? `anomaly: ${listOf(pick(record, 'details.reason')).map(wordOf).join(', ')}`
            : undefined,
        outcome: pickText(record, 'action')?.endsWith('_failed') === true ? 'failure' : 'success',
      }
    },
  },
  coverage: { blind: ['messages that were read are not seen, and no event names the token that was used'] },
}

/** Slack's access logs: who used it from where, summed up for each address and client. Fields: https://docs.slack.dev/reference/methods/team.accessLogs */
export const slackAccess: LogFormat = {
  id: 'slack-access',
  name: 'Slack access log',
  providers: ['slack'],
  json: {
    knows: record => 'date_first' in record && 'date_last' in record && 'user_agent' in record,
    read: record => ({
      id: `${pickText(record, 'user_id') ?? ''} ${pickText(record, 'ip') ?? ''} ${pickText(record, 'date_first') ?? ''} ${pickText(record, 'user_agent') ?? ''}`,
      at: record['date_first'],
      kind: 'aggregate',
      principals: [record['user_id'], record['username']],
      ip: record['ip'],
      country: record['country'],
      userAgent: record['user_agent'],
      action: 'access',
      verb: 'auth',
      actor: pick(record, 'username', 'user_id'),
      outcome: 'success',
      count: record['count'],
    }),
  },
  // The page's download: https://slack.com/help/articles/360002084807-View-Access-Logs-for-your-workspace
  table: {
    knows: headings => headings.has('dateaccessed') && headings.has('ipaddress'),
    read: row => ({
      at: row['dateaccessed'],
      kind: 'aggregate',
      ip: row['ipaddress'],
      userAgent: row['useragentfull'] ?? row['useragent'] ?? row['useragentsimple'],
      action: 'access',
      verb: 'auth',
      outcome: 'success',
      count: row['numberoflogins'] ?? row['#oflogins'],
    }),
  },
  coverage: { blind: ['who was there, not what was done'] },
}

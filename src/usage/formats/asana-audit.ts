import { inside } from '../../text/row.ts'
import { pick, pickText } from '../field.ts'
import type { LogFormat } from '../format.ts'

/** Asana's audit log. Fields: https://developers.asana.com/docs/audit-log-api */
export const asanaAudit: LogFormat = {
  id: 'asana-audit',
  name: 'Asana audit log',
  providers: ['asana'],
  json: {
    knows: record =>
      typeof record['event_type'] === 'string' &&
      'event_category' in record &&
      'context_type' in inside(record, 'context'),
    read: record => {
      const actor = inside(record, 'actor')
      const context = inside(record, 'context')
      return {
        id: record['gid'],
        at: record['created_at'],
        principals: [actor['email'], actor['gid']],
        ip: context['client_ip_address'],
        userAgent: pick(context, 'user_agent', 'oauth_app_name'),
        action: record['event_type'],
        service: record['event_category'],
        verb: record['event_category'] === 'logins' ? 'auth' : undefined,
        actor: pick(actor, 'email', 'name', 'gid'),
        resource: pick(inside(record, 'resource'), 'name', 'gid'),
        outcome: pickText(record, 'event_type')?.endsWith('_failed') === true ? 'failure' : 'success',
      }
    },
  },
  coverage: { blind: ['the token that was used is not named, only that there was one'] },
}

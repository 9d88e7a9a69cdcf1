import { inside } from '../../text/row.ts'
import { objectOf, pick, wordOf } from '../field.ts'
import type { LogFormat } from '../format.ts'

/** Box's enterprise events. Fields: https://developer.box.com/reference/resources/event/ */
export const box: LogFormat = {
  id: 'box',
  name: 'Box enterprise events',
  providers: ['box'],
  json: {
    knows: record => typeof record['event_type'] === 'string' && ('created_by' in record || 'event_id' in record),
    read: record => {
      const more = objectOf(record['additional_details']) ?? {}
      // An alert is written by Box; whom it is about, and where he was, stands inside.
      const alert = inside(more, 'shield_alert')
      const whom = inside(alert, 'user')
      return {
        id: record['event_id'],
        at: pick(record, 'created_at', 'recorded_at', 'p_event_time'),
        principals: [
          pick(record, 'created_by.login'),
          pick(record, 'created_by.id'),
          pick(more, 'service_id'),
          whom['email'],
          whom['id'],
        ],
        ip: pick(alert, 'alert_summary.alert_activities.0.ip_info.ip') ?? record['ip_address'],
        country: pick(alert, 'alert_summary.alert_activities.0.ip_info.country_code'),
        alarm: pick(alert, 'rule_category', 'rule_name'),
        userAgent: pick(more, 'service_name'),
        action: record['event_type'],
        service: pick(record, 'source.type', 'source.item_type'),
        actor: pick(whom, 'email', 'name') ?? pick(record, 'created_by.login', 'created_by.name', 'created_by.id'),
        resource: pick(record, 'source.name', 'source.item_name', 'source.id'),
        outcome: wordOf(record['event_type']).startsWith('FAILED_') ? 'failure' : 'success',
        bytes: pick(more, 'size'),
      }
    },
  },
  coverage: {},
}

import { isRecord } from '../../model/path.ts'
import { inside } from '../../text/row.ts'
import type { JsonFormat } from '../format.ts'
import { alert } from './github-alert.ts'
import { location } from './github-location.ts'

/** The payloads of `secret_scanning_alert` and `secret_scanning_alert_location`, which do not hold the secret. */
export const githubWebhook: JsonFormat = {
  id: 'github',
  name: 'GitHub secret scanning webhooks, JSON',
  shape: 'json',
  records: ['', '[]'],
  knows: record => isRecord(record.alert) && typeof record.alert.secret_type === 'string',
  read(record) {
    const found = alert(inside(record, 'alert'), inside(record, 'repository'))
    if (!isRecord(record.location)) return found
    const place = Object.entries(location(record.location)).filter(([, value]) => value !== undefined)
    return { ...found, ...Object.fromEntries(place) }
  },
}

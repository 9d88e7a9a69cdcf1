import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { inside, rowsOf } from '../../text/row.ts'
import { pick, pickText, textOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf } from '../verb.ts'

/**
 * Activities of Google Workspace's Reports API: who signed in, administered, shared, and which applications got and used
 * tokens. Fields: https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list
 */
export const googleReports: LogFormat = {
  id: 'google-workspace',
  name: 'Google Workspace activity report',
  providers: ['google', 'gcp'],
  json: {
    knows: record =>
      typeof inside(record, 'id')['applicationName'] === 'string' &&
      (Array.isArray(record['events']) || ('name' in record && 'type' in record)),
    // Collectors write a line for each event, and its parameters as one object.
    read: record =>
      Array.isArray(record['events'])
        ? rowsOf(record['events']).map((event, index) => read(record, event, index))
        : read(record, record, 0),
  },
  coverage: {
    lag: 'minutes to days, by application (https://support.google.com/a/answer/7061566)',
  },
}

function read(record: Row, event: Row, index: number): Draft {
  const [id, actor] = [inside(record, 'id'), inside(record, 'actor')]
  const asked = parametersOf(event)
  const name = pickText(event, 'name') ?? ''
  const unique = pickText(id, 'uniqueQualifier')
  const [asn] = [inside(record, 'networkInfo')['ipAsn']].flat()
  return {
    id: unique === undefined ? undefined : index === 0 ? unique : `${unique} ${index}`,
    at: id['time'] ?? record['p_event_time'],
    // The application that a token was given to, and whom an alert is about.
    principals: [actor['email'], actor['profileId'], actor['key'], asked['client_id'], asked['affected_email_address']],
    account: id['customerId'],
    ip: record['ipAddress'],
    asn,
    country: inside(record, 'networkInfo')['regionCode'],
    action: name,
    service: id['applicationName'],
    verb: verb(name, id['applicationName']),
    actor: pick(actor, 'email', 'key', 'profileId') ?? asked['affected_email_address'],
    resource: pick(asked, 'doc_title', 'app_name', 'USER_EMAIL', 'GROUP_EMAIL'),
    outcome: /fail|denied|blocked/i.test(name) ? 'failure' : 'success',
    parameters: asked,
    alarm: alarmOf(name, asked),
  }
}

function verb(name: string, application: unknown): Draft['verb'] {
  if (application === 'login' || application === 'saml') return 'auth'
  if (application === 'admin') return /_VIEW$|^VIEW_|_ACCESS$|DOWNLOAD/.test(name) ? 'read' : 'admin'
  return application === 'token' && name === 'activity' ? 'read' : verbOf(name)
}

/** `suspicious_login`, `account_disabled_hijacked`, `gov_attack_warning`. https://developers.google.com/workspace/admin/reports/v1/appendix/activity/login */
export function alarmOf(event: string, asked: Row): string | undefined {
  const name = event.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  if (/^suspicious_|attack_warning$|^account_disabled_(?:hijacked|password_leak|spamming)/.test(name))
    return name.replaceAll('_', ' ')
  return String(asked['is_suspicious']) === 'true' ? 'suspicious sign-in' : undefined
}

/** `[{"name":"client_id","value":"…"}]` as one object. */
export function parametersOf(event: Row): Row {
  if (isRecord(event['parameters'])) return event['parameters']
  const listed = [...rowsOf(event['parameters']), ...rowsOf(event['parameter'])]
  return Object.fromEntries(
    listed.map(each => [textOf(each['name']) ?? '', pick(each, 'value', 'intValue', 'boolValue', 'multiValue')]),
  )
}

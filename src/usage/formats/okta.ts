import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { inside, rowsOf } from '../../text/row.ts'
import { pick, pickText } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf } from '../verb.ts'

/** Okta's System Log. Fields: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/ */
export const okta: LogFormat = {
  id: 'okta',
  name: 'Okta System Log',
  providers: ['okta'],
  keyed: 'id',
  json: {
    knows: record =>
      (typeof record['eventType'] === 'string' || typeof record['eventtype'] === 'string') &&
      (record['published'] !== undefined || isRecord(record['outcome'])) &&
      isRecord(record['actor']),
    read,
  },
  coverage: { lag: 'seconds, rarely minutes (https://developer.okta.com/docs/reference/system-log-query/)' },
}

function read(record: Row): Draft {
  const actor = inside(record, 'actor')
  const action = pickText(record, 'eventType', 'eventtype') ?? ''
  const result = pickText(record, 'outcome.result')
  const targets = rowsOf(record['target'])
  const created = /(?:api_token|token)\.create$|oauth2\.as\.token\.grant/.test(action)
  return {
    id: pick(record, 'uuid', 'eventId'),
    at: pick(record, 'published', 'p_event_time'),
    keys: [pick(record, 'transaction.detail.requestApiTokenId')],
    principals: [actor['alternateId'], actor['id'], actor['displayName']],
    ip: pick(record, 'client.ipAddress'),
    asn: pick(record, 'securityContext.asNumber', 'securitycontext.asNumber'),
    userAgent: pick(record, 'client.userAgent.rawUserAgent'),
    action,
    service: action.split('.', 1)[0],
    verb: /^user\.(?:session|authentication)|^app\.oauth2|^policy\.evaluate_sign_on/.test(action)
      ? 'auth'
      : verbOf(action),
    actor: pick(actor, 'alternateId', 'id'),
    resource: targets.map(target => target['alternateId'] ?? target['displayName'] ?? target['id'])[0],
    outcome: result === undefined ? 'unknown' : /^(?:SUCCESS|ALLOW|CHALLENGE)$/.test(result) ? 'success' : 'failure',
    error: result === 'SUCCESS' ? undefined : pick(record, 'outcome.reason'),
    requestId: pick(record, 'transaction.id'),
    made: created
      ? targets.filter(({ type }) => /^token$|^access_token$/i.test(String(type))).map(({ id }) => id)
      : undefined,
  }
}

import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { inside, rowsOf } from '../../text/row.ts'
import { countryCode } from '../country.ts'
import { objectOf, pick, pickText, wordOf } from '../field.ts'
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
    ip: pick(record, 'client.ipAddress', 'request.ipChain.0.ip'),
    country: countryCode(pick(record, 'client.geographicalContext.country')),
    asn: pick(record, 'securityContext.asNumber', 'securitycontext.asNumber'),
    userAgent: pick(record, 'client.userAgent.rawUserAgent'),
    action,
    service: action.split('.', 1)[0],
    verb: /^user\.(?:session|authentication)|^app\.oauth2|^policy\.evaluate_sign_on/.test(action)
      ? 'auth'
      : verbOf(action),
    actor: pick(actor, 'alternateId', 'id'),
    resource: targets.map(named)[0],
    outcome: outcomeOf(result),
    error: outcomeOf(result) === 'failure' ? pick(record, 'outcome.reason') : undefined,
    alarm: alarm(record, action),
    requestId: pick(record, 'transaction.id'),
    made: created
      ? targets.filter(({ type }) => /^token$|^access_token$/i.test(String(type))).map(({ id }) => id)
      : undefined,
  }
}

/** Okta writes `unknown` where a target has no name to sign in with. */
function named(target: Row): unknown {
  return target['alternateId'] === 'unknown'
    ? pick(target, 'displayName', 'id')
    : pick(target, 'alternateId', 'displayName', 'id')
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/ (LogOutcome) */
function outcomeOf(result: string | undefined): Draft['outcome'] {
  if (/^(?:SUCCESS|ALLOW|CHALLENGE)$/.test(result ?? '')) return 'success'
  return /^(?:FAILURE|DENY|ABANDONED|RATE_LIMIT|SCHEDULED_RATE_LIMIT)$/.test(result ?? '') ? 'failure' : 'unknown'
}

/** `{level=HIGH, reasons=…}` or the same in JSON. */
function isHigh(risk: unknown): boolean {
  return (objectOf(risk)?.['level'] ?? /level=(\w+)/.exec(wordOf(risk))?.[1]) === 'HIGH'
}

/** `{New Device=NEGATIVE, Velocity=POSITIVE}` or the same in JSON: what is new. https://help.okta.com/en-us/Content/Topics/Security/behavior-detection/logs-behavior-detection.htm */
function changed(behaviors: unknown): readonly string[] {
  const listed = objectOf(behaviors)
  const pairs = listed === undefined ? [] : Object.entries(listed)
  const said = (Array.isArray(behaviors) ? behaviors.map(wordOf).join() : wordOf(behaviors)).matchAll(
    /([^{},=]+)=(\w+)/g,
  )
  return [...pairs, ...Array.from(said, ([, name = '', value]) => [name.trim(), value] as const)]
    .filter(([, value]) => value === 'POSITIVE')
    .map(([name]) => name)
}

/**
 * Speed that nobody travels at, or a device and a place that are both new, as Okta's own example has it:
 * https://help.okta.com/oie/en-us/Content/Topics/Security/behavior-detection/about-behavior-policy-rule.htm
 */
function strange(changes: readonly string[]): string | undefined {
  const isNew = (what: RegExp): boolean => changes.some(name => what.test(name))
  if (isNew(/velocity/i)) return 'places too far apart'
  return isNew(/device/i) && isNew(/\bip\b|geo|location|country|state|city/i)
    ? 'a new device in a new place'
    : undefined
}

/** What Okta found: https://help.okta.com/en-us/content/topics/security/threat-insight/about-threatinsight.htm https://developer.okta.com/docs/reference/api/event-types/ */
function alarm(record: Row, action: string): string | undefined {
  const debug = objectOf(pick(record, 'debugContext.debugData', 'debugcontext.debugData')) ?? {}
  // Of sign-ins without a rule for it too: https://help.okta.com/en-us/Content/Topics/Security/risk-behavior-eval.htm
  const more = objectOf(debug['logOnlySecurityData']) ?? {}
  const risks = [debug['risk'], more['risk']]
  const changes = [debug['behaviors'], more['behaviors']].flatMap(changed)
  const found = [
    action === 'security.threat.detected' || wordOf(debug['threatSuspected']) === 'true'
      ? 'threat suspected'
      : undefined,
    action === 'user.account.report_suspicious_activity_by_enduser' ? 'reported by its user' : undefined,
    /^app\.oauth2\..*token\.detect_reuse$/.test(action) ? 'a token was used twice' : undefined,
    risks.some(isHigh) ? 'high risk' : undefined,
    strange(changes),
    wordOf(pick(record, 'securityContext.isProxy', 'securitycontext.isProxy')) === 'true'
      ? 'anonymising proxy'
      : undefined,
  ].filter(each => each !== undefined)
  return found.length === 0 ? undefined : found.join(', ')
}

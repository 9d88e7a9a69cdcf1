import type { UsageEvent, Verb } from '../../src/model/usage.ts'

/** An event as the labelled sets have it: a few fields in common, and the record itself. */
export interface Sample {
  readonly id: string
  readonly n: {
    readonly ts?: string | number
    readonly provider?: string
    readonly logType?: string
    readonly key?: string | null
    readonly principal?: string
    readonly actor?: string
    readonly ip?: string | null
    readonly ua?: string | null
    readonly uaMasked?: string | null
    readonly op?: string | null
    readonly ok?: boolean
  }
  readonly raw: unknown
}

export function cloudTrailEvent({ id, n, raw }: Sample): UsageEvent {
  const action = text(at(raw, 'eventName')) ?? n.op?.replace(/^.*:/, '') ?? ''
  const service = (text(at(raw, 'eventSource')) ?? '').replace('.amazonaws.com', '')
  const response = at(raw, 'responseElements')
  const made = [at(response, 'credentials', 'accessKeyId'), at(response, 'accessKey', 'accessKeyId')]
  const parameters = at(raw, 'requestParameters')
  const failed = text(at(response, service === 'signin' ? action : '-')) === 'Failure'
  const error = text(at(raw, 'errorCode')) ?? (failed ? 'Failure' : undefined)
  const mfa = text(at(raw, 'additionalEventData', 'MFAUsed'))
  const federated =
    at(raw, 'additionalEventData', 'SamlProviderArn') !== undefined ||
    text(at(raw, 'userIdentity', 'type')) === 'AssumedRole'
  return {
    ...base(id, n),
    source: 'cloudtrail',
    action,
    ...(service !== '' && { service }),
    verb: service === 'signin' ? 'auth' : readOnly(raw, action) ? 'read' : 'write',
    ...optional('region', text(at(raw, 'awsRegion'))),
    ...optional('account', text(at(raw, 'recipientAccountId')) ?? text(at(raw, 'userIdentity', 'accountId'))),
    ...optional('actor', n.principal ?? text(at(raw, 'userIdentity', 'arn'))),
    outcome: error === undefined && text(at(raw, 'errorMessage')) === undefined ? 'success' : 'failure',
    ...optional('error', error),
    ...optional('parameters', typeof parameters === 'object' && parameters !== null ? { ...parameters } : undefined),
    ...optional('mfa', mfa === undefined || federated ? undefined : mfa === 'Yes'),
    ...optional('via', text(at(raw, 'vpcEndpointId'))),
    ...optional('alarm', alarmOf(raw)),
    made: made.map(text).filter(one => one !== undefined),
  }
}

/** Whatever other logs there are, by the names that their fields commonly have. */
export function otherEvent({ id, n, raw }: Sample): UsageEvent {
  const names = [
    'eventType',
    'EVENT_TYPE',
    'event_type',
    'eventTypeName',
    'action',
    'event',
    'type',
    'actionName',
    'methodName',
    'anomaly_type',
  ]
  const permission = at(raw, 'protoPayload', 'authorizationInfo', '0', 'permission')
  const action =
    text(n.op) ??
    text(permission) ??
    names.map(name => text(at(raw, name))).find(one => one !== undefined) ??
    (n.logType === 'Snowflake.GrantsToUsers' ? 'GRANT' : '')
  const result = [
    at(raw, 'outcome', 'result'),
    at(raw, 'IS_SUCCESS'),
    at(raw, 'result'),
    at(raw, 'success'),
    at(raw, 'resultType'),
    at(raw, 'properties', 'metricResponseType'),
    at(raw, 'properties', 'result'),
    n.ok,
  ].map(one => (typeof one === 'boolean' ? String(one) : (text(one) ?? '')))
  const granted = at(raw, 'protoPayload', 'authorizationInfo')
  const denied = Array.isArray(granted) && granted.some(one => at(one, 'granted') === false)
  const code = at(raw, 'protoPayload', 'status', 'code')
  const failed =
    denied ||
    (typeof code === 'number' && code > 0) ||
    result.some(one => /^(?:no|false|fail|deny|denied|error|authorizationfail|-1)/i.test(one)) ||
    /fail/i.test(action)
  const directory = at(raw, 'properties', 'targetResources') === undefined ? undefined : at(raw, 'properties')
  const request = at(raw, 'protoPayload', 'request') ?? directory ?? raw
  return {
    ...base(id, n),
    source: n.logType ?? n.provider ?? 'log',
    action,
    verb: /log.?in|log.?on|sign.?in|authenticat|session.start|credentials/i.test(action) ? 'auth' : verbOf(action),
    ...optional('actor', n.actor ?? n.principal),
    ...optional('alarm', alarmOf(raw)),
    outcome: failed ? 'failure' : 'success',
    ...optional('error', denied || code === 7 ? 'PERMISSION_DENIED' : undefined),
    ...optional('parameters', typeof request === 'object' && request !== null ? { ...request } : undefined),
  }
}

/** What the log says of the call: Okta's own context, and what intelligence feeds had added to it. */
function alarmOf(raw: unknown): string | undefined {
  if (at(raw, 'securityContext', 'isProxy') === true) return 'anonymising proxy'
  if (at(raw, 'debugContext', 'debugData', 'threatSuspected') === 'true') return 'threat suspected'
  if (text(at(raw, 'anomaly_type')) !== undefined) return text(at(raw, 'anomaly_type'))
  const feeds = JSON.stringify(at(raw, 'p_enrichment') ?? '')
  if (/"classification":"malicious"/.test(feeds)) return 'address known for attacks'
  return /"pulses_otx":\{"[^"]+":\{"id":"[^"]/.test(feeds) ? 'named by a threat feed' : undefined
}

function base(id: string, n: Sample['n']): Pick<UsageEvent, 'id' | 'at' | 'kind' | 'credential' | 'ip' | 'userAgent'> {
  const parsed = typeof n.ts === 'number' ? n.ts : Date.parse(`${(n.ts ?? '').slice(0, 19).replace(' ', 'T')}Z`)
  return {
    id,
    at: Number.isFinite(parsed) ? parsed : 0,
    kind: 'event',
    credential: { uid: n.key ?? n.principal ?? 'none', match: 'exact' },
    ...optional('ip', n.ip ?? undefined),
    ...optional('userAgent', n.uaMasked ?? n.ua ?? undefined),
  }
}

function readOnly(raw: unknown, action: string): boolean {
  const said = at(raw, 'readOnly')
  return typeof said === 'boolean' ? said : /^(?:Get|List|Describe|Head|Lookup|BatchGet)/.test(action)
}

function verbOf(action: string): Verb {
  return /(?:^|[./_ ])(?:get|list|read|describe|view)/i.test(action) || /read$/i.test(action) ? 'read' : 'write'
}

function optional<K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [k in K]?: V })
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (here, name) =>
      typeof here === 'object' && here !== null
        ? (Reflect.get(here, name) ?? Reflect.get(here, name.toLowerCase()))
        : undefined,
    value,
  )
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

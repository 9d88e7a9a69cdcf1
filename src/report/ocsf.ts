import type { UsageEvent, Verb } from '../model/usage.ts'

/** Which cloud a log is of, where it is one's: OCSF wants a cloud's name beside its accounts. */
const clouds: Readonly<Record<string, string>> = {
  cloudtrail: 'AWS',
  's3-access': 'AWS',
  'google-audit': 'Google Cloud',
  'azure-activity': 'Azure',
  'azure-sign-in': 'Azure',
  'm365-audit': 'Azure',
}
const products: Readonly<Record<string, string>> = {
  cloudtrail: 'CloudTrail',
  'github-audit': 'GitHub',
  'google-audit': 'Cloud Audit Logs',
}
/** 1 Create, 2 Read, 3 Update, 4 Delete, 99 Other. https://schema.ocsf.io/1.5.0/classes/api_activity?extensions= */
const activities: Readonly<Record<Verb, number>> = { read: 2, write: 3, admin: 3, auth: 99 }
const statuses = { success: 1, failure: 2, unknown: 0 } as const

/** One use as an event of OCSF 1.5.0, class API Activity (6003). Its severity is not ours to say: informational. */
export function toOcsf(event: UsageEvent): Readonly<Record<string, unknown>> {
  const activity = activityOf(event)
  const cloud = clouds[event.source]
  const { credential, ip, asn, country, userAgent, service, requestId, error, resource, account } = event
  const named = account !== undefined && { account: { uid: account } }
  return {
    category_uid: 6,
    class_uid: 6003,
    activity_id: activity,
    type_uid: 600_300 + activity,
    severity_id: 1,
    time: event.at,
    status_id: statuses[event.outcome],
    ...(error !== undefined && { status_code: error }),
    ...(event.count !== undefined && { count: event.count }),
    metadata: {
      uid: event.id,
      version: '1.5.0',
      log_name: event.source,
      product: { name: products[event.source] ?? event.source },
      ...(cloud !== undefined && { profiles: ['cloud'] }),
      ...(event.ours === true && { labels: ['afterleak'] }),
    },
    actor: {
      user: {
        uid: event.actor ?? credential.uid,
        credential_uid: credential.uid,
        ...(cloud === undefined && named),
      },
    },
    api: {
      operation: event.action,
      ...(service !== undefined && { service: { name: service } }),
      ...(requestId !== undefined && { request: { uid: requestId } }),
      ...(error !== undefined && { response: { error } }),
    },
    src_endpoint: {
      ...(ip === undefined ? { name: 'not reported' } : { ip }),
      ...(country !== undefined && { location: { country } }),
      ...(asn !== undefined && { autonomous_system: { number: asn } }),
    },
    ...(userAgent !== undefined && { http_request: { user_agent: userAgent } }),
    ...(resource !== undefined && { resources: [{ uid: resource }] }),
    ...(cloud !== undefined && {
      cloud: { provider: cloud, ...named, ...(event.region !== undefined && { region: event.region }) },
    }),
    ...unmapped(event),
  }
}

/** Events of several histories as JSON lines of OCSF, each once: one that made a key that was found, too, stands in both. */
export function* eventLines(histories: Iterable<Iterable<UsageEvent>>): Generator<string> {
  const written = new Set<string>()
  for (const history of histories)
    for (const event of history) {
      const name = `${event.source} ${event.id}`
      if (written.has(name)) continue
      written.add(name)
      yield `${JSON.stringify(toOcsf(event))}\n`
    }
}

function activityOf({ verb, action }: UsageEvent): number {
  if (verb === 'read' || verb === 'auth') return activities[verb]
  if (/^(?:create|add|put|run|start|import|generate|insert|upload|push|post\b)|[._](?:create|add)/i.test(action))
    return 1
  if (/^(?:delete|remove|terminate|drop|destroy|revoke|purge)|[._](?:delete|destroy|remove)/i.test(action)) return 4
  return activities[verb]
}

function unmapped({ bytes, cost, credential, kind }: UsageEvent): { readonly unmapped?: object } {
  const rest = {
    ...(bytes !== undefined && { bytes }),
    ...(cost !== undefined && { cost }),
    ...(credential.match !== 'exact' && { credential_match: credential.match }),
    ...(credential.parent !== undefined && { parent_credential_uid: credential.parent }),
    ...(kind !== 'event' && { kind }),
  }
  return Object.keys(rest).length === 0 ? {} : { unmapped: rest }
}

import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { rowsOf } from '../../text/row.ts'
import { keysMade } from '../aws-keys.ts'
import { objectOf, outcomeOf, pick, pickText } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { callOf } from '../kubernetes-call.ts'
import { verbOf } from '../verb.ts'

/** Activities of API Activity: https://schema.ocsf.io/1.5.0/classes/api_activity */
const verbs: Readonly<Record<string, Verb>> = { 1: 'write', 2: 'read', 3: 'write', 4: 'write' }

/**
 * Events of the Open Cybersecurity Schema Framework that tell of calls and sign-ins, as Security Lake and collectors
 * write them: API Activity, Authentication, HTTP Activity, Account Change, Entity Management. https://schema.ocsf.io/
 */
export const ocsf: LogFormat = {
  id: 'ocsf',
  name: 'OCSF events',
  json: {
    knows: record => 'class_uid' in record && 'time' in record && ('metadata' in record || 'activity_id' in record),
    read,
  },
  coverage: {},
}

function read(record: Row): Draft {
  const code = pick(record, 'status_id')
  const status = pick(record, 'http_response.code', 'api.response.code')
  const named = pickText(record, 'api.operation', 'activity_name', 'http_request.http_method', 'type_name')
  // A verb alone: what it was done to is the type of the resource. https://github.com/ocsf/examples/tree/main/mappings/bloblang/AWS/eks
  const kind = pick(record, 'metadata.product.name') === 'Amazon EKS' ? pickText(record, 'resources.0.type') : undefined
  const action = named === undefined || kind === undefined ? named : callOf(named, kind)
  const outcome = code === 1 ? 'success' : code === 2 ? 'failure' : outcomeOf(status)
  const failed = outcome === 'failure'
  const verb = record['class_uid'] === 6003 ? verbs[String(record['activity_id'])] : undefined
  return {
    id: pick(record, 'metadata.uid', 'metadata.original_event_uid'),
    at: pick(record, 'time', 'time_dt', 'metadata.original_time'),
    kind: Number(record['count'] ?? 1) > 1 ? 'aggregate' : 'event',
    keys: [
      pick(record, 'actor.user.credential_uid', 'actor.session.credential_uid', 'api.token.uid', 'user.credential_uid'),
      ...rowsOf(pick(record, 'actor.user.programmatic_credentials')).map(({ uid }) => uid),
    ],
    principals: [
      pick(record, 'actor.user.uid_alt'),
      pick(record, 'actor.user.uid'),
      pick(record, 'actor.user.email_addr'),
      pick(record, 'actor.user.name'),
      pick(record, 'user.name'),
      pick(record, 'user.email_addr'),
    ],
    account: pick(record, 'cloud.account.uid', 'actor.user.account.uid'),
    ip: pick(record, 'src_endpoint.ip'),
    asn: pick(record, 'src_endpoint.autonomous_system.number'),
    country: pick(record, 'src_endpoint.location.country'),
    userAgent: pick(record, 'http_request.user_agent'),
    action,
    service: pickText(record, 'api.service.name', 'service.name')?.replace(/\.amazonaws\.com$/, ''),
    verb: record['class_uid'] === 3002 ? 'auth' : combined(verb, action),
    region: pick(record, 'cloud.region'),
    actor: pick(record, 'actor.user.uid', 'actor.user.email_addr', 'actor.user.name', 'user.name'),
    resource: pick(record, 'resources.0.uid', 'resources.0.name', 'http_request.url.path'),
    outcome,
    error: failed ? pick(record, 'api.response.error', 'status_code', 'status_detail') : undefined,
    mfa:
      pick(record, 'actor.session.is_mfa') === true
        ? true
        : record['class_uid'] === 3002
          ? truth(record['is_mfa'])
          : undefined,
    made: failed ? undefined : keysMade(objectOf(pick(record, 'api.response.data'))),
    parameters: objectOf(pick(record, 'api.request.data')),
    requestId: pick(record, 'api.request.uid'),
    bytes: pick(record, 'http_response.length', 'traffic.bytes_out'),
    count: record['count'],
  }
}

/** OCSF has no word for sign-ins and for administration here; names of operations have. */
function combined(said: Verb | undefined, action: string | undefined): Verb | undefined {
  if (action === undefined) return said
  const named = verbOf(action)
  return said === undefined || named === 'auth' || (named === 'admin' && said === 'write') ? named : said
}

function truth(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

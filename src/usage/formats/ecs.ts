import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { objectOf, outcomeOf, pick, pickText } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { callOfGoogle } from '../kubernetes-call.ts'
import { verbOf } from '../verb.ts'
import { shownPath } from '../web-path.ts'

/**
 * Events in the Elastic Common Schema, nested or with dotted names; it has no field for a key, so a few modules' own ones
 * are read too. https://www.elastic.co/docs/reference/ecs/ecs-field-reference
 */
export const ecs: LogFormat = {
  id: 'ecs',
  name: 'ECS events',
  json: {
    knows: record =>
      '@timestamp' in record &&
      (pick(record, 'event.action') !== undefined || pick(record, 'http.request.method') !== undefined) &&
      (isRecord(record['event']) ||
        'event.action' in record ||
        'http.request.method' in record ||
        'ecs' in record ||
        'ecs.version' in record ||
        'http' in record),
    read,
  },
  coverage: {},
}

/** Where modules keep what a call was about: https://www.elastic.co/docs/reference/beats/filebeat/exported-fields */
const resources = [
  'gcp.audit.resource_name',
  'hashicorp_vault.audit.request.path',
  'github.repo',
  'aws.cloudtrail.resources.0.arn',
  'azure.resource.id',
]

function read(record: Row): Draft {
  const outcome = pick(record, 'event.outcome')
  const method = pickText(record, 'http.request.method')
  const path = pickText(record, 'url.path', 'url.original')
  const named = pickText(record, 'event.action')
  const action = (named && callOfGoogle(named)) ?? named ?? `${method ?? ''} ${shownPath(path ?? '')}`.trim()
  const types = JSON.stringify([pick(record, 'event.type'), pick(record, 'event.category')])
  return {
    id: pick(record, 'event.id', '_id'),
    at: pick(record, '@timestamp'),
    keys: [
      pick(record, 'aws.cloudtrail.user_identity.access_key_id'),
      pick(record, 'github.hashed_token'),
      pick(record, 'gcp.audit.authentication_info.service_account_key_name'),
      pick(record, 'okta.transaction.detail.request_api_token_id'),
      pick(record, 'hashicorp_vault.audit.auth.accessor'),
      pick(record, 'labels.credential_uid'),
    ],
    principals: [
      pick(record, 'user.id'),
      pick(record, 'user.name'),
      pick(record, 'user.email'),
      pick(record, 'aws.cloudtrail.user_identity.arn'),
      pick(record, 'client.user.email', 'client.user.name'),
    ],
    account: pick(record, 'cloud.account.id', 'organization.id'),
    ip: pick(record, 'source.ip', 'client.ip', 'source.address'),
    asn: pick(record, 'source.as.number', 'client.as.number'),
    country: pick(record, 'source.geo.country_iso_code', 'client.geo.country_iso_code'),
    userAgent: pick(record, 'user_agent.original'),
    action,
    service: serviceOf(record),
    verb: /authentication|session/.test(types) ? 'auth' : /"iam"|admin/.test(types) ? 'admin' : verbOf(action),
    region: pick(record, 'cloud.region'),
    actor: pick(record, 'user.email', 'user.name', 'user.id', 'client.user.email', 'client.user.name'),
    resource: path === undefined ? pick(record, 'resource.id', 'file.path', ...resources) : shownPath(path),
    outcome:
      outcome === 'success' || outcome === 'failure' ? outcome : outcomeOf(pick(record, 'http.response.status_code')),
    error: pick(record, 'aws.cloudtrail.error_code', 'error.code'),
    requestId: pick(record, 'aws.cloudtrail.request_id', 'http.request.id', 'trace.id'),
    parameters: objectOf(pick(record, 'aws.cloudtrail.flattened.request_parameters', 'gcp.audit.request')),
    bytes: pick(record, 'http.response.bytes', 'http.response.body.bytes'),
    call: method === undefined || path === undefined ? undefined : `${method} ${path.split('?', 1)[0]}`,
  }
}

/** Google's log says in `event.provider` which of its logs it is. */
function serviceOf(record: Row): string | undefined {
  const names = pick(record, 'gcp.audit') === undefined ? ['event.provider', 'service.name'] : ['service.name']
  return pickText(record, ...names, 'event.module')?.replace(/\.(?:amazonaws|googleapis)\.com$/, '')
}

import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { outcomeOf, pick, pickText } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf, verbOfMethod } from '../verb.ts'

/**
 * Cloudflare's audit logs, versions 1 and 2, and Logpush. Fields:
 * https://developers.cloudflare.com/api/resources/audit_logs/methods/list/
 * https://developers.cloudflare.com/api/resources/accounts/subresources/logs/subresources/audit/methods/list/
 * https://developers.cloudflare.com/logs/logpush/logpush-job/datasets/account/audit_logs/
 */
export const cloudflare: LogFormat = {
  id: 'cloudflare',
  name: 'Cloudflare audit log',
  providers: ['cloudflare'],
  keyed: 'id',
  json: {
    knows: record =>
      (isRecord(record['action']) && isRecord(record['actor']) && ('when' in record || 'time' in record['action'])) ||
      ('ActionType' in record && 'ActorID' in record && 'When' in record),
    read: record => ('ActionType' in record ? pushed(record) : read(record)),
  },
  coverage: { blind: ['changes only, in version 1 of this log: reads are not seen'] },
}

function read(record: Row): Draft {
  const raw = inside(record, 'raw')
  const actor = inside(record, 'actor')
  const method = pickText(raw, 'method')
  const type = pickText(record, 'action.type') ?? ''
  const status = pick(raw, 'status_code')
  const result = pick(record, 'action.result')
  const uri = pickText(raw, 'uri')
  return {
    id: record['id'],
    at: pick(record, 'when', 'action.time'),
    keys: [pick(actor, 'token_id')],
    principals: [actor['email'], actor['id']],
    account: pick(record, 'account.id', 'owner.id'),
    ip: pick(actor, 'ip_address', 'ip'),
    userAgent: pick(raw, 'user_agent'),
    action: `${type} ${pickText(record, 'resource.type', 'resource.product') ?? ''}`.trim(),
    service: pick(record, 'resource.product', 'resource.type'),
    verb: method === undefined ? verbOf(type) : verbOfMethod(method),
    actor: pick(actor, 'email', 'token_name', 'id'),
    resource: pick(record, 'resource.id', 'zone.name'),
    outcome: status === undefined ? succeeded(result) : outcomeOf(status),
    made: /^token_(?:create|roll)/.test(type) ? [pick(record, 'metadata.token_tag')] : undefined,
    requestId: pick(raw, 'cf_ray_id') ?? pick(record, 'metadata.ray_id'),
    call: method === undefined || uri === undefined ? undefined : `${method} ${uri}`,
  }
}

function pushed(record: Row): Draft {
  return {
    id: record['ID'],
    at: record['When'],
    principals: [record['ActorEmail'], record['ActorID']],
    account: record['OwnerID'],
    ip: record['ActorIP'],
    action: `${pickText(record, 'ActionType') ?? ''} ${pickText(record, 'ResourceType') ?? ''}`.trim(),
    service: record['ResourceType'],
    verb: verbOf(pickText(record, 'ActionType') ?? ''),
    actor: pick(record, 'ActorEmail', 'ActorID'),
    resource: record['ResourceID'],
    outcome: succeeded(record['ActionResult']),
    made: /^token_(?:create|roll)/.test(pickText(record, 'ActionType') ?? '')
      ? [pick(record, 'Metadata.token_tag')]
      : undefined,
  }
}

function succeeded(result: unknown): 'success' | 'failure' | 'unknown' {
  if (result === undefined) return 'unknown'
  return result === true || result === 'success' || result === 'true' ? 'success' : 'failure'
}

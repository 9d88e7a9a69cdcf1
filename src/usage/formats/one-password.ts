import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { pick, pickText } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOf } from '../verb.ts'

/** 1Password's events: sign-ins, uses of items, audit events. Fields: https://developer.1password.com/docs/events-api/reference */
export const onePassword: LogFormat = {
  id: 'one-password',
  name: '1Password events',
  providers: ['one-password', 'onepassword'],
  json: {
    knows: record =>
      'uuid' in record &&
      'timestamp' in record &&
      ('item_uuid' in record || 'target_user' in record || ('actor_uuid' in record && 'object_type' in record)),
    read,
  },
  coverage: {},
}

function read(record: Row): Draft {
  const client = inside(record, 'client')
  const person = 'target_user' in record ? inside(record, 'target_user') : inside(record, 'user')
  const details = inside(record, 'actor_details')
  const signIn = 'target_user' in record
  const action = signIn ? 'sign-in' : (pickText(record, 'action') ?? 'use')
  return {
    id: record['uuid'],
    at: record['timestamp'],
    principals: [pick(person, 'email'), pick(person, 'uuid'), pick(details, 'email'), record['actor_uuid']],
    ip: pick(client, 'ip_address') ?? pick(record, 'session.ip'),
    country: pick(record, 'country', 'location.country'),
    userAgent: agent(client),
    action: 'object_type' in record ? `${action} ${pickText(record, 'object_type') ?? ''}` : action,
    service: signIn ? 'account' : 'item_uuid' in record ? 'item' : pick(record, 'object_type'),
    verb: signIn ? 'auth' : 'item_uuid' in record ? 'read' : verbOf(action) === 'read' ? 'read' : 'admin',
    actor: pick(person, 'email', 'uuid') ?? pick(details, 'email') ?? record['actor_uuid'],
    resource: pick(record, 'item_uuid', 'object_uuid', 'vault_uuid'),
    outcome: signIn && record['category'] !== 'success' ? 'failure' : 'success',
    error: signIn && record['category'] !== 'success' ? record['type'] : undefined,
  }
}

function agent(client: Row): string | undefined {
  const name = pickText(client, 'app_name')
  const version = pickText(client, 'app_version')
  return name === undefined || version === undefined ? name : `${name}/${version}`
}

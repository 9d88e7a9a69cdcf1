import { pick, wordOf } from '../field.ts'
import type { LogFormat } from '../format.ts'

/**
 * Names of types, as far as the lists go that show them: https://developers.onelogin.com/api-docs/1/events/event-types
 * https://github.com/onelogin/onelogin-python-sdk/blob/7d0f6e3d87675fb5bf8df310fd504ad993c4b897/tests/src/onelogin/util/response_handlers.py
 */
const types: Readonly<Record<string, string>> = {
  '1': 'APP_ADDED_TO_ROLE',
  '2': 'APP_REMOVED_FROM_ROLE',
  '3': 'USER_ASSUMED_USER',
  '4': 'USER_ASSIGNED_ROLE',
  '5': 'USER_LOGGED_INTO_ONELOGIN',
  '6': 'USER_FAILED_ONELOGIN_LOGIN',
}

/**
 * OneLogin's events, by API and by webhook. Fields: https://developers.onelogin.com/api-docs/1/events/event-resource
 * https://developers.onelogin.com/api-docs/1/events/webhooks
 */
export const onelogin: LogFormat = {
  id: 'onelogin',
  name: 'OneLogin events',
  providers: ['onelogin'],
  json: {
    knows: record =>
      'event_type_id' in record && ['user_id', 'actor_user_id', 'actor_system'].some(one => one in record),
    read: record => {
      const type = wordOf(record['event_type_id'])
      return {
        id: pick(record, 'id', 'uuid'),
        at: pick(record, 'created_at', 'event_timestamp'),
        // The credentials of the API that made the call, where it was one.
        keys: [record['client_id']],
        principals: [pick(record, 'actor_user_name', 'user_name'), pick(record, 'actor_user_id', 'user_id')],
        account: record['account_id'],
        ip: record['ipaddr'],
        action: types[type] ?? `event type ${type}`,
        verb: type === '5' || type === '6' ? 'auth' : undefined,
        actor: pick(record, 'actor_user_name', 'actor_system', 'user_name'),
        resource: pick(record, 'user_name', 'app_name', 'role_name', 'policy_name'),
        outcome: type === '6' || pick(record, 'error_description') !== undefined ? 'failure' : 'success',
      }
    },
  },
  coverage: {},
}

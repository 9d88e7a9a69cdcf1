import { objectOf, pick, pickText } from '../field.ts'
import type { LogFormat } from '../format.ts'

/** Duo's administrator log. Fields: https://duo.com/docs/adminapi#administrator-logs */
export const duoAdmin: LogFormat = {
  id: 'duo-admin',
  name: 'Duo administrator log',
  providers: ['duo'],
  json: {
    knows: record =>
      ['action', 'object', 'username'].every(name => name in record) &&
      ['isotimestamp', 'description'].some(name => name in record),
    read: record => ({
      at: pick(record, 'isotimestamp', 'timestamp'),
      // `API` for whatever a key of the Admin API did.
      principals: [record['username']],
      // Of a sign-in only.
      ip: pick(objectOf(record['description']) ?? {}, 'ip_address'),
      action: record['action'],
      service: pickText(record, 'action')?.split('_', 1)[0],
      actor: record['username'],
      resource: record['object'],
      // Of what changed, only which kind of application it is.
      parameters: { type: pick(objectOf(record['description']) ?? {}, 'raw_type', 'type') },
      outcome: pickText(record, 'action')?.endsWith('_error') === true ? 'failure' : 'success',
    }),
  },
  coverage: { blind: ['addresses (but of sign-ins), and the key of the Admin API that was used'] },
}

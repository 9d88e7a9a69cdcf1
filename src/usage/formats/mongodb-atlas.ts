import { pick } from '../field.ts'
import type { LogFormat } from '../format.ts'

/**
 * Events of MongoDB Atlas's organisations and projects. Fields:
 * https://www.mongodb.com/docs/api/doc/atlas-admin-api-v2/operation/operation-getgroupevent
 */
export const mongodbAtlas: LogFormat = {
  id: 'mongodb-atlas',
  name: 'MongoDB Atlas events',
  providers: ['mongodb-atlas'],
  keyed: 'id',
  json: {
    knows: record =>
      typeof record['eventTypeName'] === 'string' && 'created' in record && ('orgId' in record || 'groupId' in record),
    read: record => ({
      id: record['id'],
      at: record['created'],
      keys: [record['publicKey']],
      principals: [record['username']],
      account: pick(record, 'groupId', 'orgId'),
      ip: record['remoteAddress'],
      action: record['eventTypeName'],
      actor: pick(record, 'username', 'publicKey'),
      resource: pick(record, 'targetPublicKey', 'targetUsername'),
      parameters: { targetUsername: record['targetUsername'] },
      outcome: 'success',
    }),
  },
  coverage: { blind: ['what is done in the databases themselves'] },
}

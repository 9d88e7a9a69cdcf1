import { inside } from '../../text/row.ts'
import { pick, pickText } from '../field.ts'
import type { LogFormat } from '../format.ts'

const signedIn = /^(?:Authentication succeeded|Successfully authenticated)$/
const refused = /^(?:Authentication failed|Failed to authenticate)$/

/** Sign-ins in the log of a MongoDB server, as it writes it since 4.4: https://www.mongodb.com/docs/manual/reference/log-messages/ */
export const mongodb: LogFormat = {
  id: 'mongodb',
  name: 'MongoDB log',
  providers: ['mongodb'],
  json: {
    knows: record => '$date' in inside(record, 't') && ['c', 'ctx', 'msg'].every(name => name in record),
    read: record => {
      const message = pickText(record, 'msg') ?? ''
      const isIn = signedIn.test(message)
      if (!isIn && !refused.test(message)) return 'pass'
      const attributes = inside(record, 'attr')
      const user = pick(attributes, 'principalName', 'user')
      return {
        at: pick(record, 't.$date'),
        principals: [user],
        actor: user,
        ip: pick(attributes, 'remote', 'client'),
        userAgent: pick(attributes, 'mechanism'),
        action: 'connect',
        service: pick(attributes, 'authenticationDatabase', 'db'),
        verb: 'auth',
        outcome: isIn ? 'success' : 'failure',
        error: isIn ? undefined : 'rejected',
      }
    },
  },
  coverage: { blind: ['what was read and written: only the audit log has that'] },
}

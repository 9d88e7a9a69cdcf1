import type { Row } from '../../text/row.ts'
import { textOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

/** Who is connected to a database, as engine/protocols reads it: no file holds it, so none is taken for it. */
export const connections: LogFormat = {
  id: 'connections',
  name: 'open connections of a database',
  providers: ['postgresql', 'mysql', 'redis', 'mongodb'],
  json: { knows: () => false, read },
  coverage: {
    covers: 'owner',
    blind: [
      'who was connected before, which only the log of the server has',
      'of what was asked only the last, and of that only its kind',
    ],
  },
}

/** Two events where both times are known: it came, and it asked something. */
function read(record: Row): readonly Draft[] {
  const { user, ip, client, since, at, action, database, outcome } = record
  const own = {
    kind: 'observation',
    principals: [user],
    ip,
    userAgent: client,
    actor: user,
    resource: database,
  } as const
  const came: Draft = { ...own, at: since, action: 'connect', verb: 'auth', outcome: 'success' }
  const failed = outcome === 'failure'
  const asked: Draft = { ...own, at, action: action ?? 'connected', outcome: failed ? 'failure' : 'success' }
  const times = [since === undefined ? [] : [came], at === undefined ? [] : [asked]].flat()
  return times.map(draft => ({
    ...draft,
    id: `${[user, ip, client].map(textOf).join(' ')} ${textOf(draft.action) ?? ''} ${textOf(draft.at) ?? ''}`,
    ...(failed && { kind: 'event' as const }),
  }))
}

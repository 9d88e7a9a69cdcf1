import type { Case } from '../model/credential.ts'
import type { Coverage } from '../model/usage.ts'
import { finish, type LogEvent } from './finish.ts'
import { connections as format } from './formats/connections.ts'
import type { Handful } from './read.ts'

/** What sign-ins found: who else was connected as the same user when a key was checked, as events of its case. */
export function* openConnections(cases: Iterable<Pick<Case, 'id' | 'verdict' | 'facts'>>): Generator<Handful> {
  for (const { id, verdict, facts } of cases) {
    const { connections = [], checkedAt } = verdict
    const events: LogEvent[] = []
    for (const [index, { user = facts['user'] ?? '', at, since, ...more }] of connections.entries()) {
      // A server that tells no time was asked at one.
      const times = { ...(since !== undefined && { since }), at: at ?? (since === undefined ? checkedAt : undefined) }
      for (const draft of [format.json?.read({ ...more, user, ...times })].flat()) {
        if (draft === undefined || draft === 'pass') continue
        const event = finish(draft, { source: format.id, file: id, line: index + 1, nth: events.length + 1 })
        if (event !== undefined) events.push({ ...event, whose: [{ credential: id, uid: user, match: 'principal' }] })
      }
    }
    if (events.length > 0) yield { format, events }
  }
}

/** What a sign-in could tell of the use of its user; nothing where it was not asked. */
export function connectionsCovered({
  verdict: { connections, checkedAt },
}: Pick<Case, 'verdict'>): readonly Coverage[] {
  if (connections === undefined) return []
  const { id, coverage } = format
  return [
    {
      source: id,
      state: connections.length === 0 ? 'empty' : 'ok',
      window: { from: checkedAt, to: checkedAt },
      covers: 'owner',
      ...(coverage.blind !== undefined && { blind: coverage.blind }),
    },
  ]
}

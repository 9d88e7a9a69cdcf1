import type { Session } from '../model/misuse.ts'
import type { UsageEvent } from '../model/usage.ts'
import { clientFamily } from '../signals/client-family.ts'

/** Operations that are named of one caller. */
const most = 50

/**
 * Uses from before the leak, which an assessment only counts, as sessions that say nothing of misuse: one for each address
 * and client. Whoever used a key then has to move too when it is replaced. `events` come in the order of time.
 */
export function earlierUsers(events: Iterable<UsageEvent>, leakedAt: string | undefined): readonly Session[] {
  if (leakedAt === undefined) return []
  const leak = Date.parse(leakedAt)
  const users = new Map<string, Session>()
  for (const { at, ip, userAgent, action, ours } of events) {
    if (at >= leak || ours === true) continue
    const client = clientFamily(userAgent)?.family
    const caller = { ...(ip !== undefined && { ip }), ...(client !== undefined && { client }) }
    const end = new Date(at).toISOString()
    const { start = end, count = 0, actions = [] } = users.get(JSON.stringify(caller)) ?? {}
    users.set(JSON.stringify(caller), {
      ...caller,
      start,
      end,
      count: count + 1,
      events: [],
      actions: actions.includes(action) || actions.length >= most ? actions : [...actions, action],
      prior: 0,
      p: 0,
      signals: [],
    })
  }
  return [...users.values()]
}

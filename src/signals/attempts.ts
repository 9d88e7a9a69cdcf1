import type { Attempt, Attempts } from '../model/misuse.ts'
import type { UsageEvent } from '../model/usage.ts'
import type { Verdict } from '../model/verdict.ts'
import { clientFamily } from './client-family.ts'

const mostCallers = 20
const mostActions = 5

/**
 * Who still tries a key that does not work any more: refused calls after the last that it was taken for. Where a log
 * names only the user, whose new password works meanwhile, refused sign-ins since the leak.
 * @param leakedAt ISO 8601
 */
export function attemptsOn(
  { state }: Pick<Verdict, 'state'>,
  history: Iterable<UsageEvent>,
  leakedAt?: string,
): Attempts | undefined {
  if (state !== 'dead') return undefined
  const leak = Date.parse(leakedAt ?? '')
  let worked: number | undefined
  let own: UsageEvent[] = []
  const named: UsageEvent[] = []
  for (const event of history) {
    if (event.ours === true || event.kind !== 'event') continue
    const { match } = event.credential
    if (match === 'exact' && event.outcome === 'success') {
      worked = event.at
      own = []
    } else if (event.outcome !== 'failure') continue
    else if (match === 'exact') own.push(event)
    else if (match === 'principal' && event.verb === 'auth' && !(event.at < leak)) named.push(event)
  }
  const refused = own.length > 0 ? own : named
  if (refused.length === 0) return undefined
  const all = callersOf(refused)
  return {
    by: own.length > 0 ? 'key' : 'user',
    ...(own.length > 0 && worked !== undefined && { workedAt: new Date(worked).toISOString() }),
    count: refused.length,
    callers: all.slice(0, mostCallers),
    ...(all.length > mostCallers && { omitted: all.length - mostCallers }),
  }
}

type Growing = { -readonly [Key in keyof Attempt]: Attempt[Key] }

/** The latest first. */
function callersOf(events: readonly UsageEvent[]): readonly Attempt[] {
  const callers = new Map<string, Growing>()
  for (const { at, ip, userAgent, action } of events) {
    const client = clientFamily(userAgent)?.family
    const name = JSON.stringify([ip, client])
    const time = new Date(at).toISOString()
    const known = callers.get(name) ?? {
      ...(ip !== undefined && { ip }),
      ...(client !== undefined && { client }),
      firstAt: time,
      lastAt: time,
      count: 0,
      actions: [],
    }
    callers.set(name, known)
    known.lastAt = time
    known.count += 1
    if (known.actions.length < mostActions && !known.actions.includes(action))
      known.actions = [...known.actions, action]
  }
  return [...callers.values()].toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1))
}

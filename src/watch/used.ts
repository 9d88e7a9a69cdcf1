import { chanceWords } from '../model/chance-words.ts'
import type { Misuse, Session } from '../model/misuse.ts'
import type { Caller, Standing, Transition, Watched } from '../model/watch.ts'
import { iso, nameOf, show, transitionId } from './telling.ts'

/** The name of a service for a session of use; undefined where no service is known by it. */
export type ServiceOf = (session: Pick<Session, 'ip' | 'client'>) => string | undefined

/** Who used a key: one for each service, or for each address and client where no service is known. */
export function callersOf({ sessions }: Pick<Misuse, 'sessions'>, serviceOf: ServiceOf): readonly Caller[] {
  const callers = new Map<string, Caller>()
  for (const session of sessions) {
    const service = serviceOf(session)
    const name = service ?? ([session.ip, session.client].filter(text => text !== undefined).join(' ') || 'unknown')
    const known = callers.get(name)
    const [firstAt, lastAt] = [Date.parse(session.start), Date.parse(session.end)]
    callers.set(name, {
      name,
      known: service !== undefined,
      firstAt: Math.min(firstAt, known?.firstAt ?? firstAt),
      lastAt: Math.max(lastAt, known?.lastAt ?? lastAt),
      actions: [...new Set([...(known?.actions ?? []), ...session.actions])].slice(0, most),
    })
  }
  return [...callers.values()]
}

/** A time of which logs tell, without a gap. Milliseconds since 1970. */
export interface Stretch {
  readonly from: number
  readonly until: number
}

/** Between the last event of a log and the first of the next; more is a gap. */
const seam = 5 * 60_000

/** The latest stretch of time of which logs show all sessions, with what was read before; undefined where none does. */
export function seenIn(
  { coverage, omitted = 0 }: Pick<Misuse, 'coverage' | 'omitted'>,
  before: Stretch | undefined,
): Stretch | undefined {
  if (omitted > 0) return before
  const windows = coverage.flatMap(({ state, window }) =>
    (state === 'ok' || state === 'empty') && window ? [window] : [],
  )
  if (windows.length === 0) return before
  // Each of several logs shows other uses: what all of them tell of counts.
  const now = {
    from: Math.max(...windows.map(({ from }) => Date.parse(from))),
    until: Math.min(...windows.map(({ to }) => Date.parse(to))),
  }
  if (now.from > now.until) return before
  if (before === undefined || now.from > before.until + seam) return now
  if (before.from > now.until + seam) return before
  return { from: Math.min(before.from, now.from), until: Math.max(before.until, now.until) }
}

/** Operations kept for one caller. */
const most = 50
/** From this probability on a session is told. */
const suspicious = 0.5

/** What the use of a key says that is worth telling: sessions that look like misuse, and use after its death. */
export function usesTold(watched: Watched, after: Standing, { sessions }: Misuse, now: number): readonly Transition[] {
  return sessions.flatMap(session => {
    const told: Transition[] = []
    const where = [session.ip ?? 'an address unknown', session.client].filter(text => text !== undefined).join(', ')
    const end = Date.parse(session.end)
    const common = { at: now, watched: watched.id, provider: watched.provider, severity: 'critical' as const }
    const did = `${session.count} ${session.count === 1 ? 'call' : 'calls'} from ${where}, ${iso(Date.parse(session.start))} to ${iso(end)}: ${session.actions.slice(0, 5).join(', ')}.`
    // Who used it before others could have it is its owner, however unusual.
    if (session.p >= suspicious && (watched.leakedAt === undefined || end >= watched.leakedAt))
      told.push({
        ...common,
        id: transitionId('misused', watched.id, `${session.start} ${where}`),
        kind: 'misused',
        title: `${nameOf(watched)} seems to be misused (chance of misuse ${chanceWords(session.p)})`,
        says: [did, ...session.signals.filter(({ llr }) => llr > 0).map(({ says }) => says)],
        todo: [`Revoke it. Who else used it: ${show(watched)}`],
      })
    if (after.state === 'dead' && end > after.since)
      told.push({
        ...common,
        severity: 'warning',
        id: transitionId('used_after_death', watched.id, `${after.since} ${where}`),
        kind: 'used_after_death',
        title: `Somebody still tries ${nameOf(watched)}, which is dead`,
        says: [`Dead since ${iso(after.since)}. ${did}`],
        todo: ['If it is a service of yours, give it the new key; if not, it is whoever found the old one.'],
      })
    return told
  })
}

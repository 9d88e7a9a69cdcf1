import type { Misuse, Session, Signal } from '../model/misuse.ts'
import type { Activity } from './activity.ts'
import type { Ended } from './assess.ts'
import { changeSignal } from './change-point.ts'
import { hour, kept, levels, providerSays, operation as weights } from './constants.ts'
import { signal } from './evidence.ts'
import { confidenceOf, type Known, levelOf, together } from './level.ts'
import { chance, logit, sumOf } from './score.ts'
import type { Setting } from './setting.ts'
import type { Surroundings } from './surroundings.ts'

/** All that one pass over a key's events left. */
export interface Passed {
  readonly setting: Setting
  readonly ended: readonly Ended[]
  readonly around: Surroundings | undefined
  readonly before: Misuse['before']
  readonly omitted: number
  /** Time of the last event. */
  readonly last: number
  readonly ours: number
  readonly children: readonly string[]
  readonly known: Known
}

/** What only the whole shows: the change after the leak, the provider's word, and what all sessions say together. */
export function finish(passed: Passed): Misuse {
  const { setting, before, known, ours, children } = passed
  const retold = passed.ended
    .map(ended => withChange(ended, passed))
    .toSorted((a, b) => a.session.start - b.session.start)
  const sessions = withWord(retold, passed).map(ended => told(ended, setting))
  const word = wordOf(passed)
  const p = Math.max(together(sessions), word === undefined ? 0 : providerSays.p)
  const firstAt = sessions.find(one => one.p >= levels.suspicious)?.start
  const omitted = passed.omitted + Math.max(0, sessions.length - kept.sessions)
  return {
    level: levelOf(p, known),
    p,
    confidence: confidenceOf(known),
    ...(firstAt !== undefined && { firstAt }),
    ...(setting.leakedAt !== undefined && { leakedAt: new Date(setting.leakedAt).toISOString() }),
    ...(setting.timeZone !== undefined && { zone: setting.timeZone }),
    sessions: shortened(sessions),
    ...(omitted > 0 && { omitted }),
    ...(before !== undefined && { before }),
    ours,
    coverage: known.coverage,
    ...(children.length > 0 && { children }),
  }
}

/** Those that say most, in the order of time. */
function shortened(sessions: readonly Session[]): readonly Session[] {
  if (sessions.length <= kept.sessions) return sessions
  return sessions
    .toSorted((a, b) => b.p - a.p)
    .slice(0, kept.sessions)
    .toSorted((a, b) => a.start.localeCompare(b.start))
}

/** When the first strange sessions were judged, the later ones were not known: now they are. */
function withChange(ended: Ended, { around, last }: Passed): Ended {
  const { score, fresh, isAfter } = ended
  if (!fresh || !isAfter || around?.leakedAt === undefined || around.from === undefined) return ended
  if (score.signals.some(({ family }) => family === 'change point')) return ended
  const found = changeSignal({
    before: around.newBefore,
    after: around.newAfter,
    spanBefore: around.leakedAt - around.from,
    spanAfter: Math.max(hour, last - around.leakedAt),
  })
  return found === undefined ? ended : raised(ended, [...score.signals, found])
}

function raised(ended: Ended, signals: readonly Signal[]): Ended {
  const { prior, most } = ended.score
  return { ...ended, score: { prior, most, signals, p: chance(prior, signals, most) } }
}

function wordOf({ setting, ended }: Pick<Passed, 'setting' | 'ended'>): string | undefined {
  const policy = ended.map(({ session }) => session.quarantine).find(one => one !== undefined)
  return setting.providerSays?.says ?? (policy && `AWS attached its quarantine policy ${policy} to the key's user`)
}

/** The provider's word goes to the session that it most likely means. */
function withWord(ended: readonly Ended[], passed: Passed): readonly Ended[] {
  const says = wordOf(passed)
  if (says === undefined) return ended
  // Attaching the policy was AWS's own act, whoever else is in the log.
  const others = ended.filter(({ session }) => session.quarantine === undefined || session.uses.size > 1)
  const [top] = (others.length > 0 ? others : ended).toSorted((a, b) => b.score.p - a.score.p)
  if (top === undefined) return ended
  const { prior, signals, p } = top.score
  const missing = logit(Math.max(p, providerSays.p)) - prior - sumOf(signals)
  const word = signal("provider's word", Math.max(0, missing), ['T1552.001'], says)
  const heard: Ended = {
    ...top,
    score: { ...top.score, most: 1, signals: [...signals, word], p: Math.max(p, providerSays.p) },
  }
  return ended.map(one => (one === top ? heard : one))
}

function told({ session, score: { prior, signals, p } }: Ended, setting: Setting): Session {
  const { ip, asn, country, client } = session
  return {
    start: new Date(session.start).toISOString(),
    end: new Date(session.last).toISOString(),
    ...(ip !== undefined && { ip }),
    ...(asn !== undefined && { asn }),
    ...(country !== undefined && { country }),
    ...(client !== undefined && { client: client.family }),
    count: session.count,
    events: session.telling.ids(),
    actions: actionsOf(session),
    prior,
    p,
    signals: withExposure(signals, p, session, setting).toSorted((a, b) => b.llr - a.llr),
  }
}

/** Where one signal alone carries a flag, the exposure that the rest of it comes from is said in words. */
function withExposure(
  signals: readonly Signal[],
  p: number,
  { start }: Activity,
  { exposure, leakedAt, live }: Setting,
): readonly Signal[] {
  if (p < levels.suspicious || signals.filter(({ llr }) => llr > 0).length > 1) return signals
  const since = leakedAt === undefined ? '' : ` since ${new Date(leakedAt).toISOString()}`
  const where = {
    public: 'public',
    internal: 'readable inside the organisation',
    unknown: 'found outside its place',
    none: 'not known to be exposed',
  }
  const then =
    leakedAt === undefined || start < leakedAt
      ? ''
      : `, ${Math.round((start - leakedAt) / 60_000)} min before this session`
  const says = `the key is ${where[exposure]}${since}${then}${live === true ? ' and works' : ''}`
  return [...signals, signal('exposure', 0, ['T1552.001'], says)]
}

function actionsOf({ uses }: Activity): readonly string[] {
  return [...uses.values()]
    .toSorted(
      (a, b) =>
        weights.weight[b.fact.class] - weights.weight[a.fact.class] ||
        b.fact.incidents - a.fact.incidents ||
        (a.operation < b.operation ? -1 : 1),
    )
    .slice(0, kept.events)
    .map(({ operation }) => operation)
}

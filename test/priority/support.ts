import type { Sighting } from '../../src/model/credential.ts'
import type { Misuse, Session, Signal } from '../../src/model/misuse.ts'
import type { Reason, State, Verdict } from '../../src/model/verdict.ts'
import { reasons } from '../../src/model/verdict.ts'
import { decide } from '../../src/priority/decide.ts'
import type { About, Context, Subject } from '../../src/priority/input.ts'
import { shipped } from '../identify/support.ts'

export const now = new Date('2026-11-24T10:00:00Z')

export function hoursAgo(hours: number): string {
  return new Date(now.getTime() - hours * 3_600_000).toISOString()
}

/** A provider of the repository by its id. */
function provider(id: string): About {
  const found = shipped.find(one => one.id === id)
  if (found === undefined) throw new Error(`there is no provider ${id}`)
  return found
}

export function verdict(reason: Reason, more: Partial<Verdict> = {}): Verdict {
  const states = (Object.keys(reasons) as State[]).filter(state =>
    (reasons[state] as readonly Reason[]).includes(reason),
  )
  return { state: states[0] ?? 'unknown', reason, because: '', checkedAt: now.toISOString(), evidence: [], ...more }
}

export const inPublic: Sighting = {
  scanner: 'gitleaks',
  url: 'https://github.com/falko/shop/blob/main/a#L1',
  exposure: 'public',
  at: hoursAgo(6),
}
export const inside: Sighting = { scanner: 'gitleaks', file: 'ci.log', exposure: 'internal' }

/** A live AWS key in one internal place, unless something else is said. */
export function subject(one: Partial<Subject> = {}): Subject {
  return {
    id: 'aws-1',
    provider: 'aws',
    kind: 'access-key',
    facts: {},
    findings: [inside],
    verdict: verdict('works'),
    ...one,
  }
}

export function session(one: Partial<Session> = {}): Session {
  return {
    start: hoursAgo(5),
    end: hoursAgo(4),
    ip: '198.51.100.7',
    client: 'boto3',
    count: 3,
    events: ['e1'],
    actions: ['PutUserPolicy'],
    prior: -0.5,
    p: 0.97,
    signals: [signal('network', 4), signal('operation', 3), signal('time', -0.5)],
    ...one,
  }
}

export function signal(family: string, llr: number, says = `${family} says so`): Signal {
  return { family, llr, attack: [], says }
}

export function misuse(one: Partial<Misuse> = {}): Misuse {
  const sessions = one.sessions ?? [session()]
  const p = Math.max(0, ...sessions.map(each => each.p))
  const level = p >= 0.9 ? 'likely' : p >= 0.5 ? 'suspicious' : p >= 0.2 ? 'review' : 'none_seen'
  return { level, p, confidence: 'high', sessions, ours: 0, coverage: [], ...one }
}

/** Somebody of the owner's, some hours ago. */
export function own(hours: number, one: Partial<Session> = {}): Session {
  return session({
    start: hoursAgo(hours + 1),
    end: hoursAgo(hours),
    p: 0.01,
    client: 'terraform',
    ip: '10.2.0.4',
    actions: ['GetObject'],
    signals: [],
    ...one,
  })
}

export function decided(one: Partial<Subject> = {}, context: Partial<Context> = {}) {
  const whole = subject(one)
  return decide(whole, whole.provider === null ? undefined : provider(whole.provider), { now, ...context })
}

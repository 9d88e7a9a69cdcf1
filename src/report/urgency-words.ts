import type { Case } from '../model/credential.ts'
import type { Misuse, MisuseLevel, Session } from '../model/misuse.ts'
import type { Decision } from '../model/priority.ts'
import type { Report } from '../model/run.ts'

/** What to do about a key; `unranked` where nothing was decided. */
export type Urgency = Decision | 'unranked'

/** In the order in which a person should work. */
export const urgencies: readonly Urgency[] = ['act_now', 'investigate', 'out_of_cycle', 'scheduled', 'unranked', 'none']

const urgencyWords: Readonly<Record<Urgency, string>> = {
  act_now: 'Act now',
  investigate: 'Investigate',
  out_of_cycle: 'Out of cycle',
  scheduled: 'Scheduled',
  unranked: 'Not ranked',
  none: 'Nothing to do',
}

const levelWords: Readonly<Record<MisuseLevel, string>> = {
  likely: 'likely misused',
  suspicious: 'may be misused',
  review: 'use deserves a look',
  none_seen: 'no misuse seen',
  insufficient: 'too little history',
  no_log: 'no log',
}

export function urgencyName(of: Urgency): string {
  return urgencyWords[of]
}

export function urgencyOf({ priority }: Pick<Case, 'priority'>): Urgency {
  return priority?.decision ?? 'unranked'
}

/** Whether it was looked into who used the keys, and what to do first. */
export function wasInvestigated({ cases }: Pick<Report, 'cases'>): boolean {
  return cases.some(({ priority, misuse }) => priority !== undefined || misuse !== undefined)
}

/** What the log says of strangers, in two or three words. */
export function misuseWords(misuse: Misuse | undefined): string {
  return misuse === undefined ? 'use not looked into' : levelWords[misuse.level]
}

/** Somebody else is more likely than the owner in at least one session. */
export function isMisused({ misuse }: Pick<Case, 'misuse'>): boolean {
  return misuse?.level === 'likely' || misuse?.level === 'suspicious'
}

/** A session that a person should look at. */
export function isStrange({ p }: { readonly p: number }): boolean {
  return p >= 0.2
}

/** Of those that are as good as the highest, the one with the most evidence of its own; the first of several. Every format tells it. */
export function mostTelling(misuse: Misuse | undefined): Session | undefined {
  const strange = (misuse?.sessions ?? []).filter(isStrange)
  // That the key was made by a stranger is told by the session that made it, where that is among them.
  const ownWords = strange.filter(({ p, signals }) => p >= 0.5 && !signals.some(({ family }) => family === 'maker'))
  const sessions = ownWords.length > 0 ? ownWords : strange
  const highest = Math.max(...sessions.map(({ p }) => p))
  const evidence = ({ signals }: Session): number => signals.filter(({ llr }) => llr > 0).length
  return sessions.filter(({ p }) => p > highest - 0.05).toSorted((a, b) => evidence(b) - evidence(a))[0]
}

/** `6 min`, `3 h`, `12 days`: how long something took or has lasted. */
export function lasting(milliseconds: number): string {
  const minutes = Math.round(Math.max(0, milliseconds) / 60_000)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 120) return `${minutes} min`
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`
}

/** When others could have had it, in milliseconds since 1970, as the sessions were split, or by its places. */
export function leakOf({ misuse, priority, firstAt }: Case): number | undefined {
  const at = Date.parse(misuse?.leakedAt ?? priority?.exposedSince ?? priority?.since ?? firstAt ?? '')
  return Number.isNaN(at) ? undefined : at
}

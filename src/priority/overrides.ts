import type { Decision, Priority } from '../model/priority.ts'
import { isMisused, providersWord } from './exploitation.ts'
import type { Subject } from './input.ts'
import { administers } from './rights.ts'

/** What a rule decided instead of the table. */
export interface Override {
  readonly decision: Decision
  /** `dead: …`: its name and why. */
  readonly says: string
}

/** Rules that decide before the table is asked, the first that fits; undefined: the table decides. */
export function overrideOf(
  { verdict, misuse }: Subject,
  { exposure, impact }: Pick<Priority, 'exposure' | 'impact'>,
  administersByKind: boolean,
): Override | undefined {
  const { state, reason, identity, grants } = verdict
  if (reason === 'canary')
    return {
      decision: 'none',
      says: 'canary: a decoy is not revoked; whoever used it is an intruder, so raise the alarm',
    }
  if (reason === 'not_a_secret') return { decision: 'none', says: 'client_side: it is meant to be public' }
  if (state === 'dead') return gone('dead: it does not work any more', misuse)
  // What a log knows has worked, whatever its form.
  if (reason === 'malformed' && (misuse?.level ?? 'no_log') === 'no_log')
    return gone('malformed: it can not work as it stands', misuse)
  if (reason === 'out_of_scope' && identity !== undefined)
    return { decision: 'none', says: 'not_yours: it belongs to an account that is not yours; tell its owner' }
  const word = providersWord(misuse, grants)
  if (word !== undefined) return { decision: 'act_now', says: `quarantined: the provider itself calls it compromised` }
  const role = administers(identity) ?? (administersByKind ? 'a key for the whole account' : undefined)
  if (state === 'live' && role !== undefined && exposure.value === 'open')
    return { decision: 'act_now', says: `admin_in_public: live, public, and ${role}` }
  if (misuse !== undefined && misuse.p >= 0.9 && (impact.value === 'high' || impact.value === 'very high'))
    return { decision: 'act_now', says: 'likely_misuse: the chance of misuse is 90 % or more, and the impact high' }
  return undefined
}

function gone(says: string, misuse: Subject['misuse']): Override {
  return isMisused(misuse)
    ? { decision: 'investigate', says: `${says}, but it was misused before: find out what was done with it` }
    : { decision: 'none', says }
}

/** The mark of a key of which nobody knows whether it works: it is treated as if it did. */
export function livenessMark({ verdict: { state, reason } }: Subject): string | undefined {
  return state === 'unknown' || state === 'skipped'
    ? `liveness_unknown: treated as live (${reason.replaceAll('_', ' ')})`
    : undefined
}

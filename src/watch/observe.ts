import type { Verdict } from '../model/verdict.ts'
import type { Standing, TransitionKind } from '../model/watch.ts'
import type { Policy } from './policy.ts'

/** What an answer is held against. Times in milliseconds since 1970. */
export interface Around {
  readonly now: number
  readonly policy: Policy
  /** Many keys of its provider fail together, and next to none answers. */
  readonly wave: boolean
  /** When the key should have been replaced by another. */
  readonly overdueAt?: number | undefined
}

/** What an answer changes. */
export interface Observed {
  readonly standing: Standing
  /** What is to be told, and what it is about; the same text is never told twice. */
  readonly changes: readonly Change[]
  /** It would have been told if the provider's answers could be believed. */
  readonly held: boolean
}

/** What one answer alone can change. */
export type ChangeKind = Extract<
  TransitionKind,
  'first_live' | 'died' | 'came_back' | 'rights_grew' | 'expires_soon' | 'rotation_overdue' | 'undecided'
>

export interface Change {
  readonly kind: ChangeKind
  readonly about: string
}

type Heard = Pick<Verdict, 'state' | 'reason' | 'grants' | 'expiresAt'>

/** One answer about a watched key: what is known now, and what is new about it. */
export function observe(before: Standing, verdict: Heard, around: Around): Observed {
  const asked = { ...before, checkedAt: around.now }
  if (verdict.state === 'live') return aboutTime(alive(asked, verdict, around.now), around)
  if (verdict.state === 'dead') return gone(asked, verdict, around)
  return undecided(asked, verdict, around)
}

function alive(before: Standing, { reason, grants, expiresAt }: Heard, now: number): Observed {
  const { doubtedAt: _d, undecidedAt: _u, unasked: _n, ...rest } = before
  const changed = before.state !== 'live'
  const grown =
    before.grants === undefined ? [] : (grants ?? []).filter(grant => before.grants?.includes(grant) !== true)
  const standing: Standing = {
    ...rest,
    state: 'live',
    reason,
    since: changed ? now : before.since,
    liveAt: now,
    undecided: 0,
    told: without(grown.length > 0 ? before.told : without(before.told, 'rights_grew'), 'undecided'),
    ...(grants !== undefined && { grants }),
    ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }),
    ...(before.state === 'dead' && { calmFrom: now }),
  }
  const changes: Change[] = []
  if (before.state === 'new') changes.push({ kind: 'first_live', about: String(now) })
  if (before.state === 'dead') changes.push({ kind: 'came_back', about: String(now) })
  if (grown.length > 0) changes.push({ kind: 'rights_grew', about: grown.toSorted().join(', ') })
  return { standing, changes, held: false }
}

/** Dead by two answers some minutes apart, and not while a whole provider seems to have forgotten its keys. */
function gone(before: Standing, { reason }: Heard, { now, policy, wave }: Around): Observed {
  const { undecidedAt: _u, unasked: _n, ...rest } = before
  const decided = { ...rest, undecided: 0, told: without(before.told, 'undecided') }
  if (before.state === 'dead') return { standing: { ...decided, reason }, changes: [], held: false }
  // A clock may have been set back since.
  const doubtedAt = Math.min(before.doubtedAt ?? now, now)
  const doubted: Standing = { ...decided, doubtedAt }
  if (now - doubtedAt < policy.apart) return { standing: doubted, changes: [], held: false }
  if (wave && now - doubtedAt < policy.outageLasts) return { standing: doubted, changes: [], held: true }
  const { doubtedAt: _d, ...believed } = doubted
  const standing: Standing = { ...believed, state: 'dead', reason, since: doubtedAt, calmFrom: doubtedAt }
  return { standing, changes: before.state === 'live' ? [{ kind: 'died', about: String(doubtedAt) }] : [], held: false }
}

/** Nothing was sent: its value could not be had, or the run ended before. That says nothing of its provider. */
export function isUnasked({ state, reason }: Pick<Verdict, 'state' | 'reason'>): boolean {
  return state === 'skipped' || reason === 'cancelled'
}

function undecided({ unasked: _u, ...before }: Standing, verdict: Heard, around: Around): Observed {
  const { now, policy, wave } = around
  const runs = before.undecided + 1
  const standing: Standing = {
    ...before,
    undecided: runs,
    undecidedAt: before.undecidedAt ?? now,
    ...(isUnasked(verdict) && { unasked: true }),
  }
  if (runs < policy.undecidedRuns || before.told.undecided !== undefined)
    return aboutTime({ standing, changes: [], held: false }, around)
  if (wave) return aboutTime({ standing, changes: [], held: true }, around)
  return aboutTime(
    { standing, changes: [{ kind: 'undecided', about: String(standing.undecidedAt) }], held: false },
    around,
  )
}

/** What time alone brings: it expires soon, it should have been replaced. */
function aboutTime({ standing, changes, held }: Observed, { now, policy, overdueAt }: Around): Observed {
  const { expiresAt, state } = standing
  const more: Change[] = []
  if (state === 'live' && expiresAt !== undefined && expiresAt > now && expiresAt - now <= policy.expiresWithin)
    more.push({ kind: 'expires_soon', about: String(expiresAt) })
  if (state === 'live' && overdueAt !== undefined && now >= overdueAt)
    more.push({ kind: 'rotation_overdue', about: String(overdueAt) })
  const all = [...changes, ...more].filter(({ kind, about }) => standing.told[kind] !== about)
  const told = { ...standing.told, ...Object.fromEntries(all.map(({ kind, about }) => [kind, about])) }
  return { standing: { ...standing, told }, changes: all, held }
}

function without(told: Standing['told'], kind: TransitionKind): Standing['told'] {
  const { [kind]: _gone, ...rest } = told
  return rest
}

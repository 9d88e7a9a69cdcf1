import type { Reason } from './verdict.ts'

/** Times here are milliseconds since 1970. */

/** How the value of a watched key is come by at each run: read anew, unsealed, or never (only asked about by its id). */
export type Keep =
  | { readonly by: 'reference'; readonly parts: Readonly<Record<string, string>> }
  | { readonly by: 'encrypted'; readonly parts: Readonly<Record<string, string>> }
  | { readonly by: 'lookup'; readonly parts: Readonly<Record<string, string>> }

/** A key that is watched. Holds no secret in clear. */
export interface Watched {
  /** That of its case: the same in every report. */
  readonly id: string
  readonly provider: string
  readonly kind: string
  /** The provider's name as people write it. */
  readonly name: string
  readonly shown: string
  readonly facts: Readonly<Record<string, string>>
  /** Where its provider runs, if that is the owner's own machine. */
  readonly host?: string
  /** The user's own name for it. */
  readonly label?: string
  readonly keep: Keep
  /** Its public parts, where `keep` has only references to them. */
  readonly names?: Readonly<Record<string, string>>
  /** Documented hashes by which its provider's logs name it; only of providers whose logs do. */
  readonly hashes?: readonly string[]
  readonly addedAt: number
  readonly leakedAt?: number
}

/** What is known of a watched key, and what was told of it already. */
export interface Standing {
  /** `new`: no answer was believed yet. */
  readonly state: 'new' | 'live' | 'dead'
  readonly reason?: Reason
  /** When the state began, as far as answers tell. */
  readonly since: number
  readonly checkedAt?: number
  readonly liveAt?: number
  /** The first of the dead answers that are not believed yet. */
  readonly doubtedAt?: number
  /** Runs in a row without a decision, and when they began. */
  readonly undecided: number
  readonly undecidedAt?: number
  /** The last run could not ask at all, which says nothing of its provider. */
  readonly unasked?: true
  readonly grants?: readonly string[]
  /** Whose it is, as its provider last said: logs that name no key know it by that. */
  readonly identity?: Readonly<Record<string, string>>
  readonly expiresAt?: number
  /** From here the cadence is counted: added, rotated, came back. */
  readonly calmFrom: number
  readonly nextAt: number
  /** What was said of it, so that it is said once: kind → the fact it was about. */
  readonly told: Readonly<Partial<Record<TransitionKind, string>>>
}

/** What can be otherwise than at the run before. */
export type TransitionKind =
  | 'first_live'
  | 'died'
  | 'came_back'
  | 'rights_grew'
  | 'misused'
  | 'used_after_death'
  | 'expires_soon'
  | 'rotation_overdue'
  | 'undecided'
  | 'outage'
  | 'outage_over'
  | 'rotated'
  | 'old_still_works'
  | 'new_does_not_work'

/** Something that is otherwise than at the run before. Its id is made of what it is about: the same fact never gets two. */
export interface Transition {
  readonly id: string
  /** What is over by it. */
  readonly ends?: string
  readonly kind: TransitionKind
  readonly at: number
  /** The watched key; absent where a provider is meant. */
  readonly watched?: string
  readonly provider: string
  readonly severity: 'info' | 'warning' | 'critical'
  /** One line: what happened. */
  readonly title: string
  /** Since when, and how that is known. */
  readonly says: readonly string[]
  readonly todo: readonly string[]
}

/** Two keys of which one takes the other's place. */
export interface Rotation {
  readonly old: string
  readonly new: string
  readonly deadline: number
  /** When the services began to move. */
  readonly cutOverAt: number
  readonly doneAt?: number
  readonly told: readonly TransitionKind[]
}

/** Who used a key: a service of the inventory, or an address and a client. Times in milliseconds since 1970. */
export interface Caller {
  readonly name: string
  /** The inventory knows it. */
  readonly known: boolean
  readonly firstAt: number
  readonly lastAt: number
  readonly actions: readonly string[]
}

/** Whether the old key of a rotation can be revoked, and why. */
export interface Assessment {
  readonly safeToRevoke: 'yes' | 'no' | 'unknown'
  readonly why: readonly string[]
  /** Used the old key since the cut-over, and has not moved. */
  readonly stillOnOld: readonly Caller[]
  /** Used the old key, and was not seen on the new one. */
  readonly notOnNew: readonly Caller[]
  /** What the old key may do and the new one may not. */
  readonly gap: readonly string[]
}

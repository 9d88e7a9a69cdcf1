/** Every state with its reasons, in the order in which a report explains them. */
export const reasons = {
  live: ['works', 'limited', 'ip_restricted', 'sso_required', 'locked'],
  dead: ['revoked', 'expired', 'disabled', 'rejected'],
  unknown: [
    'rate_limited',
    'unreachable',
    'provider_error',
    'unrecognised',
    'locked_out',
    'ambiguous_pair',
    'unreliable',
    'cancelled',
  ],
  skipped: [
    'no_validator',
    'incomplete',
    'redacted',
    'canary',
    'not_a_secret',
    'malformed',
    'needs_host',
    'out_of_scope',
    'no_check',
    'effect',
    'no_touch',
  ],
} as const

export type State = keyof typeof reasons
export type Reason = (typeof reasons)[State][number]

/** What one answer (or one failure to get an answer) contributed. Holds declared fields only, never body text. */
export interface Evidence {
  /** The request as the provider's file has it: `GET https://api.stripe.com/v1/account`. */
  readonly request: string
  readonly at: string
  readonly status?: number
  /** The provider's own id of the request, for its dashboard and for its support. */
  readonly requestId?: string
  readonly fields?: Readonly<Record<string, string>>
  /** What happened, in words, where there was no answer or no rule fitted it. */
  readonly note?: string
  /** The run before this one was stopped while this request was under way: it may have been sent twice. */
  readonly repeated?: true
}

/** Somebody who was connected to a database as its user when the key was checked. Times are ISO 8601. */
export interface Connection {
  readonly user?: string
  /** An address, or a name where the server looks names up. */
  readonly ip?: string
  /** What the program calls itself. */
  readonly client?: string
  readonly since?: string
  /** When it asked something last. */
  readonly at?: string
  /** The first word of what that was: `SELECT`. */
  readonly action?: string
  readonly database?: string
}

/** `unknown` and `skipped` are answers, not failures: only the provider's own word makes a key dead. */
export interface Verdict {
  readonly state: State
  readonly reason: Reason
  /** One sentence for the person who reads it. */
  readonly because: string
  /** ISO 8601. */
  readonly checkedAt: string
  readonly identity?: Readonly<Record<string, string>>
  readonly grants?: readonly string[]
  /** ISO 8601. */
  readonly expiresAt?: string
  /** ISO 8601: when asking again makes sense (rate_limited, locked_out). */
  readonly retryAt?: string
  /** Others that were connected as the same user; absent where that was not asked, or not answered. */
  readonly connections?: readonly Connection[]
  readonly evidence: readonly Evidence[]
}

/** What one answer says: a verdict, or where to go on, or both (a verdict that a later answer can enrich). */
export interface Judged {
  readonly verdict: Verdict
  /** The name of the request that comes next. */
  readonly then?: string
  /** No rule decided; only `then` did. */
  readonly open?: true
  /** This host knows the key: no other needs to be asked. */
  readonly final?: true
  /** The parts that the verdict speaks of, whatever the others are; all of them together if absent. */
  readonly of?: readonly string[]
}

const stateOrder: readonly State[] = ['live', 'unknown', 'dead', 'skipped']

/**
 * One verdict from several hosts or pairs: live over unknown over dead. Dead only if every one of them is dead,
 * with the most specific reason (`rejected` is the least).
 */
export function combine(verdicts: readonly Verdict[]): Verdict | undefined {
  if (verdicts.length < 2) return verdicts[0]
  const evidence = verdicts.flatMap(verdict => verdict.evidence)
  const best = verdicts.toSorted((a, b) => rank(a) - rank(b))[0]
  return best && { ...best, evidence }
}

/** Orders verdicts as reports list them: what works first, and among the dead the most telling reason first. */
export function rank({ state, reason }: Pick<Verdict, 'state' | 'reason'>): number {
  const within: readonly string[] = reasons[state]
  return stateOrder.indexOf(state) * 100 + within.indexOf(reason)
}

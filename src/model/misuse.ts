import type { Client } from './priority.ts'
import type { Coverage } from './usage.ts'

/** The highest session decides: likely p ≥ .9, suspicious p ≥ .5, review p ≥ .2. Never "clean". */
export type MisuseLevel = 'likely' | 'suspicious' | 'review' | 'none_seen' | 'insufficient' | 'no_log'

/** One family of evidence about one session. */
export interface Signal {
  readonly family: string
  /** Natural log of the likelihood ratio, attacker over owner; negative speaks for the owner. */
  readonly llr: number
  /** MITRE ATT&CK technique ids. */
  readonly attack: readonly string[]
  /** Plain words with numbers: `first use from AS14618 Amazon (US) in 188 sessions`. */
  readonly says: string
}

/** Events of one key from one address by one family of clients, with no gap over 30 minutes. Times are ISO 8601. */
export interface Session {
  readonly start: string
  readonly end: string
  readonly ip?: string
  readonly asn?: number
  readonly country?: string
  readonly client?: string
  /** How many events it holds; `events` names the ones that are relied on. */
  readonly count: number
  readonly events: readonly string[]
  /** Distinct operations, the most telling first. */
  readonly actions: readonly string[]
  /** Logit before any signal. */
  readonly prior: number
  readonly p: number
  readonly signals: readonly Signal[]
}

/** What usage says about one key. */
export interface Misuse {
  readonly level: MisuseLevel
  readonly p: number
  readonly confidence: 'none' | 'low' | 'medium' | 'high'
  /** Start of the first session with p ≥ .5. */
  readonly firstAt?: string
  /** Where after begins: when others could have had the key, ISO 8601. */
  readonly leakedAt?: string
  /** The zone in which its hours were judged, as IANA names it; UTC if absent. */
  readonly zone?: string
  /** Every session after the leak (all, where its time is unknown), negative ratios too. */
  readonly sessions: readonly Session[]
  /** Sessions beyond those that are listed, which have the highest p. */
  readonly omitted?: number
  /** Those before the leak, or before the time that was asked for, in one summary; one that stands out (p ≥ .2) is listed as well. */
  readonly before?: {
    readonly sessions: number
    readonly events: number
    readonly start: string
    readonly end: string
    /** The owner's clients among them, so that it is known whom a revocation breaks. */
    readonly clients?: readonly Client[]
    /** Their distinct operations, so that a right which is used is not called unused. */
    readonly actions?: readonly string[]
    /** How many of the owner's sessions touched each hour of the week in `zone`: 168 numbers, Monday 00:00 first. */
    readonly hours?: readonly number[]
  }
  /** Events that were our own probes, taken out. */
  readonly ours: number
  readonly coverage: readonly Coverage[]
  /** Keys that this key made, by the log. */
  readonly children?: readonly string[]
  /** Of a dead key: who still tries it. */
  readonly attempts?: Attempts
}

/** Refused uses of a key that does not work any more. Times are ISO 8601. */
export interface Attempts {
  /** The log names the key, or only its user. */
  readonly by: 'key' | 'user'
  /** The last use that worked; absent where none is logged. */
  readonly workedAt?: string
  readonly count: number
  /** The latest first. */
  readonly callers: readonly Attempt[]
  readonly omitted?: number
}

/** One caller among them. */
export interface Attempt {
  readonly ip?: string
  readonly client?: string
  readonly firstAt: string
  readonly lastAt: string
  readonly count: number
  readonly actions: readonly string[]
}

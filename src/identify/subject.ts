import type { Case, Credential } from '../model/credential.ts'
import type { Exposure, Medium } from '../model/finding.ts'
import type { Secret } from '../model/secret.ts'
import type { Reason, State } from '../model/verdict.ts'

/** A verdict that needs no question to anybody. */
export interface Settled {
  readonly state: State
  readonly reason: Reason
  readonly because: string
}

/** A distinct secret with all its places: to be asked about, or settled already. */
export interface Subject extends Omit<Case, 'verdict' | 'runbook'> {
  readonly credential?: Credential
  readonly settled?: Settled
  /** Ids of what turned out to be the same secret. */
  readonly joined?: readonly string[]
}

/** The most open place so far, and the earliest time. */
export interface Widest {
  exposure: Exposure
  medium: Medium | undefined
  firstAt: string | undefined
}

/** While findings come in: a subject with the chain of its places. */
export interface Growing {
  readonly draft: Omit<Subject, 'findings' | 'settled'>
  settled: Settled | undefined
  readonly secrets: readonly Secret[]
  /** A public part (a key id) by which an incomplete credential finds its whole one. */
  readonly publicPart: string | undefined
  /** The user said whose it is, in this finding or another of the same. */
  byUser: boolean
  readonly widest: Widest
  last: number
  count: number
  /** What turned out to be the same secret. */
  readonly joined: Growing[]
}

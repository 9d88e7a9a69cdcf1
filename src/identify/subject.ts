import type { Candidate } from '../catalog/catalog.ts'
import type { Case, Credential, Parts } from '../model/credential.ts'
import type { Exposure, Medium } from '../model/finding.ts'
import type { Secret } from '../model/secret.ts'
import type { Reason, State, Verdict } from '../model/verdict.ts'
import type { Assigned } from './assign.ts'

/** A verdict that needs no question to anybody. */
export interface Settled {
  readonly state: State
  readonly reason: Reason
  readonly because: string
}

/** A distinct secret with all its places: to be asked about, or settled already. */
export interface Subject extends Omit<Case, 'verdict' | 'runbook'> {
  readonly credential?: Credential
  /** What it is made of, whole or not, so that its uses are found in logs also where nothing is asked. */
  readonly parts?: Parts
  readonly settled?: Settled
  /** What an earlier run found, by its report: holds where nothing is asked now. */
  readonly earlier?: Verdict
  /** Instead of one credential: those that could be it, the likeliest first. At most one of them is. */
  readonly options?: readonly Option[]
  /** Subjects with the same name here need the same parts, and are decided together. */
  readonly contest?: string
  /** Ids of what turned out to be the same secret, and the one that it had itself as a half. */
  readonly joined?: readonly string[]
}

/** One way to complete what was found in part. */
export interface Option {
  readonly credential: Credential
  /** How a person recognises what would complete it. */
  readonly shown: string
  /** Ids of the subjects that are a part of this one. */
  readonly partners: readonly string[]
  /** None of them can be a part of anything else. */
  readonly exclusive: boolean
}

/** The most open place so far, the earliest time, and the hosts that are named there, where they tell something. */
export interface Widest {
  hosts?: Set<string>
  exposure: Exposure
  medium: Medium | undefined
  firstAt: string | undefined
}

/** While findings come in: a subject with the chain of its places. */
export interface Growing {
  readonly draft: Omit<Subject, 'findings' | 'settled'>
  settled: Settled | undefined
  /** What it is, in whole or in part, where a provider was told. */
  readonly known?: { readonly candidate: Candidate; readonly assigned: Assigned }
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
  /** The id that it had as a half. */
  readonly formerly?: string
}

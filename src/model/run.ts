import type { Case } from './credential.ts'
import type { Warning } from './finding.ts'
import type { State } from './verdict.ts'

/** One run of the tool. Times are ISO 8601. */
export interface Run {
  readonly id: string
  readonly version: string
  readonly started: string
  readonly finished: string
  /** The command line, scrubbed. */
  readonly command: string
  /** Hash of the last line of the run's ledger; null where nothing was sent. */
  readonly ledgerHead: string | null
  /** The run whose answers this one took over. */
  readonly resumed?: string
}

export type Summary = { readonly findings: number; readonly cases: number } & Readonly<Record<State, number>>

/** What every report format writes. Cases are in the order in which a person should read them. */
export interface Report {
  readonly schema: 1
  readonly run: Run
  readonly summary: Summary
  readonly cases: readonly Case[]
  readonly warnings: readonly Warning[]
}

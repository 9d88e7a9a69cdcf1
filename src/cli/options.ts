/** The options of `check` as the command line gives them. */
export interface CheckOptions {
  readonly provider?: string
  readonly part: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly out?: string
  readonly all?: true
  readonly config?: string
  readonly validators?: string
  readonly source: readonly string[]
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly host: readonly string[]
  readonly allowPrivate: readonly string[]
  readonly admin: readonly string[]
  readonly timeout?: string
  readonly attempts?: string
  readonly patience?: string
  readonly deadline?: string
  readonly dryRun?: true
  /** False with --no-touch. */
  readonly touch: boolean
  readonly control?: true
  readonly allowEffect?: true
  readonly resume?: true
  readonly verbose?: true
  readonly quiet?: true
  readonly failOn: 'live' | 'unknown' | 'never'
}

/** Those of `investigate`. */
export interface InvestigateOptions extends CheckOptions {
  readonly logs: readonly string[]
  readonly pull?: true
  readonly logMap: readonly string[]
  readonly logYear?: string
  readonly principal: readonly string[]
  readonly keptIn: readonly string[]
  readonly exposure?: 'none' | 'internal' | 'public'
  readonly leakedAt?: string
  readonly since?: string
  readonly ipLists?: string
  readonly ledger: readonly string[]
  readonly bundle?: string
}

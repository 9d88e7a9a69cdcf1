/** What to do and how soon; the outcomes of CERT/CC's SSVC deployer table in words for keys. */
export type Decision = 'act_now' | 'out_of_cycle' | 'scheduled' | 'investigate' | 'none'

/** A row of the SSVC deployer table (version 1.0.0) with the reasons for each input. */
export interface Priority {
  readonly decision: Decision
  /** ISO 8601; absent where nothing is due. */
  readonly due?: string
  readonly exploitation: { readonly value: 'none' | 'public poc' | 'active'; readonly because: string }
  readonly exposure: { readonly value: 'small' | 'controlled' | 'open'; readonly because: string }
  readonly automatable: { readonly value: 'no' | 'yes'; readonly because: string }
  readonly impact: { readonly value: 'low' | 'medium' | 'high' | 'very high'; readonly because: string }
  /** The number of the row, as the table's own first column counts them (from 0); absent where an override decided. */
  readonly row?: number
  /** Named rules that decided instead of the table, or that changed an input. */
  readonly overrides: readonly string[]
  /** How to take the key away. */
  readonly how: 'revoke' | 'rotate_first' | 'revoke_now' | 'none'
  /** Own clients seen in the last seven days that will break. */
  readonly breaks: readonly Client[]
  /** Rights that the key has and its owner was not seen to use, where both are known. */
  readonly unused?: readonly string[]
  /** Since when everyone could read it, ISO 8601, where a place says so. */
  readonly exposedSince?: string
  /** When it first stood somewhere, ISO 8601, where a place says so. */
  readonly since?: string
}

/** One of the owner's clients, as the log shows it. */
export interface Client {
  readonly client: string
  readonly network: string
  /** ISO 8601. */
  readonly lastAt: string
}

/** A service of the user's own, and how logs tell that it is the one that calls. */
export interface Service {
  readonly name: string
  readonly owner?: string | undefined
  /** Where it calls from: `10.2.0.0/16`. */
  readonly networks: readonly string[]
  /** Beginnings of its user agents. */
  readonly userAgents: readonly string[]
  /** Where it reads its keys: `vault:kv/pay#key`. */
  readonly stores: readonly string[]
  /** Keys that it is known to use: a label, or the beginning of an id. */
  readonly keys: readonly string[]
}

/** A service that breaks when a key is revoked. */
export interface Dependent {
  readonly service: string
  readonly owner?: string
  /** Seen in a log, or only named by the inventory. */
  readonly by: 'log' | 'inventory'
  /** ISO 8601: when a log saw it last. */
  readonly lastAt?: string
}

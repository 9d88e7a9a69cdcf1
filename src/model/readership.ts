import type { Coverage } from './usage.ts'

/** A place where a key is kept, as a reference names it, without the field: `vault:kv/pay`. */
export interface Kept {
  readonly store: string
  /** Who says so: the reference by which the key was read, the inventory, or the user. */
  readonly by: 'reference' | 'inventory' | 'user'
  /** The service of the inventory that reads it there. */
  readonly service?: string
}

/** Somebody who read a key where it is kept, or tried to. Times are ISO 8601. */
export interface Reader {
  readonly store: string
  /** As the log calls him: an ARN, Vault's display name, a role of Conjur. */
  readonly who: string
  /** What he signed in with, as the log calls it: a key id, the HMAC of an accessor. */
  readonly key?: string
  readonly ip?: string
  readonly client?: string
  /** The service of the inventory that calls like this. */
  readonly service?: string
  readonly firstAt: string
  readonly lastAt: string
  /** How often he got it, and how often he was refused. */
  readonly count: number
  readonly refused: number
  /** Not seen before the leak, and seen after it. */
  readonly fresh?: true
  /** Ids of some of the events. */
  readonly events: readonly string[]
}

/** Who read a key where it is kept. Those who have it from there and hand it on are seen by no log. */
export interface Readership {
  readonly kept: readonly Kept[]
  /** Those first seen after the leak first, then by their last time. */
  readonly readers: readonly Reader[]
  /** Readers beyond those listed. */
  readonly omitted?: number
  /** Reads of our own, by the ledger; taken out. */
  readonly ours: number
  /** What could tell, and since when; never empty. */
  readonly coverage: readonly Coverage[]
}

/** The stores whose logs say who read a secret. */
export type StoreKind = 'aws-sm' | 'vault' | 'conjur'

/** A store's part of a reference, without the field; undefined for references that name none, as one of Conjur without its account: nothing in a log would be taken for it. */
export function storeIn(reference: string): { readonly kind: StoreKind; readonly store: string } | undefined {
  const [, kind, rest = ''] = /^(aws-sm|vault|conjur(?=:[^:#\s]+:variable:.)):([^#\s]+)/.exec(reference) ?? []
  if (kind !== 'aws-sm' && kind !== 'vault' && kind !== 'conjur') return undefined
  return { kind, store: `${kind}:${rest.replace(/\/+$/, '')}` }
}

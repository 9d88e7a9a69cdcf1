import type { AddressLookup } from '../model/address-context.ts'
import type { Exposure } from '../model/finding.ts'
import type { Coverage } from '../model/usage.ts'
import type { StatedHours } from './stated-hours.ts'

/** What is known of a key besides its log. Everything may be absent. */
export interface Setting {
  /** `none`: nobody but its owner could have read it. */
  readonly exposure: Exposure | 'none'
  /** When it could first be read by others; milliseconds since 1970. */
  readonly leakedAt?: number
  /** Only sessions that last until then or longer are told; those before are history. Milliseconds since 1970. */
  readonly since?: number
  /** What the provider said of it. */
  readonly live?: boolean
  /** What offline lists say of an address. */
  readonly lookup?: AddressLookup
  readonly own?: OwnUse
  /** Addresses that the key itself is restricted to, by its provider's own setting. */
  readonly restrictedTo?: (ip: string) => boolean
  /** Where its owners work, as IANA names it: `Europe/Berlin`. UTC where absent. */
  readonly timeZone?: string
  /** When its owners say that they work, in that zone. */
  readonly hours?: StatedHours
  /** Owners' account ids at the provider: what is shared with them is not shared with strangers. */
  readonly accounts?: readonly string[]
  /** The provider itself called the key compromised: what it said, and when (milliseconds since 1970). */
  readonly providerSays?: { readonly says: string; readonly at?: number }
  /** The key was made by use of another one: by what session of it, and how that session was judged. */
  readonly madeBy?: Maker
  readonly coverage?: readonly Coverage[]
}

/** What the user lists as theirs. */
interface OwnUse {
  readonly networks?: (ip: string) => boolean
  /** ARNs, role names or logins, compared whole or as the part after the last `/` or `:`. */
  readonly roles?: readonly string[]
  /** Beginnings of user agents, or of a product that they name. */
  readonly clients?: readonly string[]
}

/** The session that made a key. */
export interface Maker {
  readonly p: number
  /** How the key that made it is shown. */
  readonly shown: string
  readonly ip?: string
  readonly client?: string
  /** It made the key within the history that is judged, so that both are told in one case. */
  readonly within?: true
}

import type { Exposure, Medium, Place, Prior } from './finding.ts'
import type { Dependent } from './inventory.ts'
import type { Misuse } from './misuse.ts'
import type { Priority } from './priority.ts'
import type { Readership } from './readership.ts'
import type { Looked } from './reading.ts'
import type { Secret } from './secret.ts'
import type { Verdict } from './verdict.ts'

/** A named piece of a credential. A public one (a key id) may be shown whole; a secret one never. */
export type Part =
  | { readonly public: true; readonly text: string }
  | { readonly public: false; readonly secret: Secret }

export type Parts = Readonly<Record<string, Part>>

/** How parts of several findings came together: few lines apart; in one commit; alone in one file, alone in one folder. */
export type Nearness = 'near' | 'commit' | 'file' | 'folder'

/** Parts that were put together, not found together. What the provider says of `sure` parts alone holds all the same. */
export interface Pairing {
  readonly by: Nearness
  readonly sure: readonly string[]
}

/** One distinct secret of one provider, however many findings it has. */
export interface Credential {
  /** `stripe-1f0c…`: provider and a keyed digest of the parts; the same wherever the same fingerprint key is used. */
  readonly id: string
  readonly provider: string
  readonly kind: string
  readonly parts: Parts
  /** What the form alone says: region, live or test mode, account number. */
  readonly facts: Readonly<Record<string, string>>
  /** How a person recognises it: `sk_live_…wXyZ`, `AKIA… + …9fKe`. */
  readonly shown: string
  /** A host that the user or the finding named, for providers that run on their owner's machines: `https://git.example.com`. */
  readonly host?: string
  /** Absent: its parts were found together, or the user put them together. */
  readonly pairing?: Pairing
  /** Which installation it is for, by its findings; only where others than the provider run what takes it. */
  readonly installation?: Installation
}

/** What findings say of the host that a key is for. */
export interface Installation {
  /** Hosts that stand on its line, or of the repository that it was found in, in lower case. */
  readonly hosts: readonly string[]
  /** The user said whose key it is. */
  readonly byUser: boolean
}

/** A credential that could be the one meant, where nothing tells for sure which parts belong together. */
interface PossiblePair {
  /** That of the credential as the ledger has it. */
  readonly id: string
  /** How a person recognises the part in question: `AbCd…wXyZ`. */
  readonly shown: string
  readonly pairing: Nearness
}

/** A finding in a report: the scanner's words, without the secret. */
export interface Sighting extends Place {
  readonly scanner: string
  readonly rule?: string
  readonly prior?: Prior
  /** Its scanner hid the value: it was read back here, confirmed by the scanner's hash or told by the place alone. */
  readonly readBack?: 'hash' | 'place'
}

/** Places of one credential. There can be a million of them, so they are read one by one. */
export type Sightings = Iterable<Sighting> & { readonly length: number }

/** One credential with all that is known of it. */
export interface Case {
  readonly id: string
  /** null: no provider could be told. */
  readonly provider: string | null
  readonly kind: string | null
  /** The provider's name as people write it. */
  readonly name: string | null
  readonly shown: string
  readonly facts: Readonly<Record<string, string>>
  /** How its parts came together, where they were not found together. */
  readonly pairing?: Nearness
  /** What could belong to it, where that is not certain. */
  readonly candidates?: readonly PossiblePair[]
  readonly findings: Sightings
  /** Who could have read it, in the most open of its places; absent in reports of older versions. */
  readonly exposure?: Exposure
  /** What kind of place that is. */
  readonly medium?: Medium
  /** ISO 8601: when it was first seen in any of its places. */
  readonly firstAt?: string
  readonly verdict: Verdict
  /** What was known of it without using it, before it was touched. */
  readonly lookup?: readonly Looked[]
  readonly misuse?: Misuse
  /** Who read it where it is kept. */
  readonly readers?: Readership
  readonly priority?: Priority
  readonly runbook?: Runbook
  /** Services of the inventory that break when it is revoked. */
  readonly dependents?: readonly Dependent[]
}

/** What a person does about a key of this provider. The tool itself changes nothing. */
export interface Runbook {
  readonly where: string
  readonly steps: readonly string[]
  readonly wayBack: string
}

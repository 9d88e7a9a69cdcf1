import type { Secret } from './secret.ts'
import type { Verdict } from './verdict.ts'

/** Where a secret was seen, as the scanner wrote it. Lines and columns count from 1; `at` is ISO 8601. */
export interface Place {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly commit?: string
  readonly url?: string
  readonly author?: string
  readonly at?: string
  readonly exposure?: Exposure
  readonly medium?: Medium
  /** The repository, image, package, channel or bucket that the place is in, as the scanner names it. */
  readonly repository?: string
}

/** What kind of place it is. */
export type Medium = (typeof media)[number]
export const media = [
  'repository',
  'ci_log',
  'image',
  'package',
  'chat',
  'ticket',
  'page',
  'paste',
  'storage',
  'file',
] as const

/** Who could have read the place: everyone, everyone inside, or not known. */
export type Exposure = 'public' | 'internal' | 'unknown'

/** What the scanner itself believed. Kept beside our verdict, never turned into one. */
export type Prior = 'live' | 'dead' | 'unknown'

/** How a scanner hashed what it found, so that a text can be held against the hash. */
export interface Hash {
  /**
   * `sha1` of the text (detect-secrets); `ggshield`, a SHA-256 over all matches with their types; `hmsl`, the scrypt of
   * GitGuardian's HasMySecretLeaked; `trufflehog`, the fingerprint in its SARIF.
   */
  readonly by: 'sha1' | 'ggshield' | 'hmsl' | 'trufflehog'
  /** Lower case. */
  readonly hex: string
  /** trufflehog: what it hashed before the secret's own hash, `rule:uri:line:`. */
  readonly before?: string
}

/** One text that a scanner hid, with all that is left to know it by. Lines and columns count from 1; ends are exclusive. */
export interface Piece {
  /** The part that it is; absent: it is the value itself. */
  readonly name?: string
  /** The scanner's word for what kind of match it is, which GitGuardian hashes along. */
  readonly type?: string
  /** `AKIA****7Q2A`, `REDACTED`. Kept as a secret: some masks show most of what they hide. */
  readonly mask?: Secret
  /** Text from around it with the mask in its place: `export TOKEN=*****`. */
  readonly around?: Secret
  readonly line?: number
  readonly endLine?: number
  /** In whatever unit the scanner counts: bytes, UTF-16 or characters. */
  readonly column?: number
  readonly endColumn?: number
  /** From the start of the file, counted from 0. */
  readonly span?: { readonly start: number; readonly end: number; readonly unit: 'bytes' | 'utf16' }
  /** Characters. */
  readonly length?: number
}

/** What a scanner left of a value that it masked or hashed. */
export interface Hidden {
  readonly pieces: readonly Piece[]
  readonly hash?: Hash
  /** The id of the Git blob that holds it. */
  readonly blob?: string
  /** The commit took its line away: it stands in the commit's parent. */
  readonly removed?: true
}

/** A key as the report of an earlier run has it: all but the key. */
export interface Earlier {
  readonly id: string
  readonly provider: string | null
  readonly kind: string | null
  readonly name: string | null
  readonly shown: string
  readonly facts: Readonly<Record<string, string>>
  readonly verdict: Verdict
}

/** One occurrence of one secret, as one scanner wrote it. */
export interface Finding {
  /** The scanner's own name (`gitleaks`, `trufflehog`, …), or `csv`, `env`, `lines`, `json`, `sarif` where none is named. */
  readonly tool: string
  /** The scanner's name for the rule that found it; absent where the format has none. */
  readonly rule?: string
  /** A provider that the user named (`stripe:…`, `--provider`); decides over every rule and form. */
  readonly provider?: string
  /** The value as found: a secret, or a text that holds it. */
  readonly value?: Secret
  /** Parts that the scanner or the user named: `{ access_key_id, secret_access_key }`. */
  readonly parts?: Readonly<Record<string, Secret>>
  /** `value` is a mask or a hash; it must never be sent. */
  readonly redacted?: true
  /** Its rule is not about secrets: it counts only where the value's own form tells whose key stands in it. */
  readonly incidental?: true
  /** Where `redacted`: what is left to know the value by. */
  readonly hidden?: Hidden
  /** It comes from a saved report: the case that it is a place of. */
  readonly earlier?: Earlier
  /** The value was hidden, and read back from where it was found: the scanner's hash confirmed it, or its place alone told. */
  readonly readBack?: 'hash' | 'place'
  /** Text from the scanner that marks a decoy (a canary token's name in an ARN, for example). */
  readonly hint?: string
  readonly place: Place
  readonly prior?: Prior
}

/** What goes wrong with input is a value: it is numbered, shown, and the run goes on. */
export interface Warning {
  readonly file: string
  /** 1-based line in the input file, where known. */
  readonly line?: number
  readonly message: string
  /** `true`: nothing of this input could be read. */
  readonly unreadable?: true
}

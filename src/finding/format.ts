import type { Earlier, Exposure, Hash, Medium, Prior } from '../model/finding.ts'
import type { JsonShape } from '../text/json-path.ts'
import type { Notes } from '../text/notes.ts'
import type { Row } from '../text/row.ts'

/** What is left of one hidden text, in a scanner's own words; see `Piece`. `finish` drops what is of the wrong type. */
export interface Trace {
  readonly name?: unknown
  readonly type?: unknown
  readonly mask?: unknown
  readonly around?: unknown
  readonly line?: unknown
  readonly endLine?: unknown
  readonly column?: unknown
  readonly endColumn?: unknown
  readonly bytes?: readonly unknown[]
  readonly utf16?: readonly unknown[]
  readonly length?: unknown
}

/** What a scanner left to know a hidden value by; looked at only where it is hidden. */
export interface Left extends Trace {
  /** Several hidden texts; absent: there is one, and what is known of it stands here. */
  readonly pieces?: readonly Trace[]
  readonly hash?: Hash | undefined
  readonly blob?: unknown
  readonly removed?: boolean
}

/**
 * One finding in a scanner's own words, as plain text. A format fills in what it has and need not check types:
 * `finish` drops what is empty or of the wrong type, sees masks, and turns `value` and `parts` into secrets.
 * No other field may hold the secret, so text around it (a scanner's `Match`, `Line`) has no place here but in `left`.
 */
export interface Draft {
  readonly tool: string
  readonly rule?: unknown
  readonly provider?: unknown
  readonly value?: unknown
  readonly parts?: Row | undefined
  /** The format says itself that the value is a mask or a hash. */
  readonly redacted?: boolean
  /** Its rule is not about secrets. Counted in one warning for each input, and handed on only with a value. */
  readonly incidental?: boolean
  readonly left?: Left
  /** The case of a saved report that this is a place of. */
  readonly earlier?: Earlier | undefined
  readonly hint?: unknown
  readonly prior?: Prior | undefined
  readonly file?: unknown
  readonly line?: unknown
  readonly column?: unknown
  readonly commit?: unknown
  readonly url?: unknown
  readonly author?: unknown
  readonly at?: unknown
  readonly exposure?: Exposure | undefined
  readonly medium?: Medium | undefined
  readonly repository?: unknown
}

/**
 * What stands around a record: `context('runs[].tool.driver.name')`, one of the paths in the format's `context`; or the
 * key under which it stands, `context('results.*')`.
 */
export type Context = (path: string) => unknown

interface Named {
  /** What `--from` calls it: the scanner's name. Formats of one scanner share it. */
  readonly id: string
  /** What a person calls it: `Gitleaks 8, JSON`. */
  readonly name: string
  /** Every scanner can write it: `--from gitleaks` reads it too, and then says gitleaks. */
  readonly carrier?: true
}

/** A format of JSON, read record by record whether the report is one document, an array or a line for each record. */
export interface JsonFormat extends Named, JsonShape {
  readonly shape: 'json'
  /** Texts, objects and arrays outside the records that `read` asks for. */
  readonly context?: readonly string[]
  /** The scanners that a document names outside its records, where one format serves several. */
  readonly tools?: (document: Row) => readonly string[]
  readonly read: (record: Row, context: Context) => Draft | readonly Draft[] | undefined
}

/** A format of text (CSV, .env, XML), which reads its own stream. */
export interface TextFormat extends Named {
  readonly shape: 'text'
  /** Recognises the first `headLength` characters of the text; `cut` where more follows. */
  readonly knows: (head: string, cut: boolean) => boolean
  /** The scanner that the beginning tells, where one format serves several. */
  readonly toolOf?: (head: string) => string
  readonly read: (text: AsyncIterable<string>, source: Source) => AsyncIterable<Draft>
}

/** The input that a text format reads: its name, where it is a file, and where to say what is wrong with it. */
interface Source {
  readonly file: string | undefined
  /** Which words before a colon name a provider; undefined: any may, and who reads the finding sees. */
  readonly names: ((word: string) => boolean) | undefined
  readonly notes: Notes
}

export type Format = JsonFormat | TextFormat

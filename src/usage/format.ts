import type { Remembered } from '../model/goes-on.ts'
import type { StoreKind } from '../model/readership.ts'
import type { UsageEvent, Verb } from '../model/usage.ts'
import type { Row } from '../text/row.ts'

/**
 * One line of a log in its own words. A format fills in what it has and need not check types: `finish` drops what is
 * empty or of the wrong type. A secret has no place in any field: formats leave query values, statements and bodies out.
 */
export interface Draft {
  readonly id?: unknown
  /** ISO 8601 (UTC where no zone is given), or seconds, milliseconds, microseconds or nanoseconds since 1970. */
  readonly at: unknown
  readonly kind?: UsageEvent['kind']
  /** What the log calls the key itself: key id, documented hash, token id. */
  readonly keys?: readonly unknown[]
  /** Names of who used it: ARN, login, e-mail address, application id. */
  readonly principals?: readonly unknown[]
  readonly account?: unknown
  readonly ip?: unknown
  readonly asn?: unknown
  readonly country?: unknown
  readonly userAgent?: unknown
  readonly action: unknown
  readonly service?: unknown
  /** By the words of `action`, where the log does not say. */
  readonly verb?: Verb | undefined
  readonly region?: unknown
  readonly actor?: unknown
  readonly resource?: unknown
  readonly outcome?: UsageEvent['outcome'] | undefined
  readonly error?: unknown
  readonly requestId?: unknown
  /** Whether a second factor was used, where the log says. */
  readonly mfa?: boolean | undefined
  /** The provider's own private way in that the call came by. */
  readonly via?: unknown
  /** What the log itself found wrong with this call. */
  readonly alarm?: unknown
  readonly bytes?: unknown
  readonly count?: unknown
  readonly cost?: unknown
  readonly parameters?: unknown
  /** Secrets whose value this call read, each under all names by which a reference may name it: `vault:kv/pay`. */
  readonly secrets?: readonly string[] | undefined
  /** Ids of the keys that this call made. */
  readonly made?: readonly unknown[] | undefined
  /** What was called, as our ledger would write it: `GET /user`. */
  readonly call?: unknown
  /** What tells that a kind of event is in this log at all: `data` for S3 reads. */
  readonly mark?: string | undefined
}

/** A format's word on one record or line: what it holds; `pass`, that it is sound and no use of a key; nothing, that it is not understood. */
export type Reading = Draft | readonly Draft[] | 'pass' | undefined

/** What a line alone does not tell. */
export interface Around {
  /** The moment before which every line was written, in milliseconds: the file's date, or now. */
  readonly latest: number
  /** The year of lines that name none; inferred from `latest` where absent. */
  readonly year?: number | undefined
  /** What a format keeps here is there again when the file is read on, another time. */
  readonly memory: Map<string, Remembered>
}

/** A log of one provider or program in every shape in which it comes. */
export interface LogFormat {
  /** What events call their source: `cloudtrail`. */
  readonly id: string
  /** What a person calls it: `AWS CloudTrail`. */
  readonly name: string
  /** Whose keys it knows: `google` stands for `google-api-key` too. Absent where any key may be behind a line. */
  readonly providers?: readonly string[]
  /** A line by a key names it: by its id, or by its hash. Such a line without one was not made with a key. */
  readonly keyed?: 'id' | 'hash'
  readonly json?: { readonly knows: (record: Row) => boolean; readonly read: (record: Row) => Reading }
  /** Tables; headings and the row's keys are plain: lower case without spaces, `_` and `-`. */
  readonly table?: {
    readonly knows: (headings: ReadonlySet<string>) => boolean
    /** The names of the columns, where the first row (in plain form, as headings are) is none of names. */
    readonly unnamed?: (row: readonly string[]) => readonly string[] | undefined
    readonly read: (row: Row) => Reading
  }
  readonly lines?: {
    readonly knows: (line: string) => boolean
    /** One reader for each file, or part of one. */
    readonly reader: (around: Around) => (line: string) => Reading
  }
  /** The store of secrets of which it shows who read them. */
  readonly reads?: StoreKind
  readonly coverage: {
    /** Whose doing it shows, where lines name no key; `owner` if absent. */
    readonly covers?: 'owner' | 'account'
    /** How late events arrive, with the source. */
    readonly lag?: string
    /** What it never shows. */
    readonly blind?: readonly string[]
    /** What was not seen, where no event of this log had the mark. */
    readonly without?: Readonly<Record<string, string>>
  }
}

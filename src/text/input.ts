import type { Ended, GoesOn } from '../model/goes-on.ts'

/** Something to read. `open` may throw, and what it gives may: both become warnings. */
export interface Input {
  /** What warnings call it: a path, or `standard input`. */
  readonly name: string
  open(): AsyncIterable<Uint8Array>
  /** As `open`, from this byte on, where that can be had without reading what is before. */
  from?(start: number): AsyncIterable<Uint8Array>
  /** In bytes, where that is known. */
  readonly size?: number
  /** When it was last written, where that is known; tells the year of a log that names none. */
  readonly modified?: Date
  /** It can be read but once, as standard input. */
  readonly once?: true
  /** The beginning of this log was read before: what comes is the rest. */
  readonly goesOn?: GoesOn
  /** Told when it was read to its end, and how it would go on if it is a log of lines or rows. */
  done?(goesOn: Ended | undefined): void
}

/** Something to read. `open` may throw, and what it gives may: both become warnings. */
export interface Input {
  /** What warnings call it: a path, or `standard input`. */
  readonly name: string
  open(): AsyncIterable<Uint8Array>
  /** When it was last written, where that is known; tells the year of a log that names none. */
  readonly modified?: Date
  /** It can be read but once, as standard input. */
  readonly once?: true
}

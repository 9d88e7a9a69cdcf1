/** What lines of one format remember of those before, by a name of the format's own: who is behind a connection. */
export type Remembered = Readonly<Record<string, string | undefined>>

/** How a log goes on that was read up to here. */
export interface GoesOn {
  /** Lines, or rows, of this format; JSON lines where none is named. */
  readonly format?: string
  /** It is a table: the names of its columns, and what stands between cells. */
  readonly table?: { readonly columns: readonly string[]; readonly delimiter: string }
  /** What later lines are understood by, for each format by its id. */
  readonly memory?: Readonly<Record<string, Readonly<Record<string, Remembered>>>>
}

/** How a log goes on, where its last bytes may be a row that is still being written. */
export interface Ended extends GoesOn {
  readonly unread?: number
}

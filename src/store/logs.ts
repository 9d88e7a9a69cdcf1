import type { GoesOn } from '../model/goes-on.ts'
import type { Database } from './database.ts'

/** What is remembered of a log file: enough to know it again when it was renamed, packed or continued. */
export interface LogMark {
  readonly path: string
  /** Where it was found first: what names its lines. */
  readonly name: string
  /** Of the file when it was read, in bytes and milliseconds; `modified` is 0 where its end is still to come. */
  readonly size: number
  readonly modified: number
  /** SHA-256 of its first bytes, unpacked, and how many they are. */
  readonly head: string
  readonly headLength: number
  /** How far it was read, in unpacked bytes, and SHA-256 of the last ones before that. */
  readonly offset: number
  readonly tail: string
  /** Absent: it is read as a whole when it has changed. */
  readonly goesOn?: GoesOn
}

const day = 86_400_000
/** A log that has not been there for so many milliseconds is forgotten: until then it may come back under another name. */
const forgotten = 60 * day

/** How far logs were read. */
export class Logs {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  at(path: string): LogMark | undefined {
    const row = this.#database.get('SELECT mark FROM logs WHERE path = ?', path)
    return row && markIn(row.mark)
  }

  /** Lengths of the heads that are remembered. */
  headLengths(): readonly number[] {
    return this.#database.all('SELECT DISTINCT head_length AS length FROM logs').map(({ length }) => Number(length))
  }

  /** Those that begin like this. */
  alike(headLength: number, head: string): readonly LogMark[] {
    return this.#database
      .all('SELECT mark FROM logs WHERE head_length = ? AND head = ?', headLength, head)
      .map(({ mark }) => markIn(mark))
  }

  keep(mark: LogMark, now: number): void {
    this.#database.run(
      'INSERT OR REPLACE INTO logs (path, head_length, head, mark, seen_at) VALUES (?, ?, ?, ?, ?)',
      mark.path,
      mark.headLength,
      mark.head,
      JSON.stringify(mark),
      now,
    )
  }

  /** These are still there; those that have long been gone are forgotten. */
  seen(paths: Iterable<string>, now: number): void {
    for (const path of paths)
      this.#database.run('UPDATE logs SET seen_at = ? WHERE path = ? AND seen_at < ?', now, path, now - day)
    this.#database.run('DELETE FROM logs WHERE seen_at < ?', now - forgotten)
  }
}

function markIn(text: unknown): LogMark {
  const mark: LogMark = JSON.parse(String(text))
  return mark
}

import type { UsageEvent } from '../model/usage.ts'
import type { Database } from './database.ts'

/** Of one key no more uses are kept than this, the newest: what is older has had its say. */
const most = 20_000

/** What logs said of watched keys. */
export class Uses {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Those that are known already stay as they are. Our own calls are nobody's use. Gives how many are new. */
  add(watched: string, events: Iterable<UsageEvent>): number {
    let fresh = 0
    for (const event of events) {
      if (event.ours === true) continue
      const { at, source, id } = event
      const added = this.#database.get(
        'INSERT OR IGNORE INTO uses (watched, at, source, id, made, event) VALUES (?, ?, ?, ?, ?, ?) RETURNING 1 AS one',
        watched,
        Math.round(at),
        source,
        id,
        event.made === undefined ? 0 : 1,
        JSON.stringify(event),
      )
      if (added !== undefined) fresh += 1
    }
    if (fresh > 0)
      this.#database.run(
        `DELETE FROM uses WHERE watched = ? AND at < (
           SELECT at FROM uses WHERE watched = ? ORDER BY at DESC LIMIT 1 OFFSET ?)`,
        watched,
        watched,
        most - 1,
      )
    return fresh
  }

  /** In the order of time. */
  *of(watched: string): Generator<UsageEvent> {
    for (const { event } of this.#database.all('SELECT event FROM uses WHERE watched = ? ORDER BY at', watched))
      yield eventOf(event)
  }

  /** Uses that made other keys, of all watched ones. */
  *makers(): Generator<readonly [watched: string, event: UsageEvent]> {
    for (const { watched, event } of this.#database.all('SELECT watched, event FROM uses WHERE made = 1 ORDER BY at'))
      yield [String(watched), eventOf(event)]
  }

  /** Takes out those that are named by their place in these files. Gives how many they were. */
  forget(watched: string, files: readonly string[]): number {
    return files.reduce((sum, file) => {
      const rows = this.#database.all(
        `DELETE FROM uses WHERE watched = ? AND (substr(id, 1, ?) = ? OR substr(id, 1, ?) = ?) RETURNING 1 AS one`,
        watched,
        file.length + 1,
        `${file}:`,
        file.length + 11,
        `${file} from byte `,
      )
      return sum + rows.length
    }, 0)
  }

  /** What all readings of logs have shown together, as who keeps it has written it. */
  get shown(): string | undefined {
    const row = this.#database.get('SELECT tally FROM shown')
    return row && String(row.tally)
  }

  set shown(tally: string) {
    this.#database.run('INSERT OR REPLACE INTO shown (one, tally) VALUES (1, ?)', tally)
  }
}

function eventOf(text: unknown): UsageEvent {
  const event: UsageEvent = JSON.parse(String(text))
  return event
}

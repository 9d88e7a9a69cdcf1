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

  forget(watched: string): void {
    this.#database.run('DELETE FROM uses WHERE watched = ?', watched)
  }

  /** What all logs of a source have shown so far, as its JSON. */
  shown(): ReadonlyMap<string, string> {
    const rows = this.#database.all('SELECT source, tally FROM shown')
    return new Map(rows.map(({ source, tally }) => [String(source), String(tally)]))
  }

  show(source: string, tally: string): void {
    this.#database.run('INSERT OR REPLACE INTO shown (source, tally) VALUES (?, ?)', source, tally)
  }
}

function eventOf(text: unknown): UsageEvent {
  const event: UsageEvent = JSON.parse(String(text))
  return event
}

import type { Caller, Rotation, Standing, Transition, Watched } from '../model/watch.ts'
import type { Database, Row } from './database.ts'

/** A watched key with what is known of it. */
export interface Entry {
  readonly watched: Watched
  readonly standing: Standing
  readonly paused: boolean
}

/** A verdict as it is kept. */
export interface Kept {
  readonly watched: string
  readonly at: number
  readonly state: string
  readonly reason: string
  readonly because: string
  readonly run: string
}

const columns = 'entry, standing, next_at, paused'

/** The keys that are watched, in a database. What one run has found out is written at once, or not at all. */
export class WatchList {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** `false`: it was watched already, and stays as it was. */
  add(watched: Watched, standing: Standing): boolean {
    if (this.one(watched.id) !== undefined) return false
    this.#database.run(
      'INSERT INTO watched (id, provider, entry, standing, state, next_at) VALUES (?, ?, ?, ?, ?, ?)',
      watched.id,
      watched.provider,
      JSON.stringify(watched),
      JSON.stringify(standing),
      standing.state,
      standing.nextAt,
    )
    return true
  }

  one(id: string): Entry | undefined {
    const row = this.#database.get(`SELECT ${columns} FROM watched WHERE id = ?`, id)
    return row && entryOf(row)
  }

  /** In the order of their ids, page by page: `after` is the last id of the page before. */
  page(after = '', count = 500): readonly Entry[] {
    return this.#database
      .all(`SELECT ${columns} FROM watched WHERE id > ? ORDER BY id LIMIT ?`, after, count)
      .map(entryOf)
  }

  *every(): Generator<Entry> {
    for (let page = this.page(); page.length > 0; page = this.page(page.at(-1)?.watched.id)) yield* page
  }

  /** Those whose time has come, longest waiting first. */
  due(now: number, count: number): readonly Entry[] {
    return this.#database
      .all(`SELECT ${columns} FROM watched WHERE paused = 0 AND next_at <= ? ORDER BY next_at LIMIT ?`, now, count)
      .map(entryOf)
  }

  /** When the next one is due; undefined where none is watched. */
  nextAt(): number | undefined {
    const at = this.#database.get('SELECT min(next_at) AS at FROM watched WHERE paused = 0')?.at
    return typeof at === 'number' ? at : undefined
  }

  /** When anything was asked last; undefined where nothing ever was. */
  lastAsked(): number | undefined {
    const at = this.#database.get('SELECT max(at) AS at FROM verdicts')?.at
    return typeof at === 'number' ? at : undefined
  }

  save({ id }: Watched, standing: Standing): void {
    const { state, nextAt, liveAt, doubtedAt, undecidedAt, unasked } = standing
    this.#database.run(
      'UPDATE watched SET standing = ?, state = ?, next_at = ?, live_at = ?, trouble_at = ? WHERE id = ?',
      JSON.stringify(standing),
      state,
      nextAt,
      liveAt ?? null,
      doubtedAt ?? (unasked ? null : (undecidedAt ?? null)),
      id,
    )
  }

  pause(id: string, paused: boolean): void {
    this.#database.run('UPDATE watched SET paused = ? WHERE id = ?', paused ? 1 : 0, id)
  }

  remove(id: string): void {
    this.#database.run('DELETE FROM verdicts WHERE watched = ?', id)
    this.#database.run('DELETE FROM watched WHERE id = ?', id)
  }

  keep({ watched, at, state, reason, because, run }: Kept): void {
    this.#database.run(
      'INSERT OR REPLACE INTO verdicts (watched, at, state, reason, because, run) VALUES (?, ?, ?, ?, ?, ?)',
      watched,
      at,
      state,
      reason,
      because,
      run,
    )
  }

  /** What was heard of a key, newest first. */
  history(id: string, count = 20): readonly Row[] {
    return this.#database.all('SELECT * FROM verdicts WHERE watched = ? ORDER BY at DESC LIMIT ?', id, count)
  }

  transitionsOf(id: string, count = 20): readonly Transition[] {
    return this.#database
      .all('SELECT says FROM transitions WHERE watched = ? ORDER BY at DESC LIMIT ?', id, count)
      .map(transitionOf)
  }

  /** Of a provider: keys in trouble since `from` or later, the first of them, and keys that answered "live" after it. */
  troubles(provider: string, from: number): { readonly count: number; readonly first: number; readonly live: number } {
    const row = this.#database.get(
      'SELECT count(*) AS count, min(trouble_at) AS first FROM watched WHERE provider = ? AND trouble_at >= ?',
      provider,
      from,
    )
    const first = Number(row?.first ?? from)
    const live = this.#database.get(
      'SELECT count(*) AS live FROM watched WHERE provider = ? AND live_at >= ? AND trouble_at IS NULL',
      provider,
      first,
    )
    return { count: Number(row?.count ?? 0), first, live: Number(live?.live ?? 0) }
  }

  /** Has some keys of a provider that work asked about now: they tell whether it still knows any. */
  summon(provider: string, now: number, count: number): void {
    this.#database.run(
      `UPDATE watched SET next_at = ? WHERE id IN (
         SELECT id FROM watched WHERE provider = ? AND state = 'live' AND trouble_at IS NULL AND paused = 0 AND next_at > ?
         ORDER BY live_at DESC LIMIT ?)`,
      now,
      provider,
      now,
      count,
    )
  }

  /** Since when a provider's answers are not believed; undefined where they are. */
  outage(provider: string): number | undefined {
    const since = this.#database.get('SELECT since FROM outages WHERE provider = ? AND until IS NULL', provider)?.since
    return typeof since === 'number' ? since : undefined
  }

  openOutage(provider: string, since: number): void {
    this.#database.run('INSERT OR IGNORE INTO outages (provider, since) VALUES (?, ?)', provider, since)
  }

  endOutage(provider: string, until: number): void {
    this.#database.run('UPDATE outages SET until = ? WHERE provider = ? AND until IS NULL', until, provider)
  }

  /** Adds to what is known of who used a key. */
  seen(id: string, callers: readonly Caller[]): void {
    for (const caller of callers) {
      const row = this.#database.get('SELECT seen FROM callers WHERE watched = ? AND caller = ?', id, caller.name)
      const known = row && callerOf(row)
      const firstAt = Math.min(caller.firstAt, known?.firstAt ?? caller.firstAt)
      const lastAt = Math.max(caller.lastAt, known?.lastAt ?? caller.lastAt)
      const actions = [...new Set([...(known?.actions ?? []), ...caller.actions])]
      this.#database.run(
        'INSERT OR REPLACE INTO callers (watched, caller, first_at, last_at, seen) VALUES (?, ?, ?, ?, ?)',
        id,
        caller.name,
        firstAt,
        lastAt,
        JSON.stringify({ ...caller, firstAt, lastAt, actions }),
      )
    }
  }

  /** Who used a key, the latest first. */
  callers(id: string): readonly Caller[] {
    return this.#database.all('SELECT seen FROM callers WHERE watched = ? ORDER BY last_at DESC', id).map(callerOf)
  }

  /** How far a source was read for a key; undefined where it never was. */
  cursor(id: string, source: string): string | undefined {
    const position = this.#database.get('SELECT position FROM cursors WHERE watched = ? AND source = ?', id, source)
    return position === undefined ? undefined : String(position.position)
  }

  cursors(id: string): ReadonlyMap<string, string> {
    const rows = this.#database.all('SELECT source, position FROM cursors WHERE watched = ?', id)
    return new Map(rows.map(({ source, position }) => [String(source), String(position)]))
  }

  moveCursor(id: string, source: string, position: string): void {
    this.#database.run(
      'INSERT OR REPLACE INTO cursors (watched, source, position) VALUES (?, ?, ?)',
      id,
      source,
      position,
    )
  }

  rotations(): readonly Rotation[] {
    return this.#database.all('SELECT rotation FROM rotations ORDER BY old').map(rotationOf)
  }

  saveRotation(rotation: Rotation): void {
    this.#database.run(
      'INSERT OR REPLACE INTO rotations (old, new, rotation) VALUES (?, ?, ?)',
      rotation.old,
      rotation.new,
      JSON.stringify(rotation),
    )
  }
}

function entryOf({ entry, standing, next_at, paused }: Row): Entry {
  const watched: Watched = JSON.parse(String(entry))
  const known: Standing = JSON.parse(String(standing))
  return { watched, standing: { ...known, nextAt: Number(next_at) }, paused: paused === 1 }
}

function callerOf({ seen }: Row): Caller {
  const caller: Caller = JSON.parse(String(seen))
  return caller
}

function transitionOf({ says }: Row): Transition {
  const transition: Transition = JSON.parse(String(says))
  return transition
}

function rotationOf({ rotation }: Row): Rotation {
  const kept: Rotation = JSON.parse(String(rotation))
  return kept
}

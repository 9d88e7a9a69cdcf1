import type { Transition } from '../model/watch.ts'
import type { Database } from './database.ts'

/** A notification that waits to be delivered. */
export interface Waiting {
  readonly transition: Transition
  readonly channel: string
  /** How often it was tried. */
  readonly attempts: number
}

/** What is to be told, kept until it was told. A delivery that was cut off is made again, with the same id. */
export class Outbox {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** `false`: it was put in before. Belongs into the transaction that has seen it happen. */
  add(transition: Transition, channels: readonly string[]): boolean {
    const { id, at, watched } = transition
    if (this.#database.get('SELECT id FROM transitions WHERE id = ?', id) !== undefined) return false
    // Its row may have been pruned since.
    if (this.#database.get('SELECT id FROM told WHERE id = ?', id) !== undefined) return false
    this.#database.run(
      'INSERT INTO transitions (id, at, watched, says) VALUES (?, ?, ?, ?)',
      id,
      at,
      watched ?? null,
      JSON.stringify(transition),
    )
    for (const channel of channels)
      this.#database.run('INSERT INTO outbox (transition, channel, next_at) VALUES (?, ?, ?)', id, channel, at)
    return true
  }

  due(now: number, count = 100): readonly Waiting[] {
    return this.#database
      .all(
        `SELECT says, channel, attempts FROM outbox JOIN transitions ON transitions.id = outbox.transition
         WHERE state = 'waiting' AND next_at <= ? ORDER BY transitions.at, transitions.id LIMIT ?`,
        now,
        count,
      )
      .map(({ says, channel, attempts }) => {
        const transition: Transition = JSON.parse(String(says))
        return { transition, channel: String(channel), attempts: Number(attempts) }
      })
  }

  /** When the next is due; undefined where none waits. */
  nextAt(): number | undefined {
    const at = this.#database.get("SELECT min(next_at) AS at FROM outbox WHERE state = 'waiting'")?.at
    return typeof at === 'number' ? at : undefined
  }

  /** Keeps other processes from sending it until then; `false` where one of them was first. */
  claim({ transition, channel }: Waiting, now: number, until: number): boolean {
    return (
      this.#database.get(
        `UPDATE outbox SET next_at = ? WHERE transition = ? AND channel = ? AND state = 'waiting' AND next_at <= ?
         RETURNING channel`,
        until,
        transition.id,
        channel,
        now,
      ) !== undefined
    )
  }

  sent({ transition, channel }: Waiting): void {
    this.#set(transition.id, channel, 'sent', null, null)
  }

  /** Tried in vain: again at `nextAt`, or never where that is undefined. */
  failed({ transition, channel }: Waiting, why: string, nextAt: number | undefined): void {
    this.#set(transition.id, channel, nextAt === undefined ? 'failed' : 'waiting', why, nextAt ?? null)
  }

  #set(id: string, channel: string, state: string, why: string | null, nextAt: number | null): void {
    this.#database.run(
      `UPDATE outbox SET state = ?, why = ?, attempts = attempts + 1, next_at = coalesce(?, next_at)
       WHERE transition = ? AND channel = ?`,
      state,
      why,
      nextAt,
      id,
      channel,
    )
  }
}

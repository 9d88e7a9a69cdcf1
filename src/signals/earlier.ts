import type { Misuse } from '../model/misuse.ts'
import type { Activity } from './activity.ts'
import { hour, kept, levels } from './constants.ts'
import { localTime } from './local-time.ts'

/** Sessions that are not told one by one, in sum: those before the leak, or before the time that was asked for. */
export class Earlier {
  #sessions = 0
  #events = 0
  #start = Number.POSITIVE_INFINITY
  #end = Number.NEGATIVE_INFINITY
  readonly #clients = new Map<string, { readonly client: string; readonly network: string; lastAt: number }>()
  readonly #actions = new Set<string>()
  readonly #hours = new Uint32Array(168)
  readonly #zone: string

  constructor(zone = 'UTC') {
    this.#zone = zone
  }

  /** What looks like somebody else's counts, but names none of the owner's clients and operations. */
  add(session: Activity, p: number): void {
    this.#sessions += 1
    this.#events += session.count
    this.#start = Math.min(this.#start, session.start)
    this.#end = Math.max(this.#end, session.last)
    if (p >= levels.suspicious) return
    this.#touch(session)
    for (const { operation } of session.uses.values())
      if (this.#actions.size < kept.actions) this.#actions.add(operation)
    const client = session.client?.family ?? 'unknown client'
    const network = session.ip ?? 'unknown network'
    const key = `${client}\0${network}`
    const known = this.#clients.get(key)
    if (known !== undefined) known.lastAt = Math.max(known.lastAt, session.last)
    else if (this.#clients.size < kept.things) this.#clients.set(key, { client, network, lastAt: session.last })
  }

  /** undefined where there were none. */
  told(): Misuse['before'] {
    if (this.#sessions === 0) return undefined
    return {
      sessions: this.#sessions,
      events: this.#events,
      start: new Date(this.#start).toISOString(),
      end: new Date(this.#end).toISOString(),
      clients: [...this.#clients.values()].map(one => ({ ...one, lastAt: new Date(one.lastAt).toISOString() })),
      actions: [...this.#actions].toSorted(),
      hours: [...this.#hours],
    }
  }

  /** A session lasts a day at most. */
  #touch({ start, last }: Activity): void {
    const touched = new Set<number>()
    for (let at = start; at < last; at += hour) touched.add(this.#hourOfWeek(at))
    touched.add(this.#hourOfWeek(last))
    for (const index of touched) this.#hours[index] = (this.#hours[index] ?? 0) + 1
  }

  #hourOfWeek(at: number): number {
    const { hour: time, weekday } = localTime(at, this.#zone)
    return ((weekday + 6) % 7) * 24 + Math.floor(time)
  }
}

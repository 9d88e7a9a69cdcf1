import type { Misuse } from '../model/misuse.ts'
import type { Activity } from './activity.ts'
import { kept, levels } from './constants.ts'

/** Sessions that are not told one by one, in sum: those before the leak, or before the time that was asked for. */
export class Earlier {
  #sessions = 0
  #events = 0
  #start = Number.POSITIVE_INFINITY
  #end = Number.NEGATIVE_INFINITY
  readonly #clients = new Map<string, { readonly client: string; readonly network: string; lastAt: number }>()
  readonly #actions = new Set<string>()

  /** What looks like somebody else's counts, but names none of the owner's clients and operations. */
  add(session: Activity, p: number): void {
    this.#sessions += 1
    this.#events += session.count
    this.#start = Math.min(this.#start, session.start)
    this.#end = Math.max(this.#end, session.last)
    if (p >= levels.suspicious) return
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
      actions: [...this.#actions],
    }
  }
}

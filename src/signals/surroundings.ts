import type { Activity } from './activity.ts'
import { kept, together } from './constants.ts'
import type { History } from './history.ts'
import { isNewNetwork } from './network.ts'

/** Where and when a session was, for those beside it. */
export interface Span {
  readonly start: number
  readonly last: number
  readonly network: string | undefined
  readonly country: string | undefined
  readonly client: string | undefined
  /** Its address says little about where its user sits: rented machines, VPN, Tor. */
  readonly elsewhere: boolean
  readonly succeeded: boolean
}

/** What lies around a session of the same key: others at the same time, and new contexts before and after the leak. */
export class Surroundings {
  readonly #spans: Span[] = []
  /** Sessions from networks new to the key, before and after the leak. */
  newBefore = 0
  newAfter = 0
  /** The last use before the leak, where there was one. */
  lastBefore: number | undefined
  /** Where the log begins: its own word for it, else its first event. */
  readonly from: number | undefined
  readonly leakedAt: number | undefined

  constructor(leakedAt: number | undefined, from: number | undefined) {
    this.leakedAt = leakedAt
    this.from = from
  }

  /** A session ended; `history` is what was known before it. */
  note(session: Activity, history: History): void {
    this.#spans.push(spanOf(session))
    if (this.#spans.length > kept.spans * 2) this.#spans.splice(0, kept.spans)
    const fresh = history.sessions > 0 && isNewNetwork(session, history)
    if (this.isAfter(session)) this.newAfter += fresh ? 1 : 0
    else {
      this.newBefore += fresh ? 1 : 0
      this.lastBefore = Math.max(this.lastBefore ?? session.last, session.last)
    }
  }

  /** Sessions that ended not long before this one began, or later. */
  near({ start }: Span): readonly Span[] {
    return this.#spans.filter(({ last }) => last >= start - together.ocean)
  }

  isAfter({ start }: Pick<Activity, 'start'>): boolean {
    return this.leakedAt === undefined || start >= this.leakedAt
  }
}

export function spanOf(session: Activity): Span {
  const { tor, vpn, hosting, cloud } = session.address
  return {
    start: session.start,
    last: session.last,
    network: session.asn === undefined ? session.block : `AS${session.asn}`,
    country: session.country,
    client: session.client?.family,
    elsewhere: tor === true || vpn === true || hosting === true || cloud !== undefined,
    succeeded: session.succeeded,
  }
}

import type { Activity } from './activity.ts'
import { day, kept, rate } from './constants.ts'
import { localTime } from './local-time.ts'

/** Values of one kind, each with the number of sessions that had it. */
export class Seen {
  readonly #counts = new Map<string, number>()
  /** Sessions that had a value at all. */
  sessions = 0
  /** Values that exactly one session had: by Good and Turing, how likely the next one is new. */
  once = 0

  has(value: string): boolean {
    return this.#counts.has(value)
  }

  get distinct(): number {
    return this.#counts.size
  }

  add(value: string): void {
    this.sessions += 1
    const count = this.#counts.get(value) ?? 0
    if (count === 0 && this.#counts.size >= kept.values) return
    if (count === 0) this.once += 1
    if (count === 1) this.once -= 1
    this.#counts.set(value, count + 1)
  }
}

export const measures = ['calls', 'bytes', 'cost'] as const
export type Measure = (typeof measures)[number]

/** What an owner's sessions of one key were like. Only sessions with p < .5 are learned. */
export class History {
  sessions = 0
  events = 0
  first: number | undefined
  last: number | undefined
  readonly days = new Set<number>()
  readonly countries = new Seen()
  readonly networks = new Seen()
  readonly blocks = new Seen()
  readonly addresses = new Seen()
  readonly clients = new Seen()
  readonly actors = new Seen()
  readonly operations = new Seen()
  readonly asked = new Seen()
  readonly containers = new Seen()
  readonly regions = new Seen()
  /** Most distinct things of a kind that one session took. */
  readonly mostTaken = new Map<string, number>()
  /** Starts of sessions by quarter of an hour where the owner works: on weekdays, on weekends. */
  readonly quarters = { week: new Float64Array(96), weekend: new Float64Array(96) }
  readonly gaps: number[] = []
  readonly hourly = new Map<number, Record<Measure, number>>()

  readonly #zone: string

  constructor(zone = 'UTC') {
    this.#zone = zone
  }

  learn(session: Activity): void {
    this.sessions += 1
    this.events += session.count
    if (this.last !== undefined && session.start > this.last && this.gaps.length < kept.gaps)
      this.gaps.push(session.start - this.last)
    this.first = Math.min(this.first ?? session.start, session.start)
    this.last = Math.max(this.last ?? session.last, session.last)
    this.days.add(Math.floor(session.start / day))
    const { hour, weekend } = localTime(session.start, this.#zone)
    const quarters = weekend ? this.quarters.weekend : this.quarters.week
    const quarter = Math.floor(hour * 4) % 96
    quarters[quarter] = (quarters[quarter] ?? 0) + 1
    addTo(this.countries, session.country)
    addTo(this.networks, session.asn?.toString())
    addTo(this.blocks, session.block)
    addTo(this.addresses, session.ip)
    addTo(this.clients, session.client?.family)
    for (const actor of session.actors) this.actors.add(actor)
    for (const operation of session.uses.keys()) this.operations.add(operation)
    for (const rule of session.asked.keys()) this.asked.add(rule)
    for (const container of session.taken.containers) this.containers.add(container)
    for (const region of session.regions) this.regions.add(region)
    for (const kind of session.taken.calls.keys())
      this.mostTaken.set(kind, Math.max(this.mostTaken.get(kind) ?? 0, session.taken.amountOf(kind)))
    this.#learnHours(session)
  }

  #learnHours({ hours: own }: Activity): void {
    let newest = 0
    for (const [index, { calls, bytes, cost }] of own) {
      newest = Math.max(newest, index)
      const sums = this.hourly.get(index)
      if (sums === undefined) this.hourly.set(index, { calls, bytes, cost })
      else {
        sums.calls += calls
        sums.bytes += bytes
        sums.cost += cost
      }
    }
    if (this.hourly.size > rate.window * 2)
      for (const index of this.hourly.keys()) if (index < newest - rate.window) this.hourly.delete(index)
  }
}

function addTo(seen: Seen, value: string | undefined): void {
  if (value !== undefined) seen.add(value)
}

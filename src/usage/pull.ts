import { createHash } from 'node:crypto'
import type { Usage } from '../catalog/sources.ts'
import { entriesOf, pagesOf } from '../engine/pages.ts'
import { sideBySide } from '../engine/side-by-side.ts'
import { type Asking, isMeant, prepared } from '../engine/steps.ts'
import { isRecord } from '../model/path.ts'
import type { Facts, Stop } from '../model/reading.ts'
import type { Send } from '../model/request.ts'
import type { Coverage } from '../model/usage.ts'
import type { Row } from '../text/row.ts'
import { finish, type LogEvent } from './finish.ts'
import type { LogFormat } from './format.ts'
import type { Joined } from './join.ts'
import type { Handful } from './read.ts'

/** One log of one provider, ready to be asked for. Times are in milliseconds. */
export interface PullPlan extends Asking<Usage> {
  /** For what is asked before: what several keys or sources begin with is asked once. */
  readonly lists: Send
  /** Ids of the cases whose use it shows. */
  readonly credentials: readonly string[]
  readonly name: string
  readonly spec: Usage
  readonly format: LogFormat
  readonly facts: Facts
  /** The pieces of that time that are asked one by one: moments for holes. */
  readonly windows: readonly Facts[]
  readonly from: number
  readonly to: number
  /** Since when its events are known, where those before `from` were read earlier. */
  readonly known?: number
  /** Whose all of its events are, where the request itself says so. */
  readonly whose?: readonly Joined[]
}

/** Sources that are asked at the same time; each host has its own pace besides. */
const atOnce = 8
/** No source is read further than this, unless its file says less. */
const mostEvents = 500_000
const mostChildren = 200
/** Keys that were made by keys that were made. */
const mostGenerations = 4

/** Reads logs from the providers themselves, page by page, and says of each what it could tell. */
export class Pull {
  readonly #plans: readonly PullPlan[]
  readonly #coverage = new Map<string, Coverage[]>()

  constructor(plans: readonly PullPlan[]) {
    this.#plans = plans
  }

  /** Events as they come, a page at a time. */
  handfuls(): AsyncGenerator<Handful> {
    return sideBySide(
      this.#plans.map(plan => () => this.#read(plan)),
      atOnce,
    )
  }

  /** What each source could tell of a case; complete once all was read. */
  coverage(credential: string): readonly Coverage[] {
    return this.#coverage.get(credential) ?? []
  }

  async *#read(plan: PullPlan): AsyncGenerator<Handful> {
    const tally = new PullTally()
    const parts: Facts[] = []
    for await (const step of prepared(plan.spec.before ?? [], plan.facts, { ...plan, send: plan.lists })) {
      if (step.stop !== undefined) tally.stopped(step.stop)
      else for (const window of plan.windows) parts.push({ ...step.facts, ...window })
      if (step.stop === undefined && step.note !== undefined) tally.notes.add(step.note)
    }
    let made: ReadonlySet<string> = new Set()
    const asked = new Set<string>()
    let round: readonly Facts[] = parts
    for (let generation = 0; generation < mostGenerations && round.length > 0; generation++) {
      const children = new Set<string>()
      yield* sideBySide(
        round.map(facts => () => this.#pages(plan, facts, tally, children)),
        atOnce,
      )
      const { children: hole } = plan.spec
      made = new Set([...children].filter(child => !asked.has(child)).slice(0, mostChildren - asked.size))
      for (const child of made) asked.add(child)
      round = hole === undefined ? [] : [...made].flatMap(child => parts.map(facts => ({ ...facts, [hole]: child })))
    }
    const coverage = tally.coverage(plan)
    for (const credential of plan.credentials)
      this.#coverage.set(credential, [...(this.#coverage.get(credential) ?? []), coverage])
  }

  async *#pages(plan: PullPlan, facts: Facts, tally: PullTally, children: Set<string>): AsyncGenerator<Handful> {
    const { spec, format, whose, to } = plan
    const pages = pagesOf(
      next => plan.make(spec, facts, next),
      spec,
      ({ body }) => entriesOf(body, spec.events).length,
      plan.send,
    )
    for (;;) {
      const { value: page, done } = await pages.next()
      if (done === true) {
        tally.ended(page)
        return
      }
      const events: LogEvent[] = []
      let newest = Number.NEGATIVE_INFINITY
      for (const record of recordsIn(page.reply.body, spec)) {
        if (spec.only !== undefined && !isMeant(record, spec.only, facts, plan.parts)) continue
        for (const draft of [format.json?.read(record)].flat()) {
          if (draft === undefined || draft === 'pass') continue
          const name = draft.id === undefined ? tally.nameOf(record) : { file: format.id, line: 0 }
          const standing = { source: format.id, ...name, nth: ++tally.records }
          const event = finish(draft, standing)
          newest = Math.max(newest, event?.at ?? newest)
          // What came after we began to ask is for the next time; our own questions are among it.
          if (event === undefined || event.at > to || !isWithin(event, facts, plan)) continue
          tally.add(event.at)
          for (const child of event.made ?? []) children.add(child)
          events.push(whose === undefined ? event : { ...event, whose })
        }
      }
      if (events.length > 0) yield { format, events }
      if (spec.newest_first && newest < plan.from && newest > 0) {
        tally.ended(undefined)
        return
      }
      const most = spec.no_further ?? mostEvents
      if (tally.records >= most) {
        tally.ended({ state: 'partial', why: `read no further than the last ${most} events` })
        return
      }
    }
  }
}

/** Pieces of time that a provider rounds overlap: an event belongs to one of them. */
function isWithin({ at }: LogEvent, { since_ms: since, until_ms: until }: Facts, { from, to }: PullPlan): boolean {
  return (at >= Number(since) || Number(since) === from) && (at < Number(until) || Number(until) === to)
}

function* recordsIn(body: unknown, { events, within }: Usage): Generator<Row> {
  for (const entry of entriesOf(body, events)) {
    if (!isRecord(entry)) continue
    if (within === undefined) yield entry
    else for (const inner of entriesOf(entry, within)) if (isRecord(inner)) yield { ...entry, ...inner }
  }
}

/** What one source told so far. */
class PullTally {
  records = 0
  readonly notes = new Set<string>()
  readonly #alike = new Map<string, number>()
  readonly #stops: Stop[] = []
  #parts = 0
  #events = 0
  #oldest = Number.POSITIVE_INFINITY

  /** What an event without an id is called: by what it says, and which of those that say the same it is. So it has the same name when it is asked for again. */
  nameOf(record: Row): { readonly file: string; readonly line: number } {
    const file = createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 24)
    const line = (this.#alike.get(file) ?? 0) + 1
    this.#alike.set(file, line)
    return { file, line }
  }

  add(time: number): void {
    this.#events++
    if (time < this.#oldest) this.#oldest = time
  }

  stopped(stop: Stop): void {
    this.#parts++
    this.#stops.push(stop)
  }

  /** One part of it, a Region say, was read: to its end, or not. */
  ended(stop: Stop | undefined): void {
    this.#parts++
    if (stop !== undefined) this.#stops.push(stop)
  }

  coverage({ spec, format, from, to, known = from }: PullPlan): Coverage {
    const [first] = this.#stops
    const nothing = this.#events === 0 && first !== undefined && this.#stops.length === this.#parts
    const state = nothing
      ? first.state
      : this.#stops.length > 0 || this.notes.size > 0
        ? 'partial'
        : this.#events === 0
          ? 'empty'
          : 'ok'
    const reasons = [...new Set(this.#stops.map(({ why }) => why))]
    const some =
      this.#stops.length < this.#parts && reasons.length > 0 ? `${this.#stops.length} of ${this.#parts} requests: ` : ''
    const why = [...(reasons.length > 0 ? [`${some}${reasons.join('; ')}`] : []), ...this.notes].join('. ')
    const lag = spec.lag ?? format.coverage.lag
    const since = state === 'partial' && Number.isFinite(this.#oldest) && reasons.length > 0 ? this.#oldest : known
    return {
      source: format.id,
      state,
      covers: spec.covers,
      ...(!nothing && { window: { from: new Date(since).toISOString(), to: new Date(to).toISOString() } }),
      ...(lag !== undefined && { lag }),
      blind: [...spec.blind, ...kept(spec.goes_back)],
      ...(why !== '' && { why }),
    }
  }
}

function kept(goesBack: string | undefined): readonly string[] {
  if (goesBack === undefined) return []
  const days = goesBack.endsWith('h') ? `${goesBack.slice(0, -1)} hours` : `${goesBack.slice(0, -1)} days`
  return [`nothing older than ${days} is kept`]
}

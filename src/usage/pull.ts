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
  /** What it is called, where its provider has several logs of its form. */
  readonly source?: string
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
/** Clocks differ by no more than this, in milliseconds. */
const clocksDiffer = 5 * 60_000

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
      if (step.stop !== undefined) tally.part().stop = step.stop
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
    const part = tally.part()
    const pages = pagesOf(
      next => plan.make(spec, facts, next),
      spec,
      ({ body }) => entriesOf(body, spec.events).length,
      plan.send,
    )
    for (;;) {
      const { value: page, done } = await pages.next()
      if (done === true) {
        part.stop = page
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
          if (event === undefined) continue
          part.first ??= event.at
          part.last = event.at
          if (event.at > Date.parse(page.sentAt) + clocksDiffer) tally.ahead++
          // What came after we began to ask is for the next time; our own questions are among it.
          if (event.at > to || !isWithin(event, facts, plan)) continue
          tally.events++
          for (const child of event.made ?? []) children.add(child)
          events.push(whose === undefined ? event : { ...event, whose })
        }
      }
      if (events.length > 0) yield { format, events }
      if (spec.newest_first && newest < plan.from && newest > 0) return
      const most = spec.no_further ?? mostEvents
      if (tally.records >= most) {
        part.stop = { state: 'partial', why: `read no further than ${most} events` }
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

/** One part of a source, a Region or a piece of time: in which order its events came, and why it was not read to its end. */
interface Part {
  first?: number
  last?: number
  stop?: Stop | undefined
}

/** What one source told so far. */
class PullTally {
  records = 0
  events = 0
  /** Events from what is the future by our clock. */
  ahead = 0
  readonly notes = new Set<string>()
  readonly #alike = new Map<string, number>()
  readonly #parts: Part[] = []

  /** What an event without an id is called: by what it says, and which of those that say the same it is. So it has the same name when it is asked for again. */
  nameOf(record: Row): { readonly file: string; readonly line: number } {
    const file = createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 24)
    const line = (this.#alike.get(file) ?? 0) + 1
    this.#alike.set(file, line)
    return { file, line }
  }

  /** Another part of it, to be read. */
  part(): Part {
    const part: Part = {}
    this.#parts.push(part)
    return part
  }

  coverage({ spec, format, source = format.id, to, from, known = from }: PullPlan): Coverage {
    const stops = this.#parts.flatMap(({ stop }) => stop ?? [])
    const [first] = stops
    const nothing = this.events === 0 && first !== undefined && stops.length === this.#parts.length
    const notes = [...this.notes, ...(this.ahead > 0 ? [clockNote(this.ahead)] : [])]
    const isPartial = stops.length > 0 || notes.length > 0
    const state = nothing ? first.state : isPartial ? 'partial' : this.events === 0 ? 'empty' : 'ok'
    const reasons = [...new Set(stops.map(({ why }) => why))]
    const some =
      stops.length < this.#parts.length && reasons.length > 0
        ? `${stops.length} of ${this.#parts.length} requests: `
        : ''
    const why = [...(reasons.length > 0 ? [`${some}${reasons.join('; ')}`] : []), ...notes].join('. ')
    const lag = spec.lag ?? format.coverage.lag
    return {
      source,
      state,
      covers: spec.covers,
      ...(!nothing && { window: this.#window(known, to) }),
      ...(lag !== undefined && { lag }),
      blind: [...spec.blind, ...kept(spec.goes_back)],
      ...(why !== '' && { why }),
    }
  }

  /** Of a part that ended early, one end of the time is missing: the older one, or the newer where the oldest came first. */
  #window(from: number, to: number): NonNullable<Coverage['window']> {
    let [since, until] = [from, to]
    for (const { first, last, stop } of this.#parts) {
      if (stop === undefined || first === undefined || last === undefined) continue
      if (first < last) until = Math.min(until, last)
      else since = Math.max(since, last)
    }
    return { from: new Date(since).toISOString(), to: new Date(Math.max(since, until)).toISOString() }
  }
}

function clockNote(events: number): string {
  const some = events === 1 ? 'one event is' : `${events} events are`
  return `${some} later than this machine's clock, and left out: is the clock right?`
}

function kept(goesBack: string | undefined): readonly string[] {
  if (goesBack === undefined) return []
  const days = goesBack.endsWith('h') ? `${goesBack.slice(0, -1)} hours` : `${goesBack.slice(0, -1)} days`
  return [`nothing older than ${days} is kept`]
}

import { createHash } from 'node:crypto'
import type { Misuse } from '../model/misuse.ts'
import type { UsageEvent } from '../model/usage.ts'
import type { Checked } from '../pipeline.ts'
import { wantsParameters } from '../signals/requests/asked.ts'
import type { Database } from '../store/database.ts'
import { type LogMark, Logs } from '../store/logs.ts'
import { Uses } from '../store/uses.ts'
import { type Entry, WatchList } from '../store/watch-list.ts'
import type { Input } from '../text/input.ts'
import { type Counted, coverageOf } from '../usage/coverage.ts'
import { logFormats } from '../usage/formats.ts'
import { type JoinKeys, joinKeysOf } from '../usage/join.ts'
import { newParts, readParts } from '../usage/log-parts.ts'
import type { Handful } from '../usage/read.ts'
import { remembered } from '../usage/remembered.ts'
import { withEarlier, writtenCount } from '../usage/shown.ts'
import { gatherUsage, type Usage } from '../usage/usage.ts'
import { deadlinesOf } from '../watch/open-rotations.ts'
import { earlierUsers } from './earlier-users.ts'
import { type Investigation, investigate } from './investigate.ts'
import type { AskedEarlier, Sources } from './sources.ts'
import { caseOf, verdictOf } from './watched-case.ts'

export interface WatchedUsesOptions {
  readonly database: Database
  /** Opened for one cycle: its logs are read once. */
  readonly how: Investigation
  /** With what providers' own logs are asked for; none are if absent. */
  readonly sources?: Sources | undefined
  /** The paths of those logs. */
  readonly paths: readonly string[]
  /** How they are read, besides what is shipped: where that has changed, all of them are read anew. */
  readonly way: string
  readonly now: () => number
}

const hour = 3_600_000
const day = 24 * hour

/** Uses of watched keys over time: logs are read as far as they are new, and what they said is kept. */
export class WatchedUses {
  readonly #options: WatchedUsesOptions
  readonly #list: WatchList
  readonly #logs: Logs
  readonly #uses: Uses
  #fresh = 0
  /** The logs that there are; found once in a cycle. */
  #there: Input[] | undefined

  constructor(options: WatchedUsesOptions) {
    this.#options = options
    this.#list = new WatchList(options.database)
    this.#logs = new Logs(options.database)
    this.#uses = new Uses(options.database)
  }

  /** Uses that were not known before, so far in this cycle. */
  get fresh(): number {
    return this.#fresh
  }

  /**
   * Reads what is new in the logs, for every watched key; for a key that is new, or is known by other names than before,
   * all that was read before too. Then gives what is to be said of keys that are not asked about now. May be asked again
   * when keys were: of some it is known only then whose they are.
   */
  async *ofOthers(): AsyncGenerator<{ readonly id: string; readonly misuse: Misuse }> {
    const touched = await this.#read()
    const { now, sources } = this.#options
    // That nobody uses the old key of a rotation any more is news too.
    const rotated = deadlinesOf(this.#list)
    const isToTell = ({ watched: { id } }: Entry): boolean => touched.has(id) || rotated.has(id)
    const checked: Checked[] = []
    for (const entry of this.#list.every()) {
      const { watched, standing, paused } = entry
      const isOther = paused || standing.nextAt > now()
      if (isOther && (isToTell(entry) || this.#isToPull(entry))) checked.push(caseOf(watched, verdictOf(standing)))
    }
    for (let start = 0; start < checked.length; start += handful) {
      const some = checked.slice(start, start + handful)
      // Their values are not at hand, and would not be used if they were.
      for (const [id, misuse] of await this.assessed(some, sources && { ...sources, noTouch: true }))
        yield { id, misuse }
    }
  }

  /** What all that is known of their use says, the latest from their providers included, and who used them before the leak. */
  async assessed(checked: readonly Checked[], sources = this.#options.sources): Promise<ReadonlyMap<string, Misuse>> {
    const { how, database, now } = this.#options
    if (checked.length === 0) return new Map()
    const outcome = await investigate(checked, {
      ...how,
      logs: [],
      ...(sources !== undefined && { sources }),
      remembered: {
        events: id => this.#uses.of(id),
        coverage: coverageOf([this.#shown([])]),
        pulled: this.#pulledBefore,
      },
    })
    if (sources !== undefined)
      database.atomically(() => {
        for (const { one } of checked) {
          const asked = outcome.pulled(one.id)
          if (this.#list.one(one.id) === undefined) continue
          if (asked.length > 0) this.#fresh += this.#uses.add(one.id, outcome.events(one.id))
          this.#list.moveCursor(one.id, 'pulled', String(now()))
          for (const { source, state, window } of asked)
            if (window !== undefined && (state === 'ok' || state === 'empty'))
              this.#list.moveCursor(one.id, `pulled ${source}`, `${Date.parse(window.from)} ${Date.parse(window.to)}`)
        }
      })
    return new Map(
      outcome.cases.map(({ id, misuse }) => {
        const earlier = earlierUsers(outcome.events(id), misuse.leakedAt)
        return [id, { ...misuse, sessions: [...earlier, ...misuse.sessions] }]
      }),
    )
  }

  /** Comes back with the keys of which something new was seen. */
  async #read(): Promise<ReadonlySet<string>> {
    const { how, database, now } = this.#options
    const keys = new Map<string, JoinKeys>()
    for (const entry of this.#list.every()) keys.set(entry.watched.id, this.#keysOf(entry))
    const isFirst = this.#logs.headLengths().length === 0
    const cursor = `logs ${digestOf(this.#options.paths.toSorted())}`
    const isBehind = (id: string): boolean => !isFirst && this.#list.cursor(id, cursor) !== this.#nameOf(keys.get(id))
    const behind = new Set([...keys.keys()].filter(isBehind))
    const keysOf = (want: (id: string) => boolean): readonly JoinKeys[] =>
      [...keys].filter(([id]) => want(id)).map(([, each]) => each)
    const marks = new Map<string, LogMark>()
    const before = this.#there
    const there: Input[] = before ?? []
    this.#there = there
    const { warn, scrub } = how
    const clean = (_name: string, value: unknown): unknown => (typeof value === 'string' ? scrub(value) : value)
    const keep = ({ goesOn, ...mark }: LogMark): void =>
      void marks.set(mark.path, { ...mark, ...(goesOn && { goesOn: JSON.parse(JSON.stringify(goesOn), clean) }) })
    const parts = newParts(before ?? noting(how.logs, there), { marks: this.#logs, warn, keep })
    const fresh = await this.#gathered(
      parts,
      keysOf(id => !behind.has(id)),
    )
    const at = (path: string): LogMark | undefined => marks.get(path) ?? this.#logs.at(path)
    const anew =
      behind.size === 0
        ? undefined
        : await this.#gathered(
            readParts(there, { marks: { at }, warn: () => undefined }),
            keysOf(id => behind.has(id)),
          )
    // Lines without a name of their own are named by file and place: of these, those that are read anew.
    const names = there.flatMap(({ name }) => at(name) ?? []).flatMap(({ goesOn, name }) => (goesOn ? [name] : []))
    return database.atomically(() => {
      const touched = new Set<string>()
      for (const id of keys.keys()) {
        const begins = isFirst || behind.has(id)
        const history = (behind.has(id) ? anew : fresh)?.history(id) ?? nothing
        // Of most keys nothing is new. Of others, somebody may have taken one out meanwhile.
        if ((history.length === 0 && !begins) || this.#list.one(id) === undefined) continue
        const gone = behind.has(id) ? this.#uses.forget(id, names) : 0
        const count = Math.max(0, this.#uses.add(id, history) - gone)
        if (count > 0) touched.add(id)
        this.#fresh += count
        if (begins) this.#list.moveCursor(id, cursor, this.#nameOf(keys.get(id)))
      }
      for (const mark of marks.values()) this.#logs.keep(mark, now())
      this.#logs.seen(
        there.map(({ name }) => name),
        now(),
      )
      this.#uses.shown = writtenCount(this.#shown(fresh.tallies))
      return touched
    })
  }

  #gathered(inputs: AsyncIterable<Input>, keys: readonly JoinKeys[]): Promise<Usage> {
    const { scrub, warn, footsteps, formats, year } = this.#options.how
    return footsteps().then(ours =>
      gatherUsage(inputs, {
        keys,
        scrub,
        warn,
        footsteps: ours,
        wants: wantsParameters,
        formats,
        remembered: this.#makers(),
        ...(year !== undefined && { year }),
      }),
    )
  }

  /** So that uses of keys that were made earlier are known for theirs. */
  *#makers(): Generator<Handful> {
    for (const [id, event] of this.#uses.makers()) yield* remembered(id, [event], this.#options.how.formats)
  }

  #shown(more: readonly Counted[]): Counted {
    return withEarlier(this.#uses.shown, more, [...this.#options.how.formats, ...logFormats])
  }

  #keysOf({ watched, standing }: Entry): JoinKeys {
    const { one, parts } = caseOf(watched, verdictOf(standing))
    const principals = this.#options.how.principals?.(watched.provider) ?? []
    return joinKeysOf(one, parts, { principals, hashes: watched.hashes ?? [] })
  }

  /** Changes where a key would be found in other lines of the same logs. */
  #nameOf(keys: JoinKeys | undefined): string {
    return digestOf([keys, this.#options.way])
  }

  readonly #pulledBefore: AskedEarlier = (id, source) => {
    const [from, until] = this.#list.cursor(id, `pulled ${source}`)?.split(' ').map(Number) ?? []
    return from === undefined || until === undefined ? undefined : { from, until }
  }

  /** Often while something may still happen to it; no key is touched by that. */
  #isToPull({ watched: { id, provider }, standing: { calmFrom } }: Entry): boolean {
    const { sources, now } = this.#options
    if (sources?.admins.has(provider) !== true) return false
    const every = now() - calmFrom < 7 * day ? hour : day
    return Number(this.#list.cursor(id, 'pulled') ?? 0) + every <= now()
  }
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64')
}

const nothing: readonly UsageEvent[] = []

/** Keys that are judged at a time. */
const handful = 500

async function* noting(logs: AsyncIterable<Input> | Iterable<Input>, there: Input[]): AsyncGenerator<Input> {
  for await (const log of logs) {
    there.push(log)
    yield log
  }
}

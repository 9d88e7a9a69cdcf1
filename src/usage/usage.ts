import type { Warning } from '../model/finding.ts'
import type { Coverage, UsageEvent } from '../model/usage.ts'
import type { Input } from '../text/input.ts'
import { coverageOf, type FileCoverage, filesCovered } from './coverage.ts'
import type { LogEvent } from './finish.ts'
import type { Footsteps } from './footsteps.ts'
import type { LogFormat } from './format.ts'
import { logFormats } from './formats.ts'
import { type UsageHistory, UsageStore } from './history.ts'
import { type Joined, Joiner, type JoinKeys } from './join.ts'
import { Keepers, type KeptKey, readersOf } from './keepers.ts'
import { type Handful, LogReader, type ReadOptions } from './read.ts'
import { SeenKeys } from './seen-keys.ts'
import type { Tally } from './tally.ts'

export interface UsageOptions {
  /** Whose events are kept: what `joinKeysOf` says of each case. */
  readonly keys: readonly JoinKeys[]
  readonly warn: (warning: Warning) => void
  /** Takes secrets out of a text: a `Keyring`'s `scrub`. Asked once for each distinct text. */
  readonly scrub: (text: string) => string
  /** What our ledgers say that we did; without it no event is ours. */
  readonly footsteps?: Footsteps
  /** Events whose parameters are kept; none if absent. */
  readonly wants?: (event: LogEvent) => boolean
  /** Logs besides the known ones, tried first: what a user's field map says. */
  readonly formats?: readonly LogFormat[]
  /** The year of lines that name none; by default each file's own date tells. */
  readonly year?: number
  /** Events that were asked for at the providers, as they come; read after the files. */
  readonly pulled?: AsyncIterable<Handful>
  /** Events that were read at another time, and held against ledgers then; taken before the files. */
  readonly remembered?: Iterable<Handful>
  /** Where keys are kept: reads there are kept under `readersOf` their case. */
  readonly kept?: readonly KeptKey[]
}

/** What log files tell of the credentials that were asked for. */
export interface Usage {
  /** The events of a case, in the order of time. */
  history(credential: string): UsageHistory
  /** One entry for each log. */
  readonly coverage: readonly Coverage[]
  readonly files: readonly FileCoverage[]
  /** What `coverage` was made of. */
  readonly tallies: readonly Tally[]
}

/** How often files are read again for keys that were made by keys that were made. */
const mostRounds = 4

/** All events of log files as they come, each under the name that its log gives the key or its owner; nothing is joined. */
export async function* readUsage(
  inputs: AsyncIterable<Input> | Iterable<Input>,
  options: Pick<UsageOptions, 'warn' | 'formats' | 'year'>,
): AsyncGenerator<readonly UsageEvent[]> {
  for await (const input of inputs)
    for await (const { events } of new LogReader(input, reading(options)).read()) yield events.map(asLogged)
}

/**
 * Reads log files and keeps the events of the given credentials and of the keys that they made, compactly. Files are
 * read again only where a key was made after a line that may be its use.
 */
export async function gatherUsage(
  inputs: AsyncIterable<Input> | Iterable<Input>,
  options: UsageOptions,
): Promise<Usage> {
  const store = new UsageStore(options.scrub)
  const keepers = new Keepers(options.kept ?? [])
  const joiners = new Map<LogFormat, Joiner>()
  const files: { readonly input: Input; readonly tally: Tally }[] = []
  const others = new SeenKeys()
  let late = new Map<string, Place>()

  function joinerOf(format: LogFormat): Joiner {
    const known = joiners.get(format) ?? new Joiner(options.keys, format)
    joiners.set(format, known)
    return known
  }

  /** Whose event it is; where `only` is given, only those keys that were found after it. */
  function ownersOf(
    joiner: Joiner,
    event: LogEvent,
    file: number,
    only: ReadonlyMap<string, Place> | undefined,
  ): readonly Joined[] {
    const all = joiner.of(event)
    if (only !== undefined) return all.filter(one => isBefore(file, event.nth, only.get(one.uid)))
    if (all.length === 0) for (const key of event.keys) others.add(key)
    return all
  }

  function keep(joiner: Joiner, event: LogEvent, owners: readonly Joined[], at: Place): void {
    for (const joined of owners) {
      store.add(event, joined, {
        ours: at !== earlier && (options.footsteps?.made(event) ?? false),
        parameters: event.parameters !== undefined && (options.wants?.(event) ?? false),
      })
      for (const child of event.made ?? []) if (joiner.adopt(child, joined) && others.has(child)) late.set(child, at)
    }
  }

  function noteRead(event: LogEvent, { credential, store: place }: KeptKey): void {
    const uid = event.keys[0] ?? event.principals[0] ?? 'nobody named'
    const joined: Joined = { credential: readersOf(credential), uid, match: 'exact' }
    const ours = options.footsteps?.made(event) ?? false
    store.add({ ...event, resource: place }, joined, { ours, parameters: false })
  }

  /** Keeps what is somebody's of some events; comes back with how many that were. */
  async function take({ format, events }: Handful, file: number, only?: ReadonlyMap<string, Place>): Promise<number> {
    const joiner = joinerOf(format)
    let joined = 0
    for (const event of events) {
      const owners = ownersOf(joiner, event, file, only)
      const read = only === undefined ? keepers.of(event) : []
      if (owners.length + read.length === 0) continue
      const ledgers = options.footsteps?.ready(event)
      if (ledgers !== undefined) await ledgers
      for (const key of read) noteRead(event, key)
      keep(joiner, event, owners, only === undefined ? { file, nth: event.nth } : everywhere)
      joined++
    }
    return joined
  }

  async function pass(file: number, input: Input, only?: ReadonlyMap<string, Place>): Promise<Tally> {
    const quiet = only === undefined ? options : { ...options, warn: () => undefined }
    const reader = new LogReader(input, reading(quiet))
    for await (const handful of reader.read()) reader.tally.of(handful.format).joined += await take(handful, file, only)
    if (only === undefined) input.done?.(reader.goesOn)
    return reader.tally
  }

  for (const { format, events } of options.remembered ?? [])
    for (const event of events) keep(joinerOf(format), event, event.whose ?? [], earlier)
  for await (const input of inputs) files.push({ input, tally: await pass(files.length, input) })
  for await (const handful of options.pulled ?? []) await take(handful, files.length)
  for (let round = 0; late.size > 0 && round < mostRounds; round++) {
    const wanted = late
    late = new Map()
    const last = Math.max(...[...wanted.values()].map(({ file }) => file))
    for (const [file, { input, tally }] of files.slice(0, last + 1).entries()) {
      if (input.once === true) options.warn({ file: input.name, message: unreadAgain })
      else for (const seen of (await pass(file, input, wanted)).logs) tally.of(seen.format).joined += seen.joined
    }
  }
  return {
    history: credential => store.history(credential),
    coverage: coverageOf(files.map(({ tally }) => tally)),
    tallies: files.map(({ tally }) => tally),
    files: files.flatMap(({ input, tally }) => filesCovered(input.name, tally)),
  }
}

interface Place {
  readonly file: number
  readonly nth: number
}

/** Of a key that was found while files were read again, nothing was kept so far. */
const everywhere: Place = { file: Number.POSITIVE_INFINITY, nth: 0 }

/** Where what was read at another time stands: before everything. */
const earlier: Place = { file: -1, nth: 0 }

const unreadAgain =
  'can be read but once: uses of a key that stand before the line in which it was made are not in the result. Give it as a file.'

function isBefore(file: number, nth: number, place: Place | undefined): boolean {
  return place !== undefined && (file < place.file || (file === place.file && nth < place.nth))
}

function reading({ warn, formats = [], year }: Pick<UsageOptions, 'warn' | 'formats' | 'year'>): ReadOptions {
  return { formats: [...formats, ...logFormats], warn, year }
}

function asLogged({
  keys,
  principals,
  call: _call,
  mark: _mark,
  nth: _nth,
  secrets: _secrets,
  whose: _whose,
  ...event
}: LogEvent): UsageEvent {
  const [key] = keys
  const [principal] = principals
  if (key !== undefined) return { ...event, credential: { uid: key, match: 'exact' } }
  if (principal !== undefined) return { ...event, credential: { uid: principal, match: 'principal' } }
  return { ...event, credential: { uid: event.account ?? '', match: 'account' } }
}

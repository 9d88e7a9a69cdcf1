import type { Coverage } from '../model/usage.ts'
import type { Seen, Tally } from './tally.ts'

/** What one file told: which logs, from when to when, how many events, and how many of them belong to keys that were asked for. */
export interface FileCoverage {
  readonly file: string
  readonly source: string
  readonly window?: { readonly from: string; readonly to: string }
  readonly events: number
  readonly joined: number
  /** Records and lines of the file that no format understood. */
  readonly unknown: number
}

/** What each file told, log by log. */
export function filesCovered(file: string, { logs, unknown }: Tally): readonly FileCoverage[] {
  return logs.map(seen => ({
    file,
    source: seen.format.id,
    ...(seen.events > 0 && { window: windowOf(seen) }),
    events: seen.events,
    joined: seen.joined,
    unknown,
  }))
}

/** What was counted, and the lines that no log was told by. */
export type Counted = Pick<Tally, 'logs' | 'unknown'>

/** Several counts as one, each log once. */
export function together(tallies: readonly Counted[]): Counted {
  const logs = new Map<string, Seen[]>()
  for (const seen of tallies.flatMap(tally => tally.logs)) {
    const known = logs.get(seen.format.id)
    if (known === undefined) logs.set(seen.format.id, [seen])
    else known.push(seen)
  }
  return { logs: [...logs.values()].map(summed), unknown: tallies.reduce((sum, tally) => sum + tally.unknown, 0) }
}

/** What all files together told, one entry for each log. */
export function coverageOf(tallies: readonly Counted[]): readonly Coverage[] {
  const { logs, unknown } = together(tallies)
  return logs.map(seen => covered(seen, unknown))
}

function summed(all: readonly Seen[]): Seen {
  const [first, ...rest] = all
  if (first === undefined) throw new TypeError('a log that nobody saw')
  return rest.reduce<Seen>(
    (sum, seen) => ({
      format: sum.format,
      events: sum.events + seen.events,
      joined: sum.joined + seen.joined,
      from: Math.min(sum.from, seen.from),
      to: Math.max(sum.to, seen.to),
      named: sum.named + seen.named,
      withoutAddress: sum.withoutAddress + seen.withoutAddress,
      withoutClient: sum.withoutClient + seen.withoutClient,
      marks: new Set([...sum.marks, ...seen.marks]),
    }),
    first,
  )
}

function covered(seen: Seen, unknown: number): Coverage {
  const { format, events } = seen
  const { lag, covers = 'owner' } = format.coverage
  const blind = blindSpots(seen)
  return {
    source: format.id,
    state: events === 0 ? 'empty' : unknown > 0 ? 'partial' : 'ok',
    ...(events > 0 && { window: windowOf(seen) }),
    covers: format.keyed === undefined ? covers : 'key',
    ...(lag !== undefined && { lag }),
    ...(blind.length > 0 && { blind }),
    ...(events === 0 && { why: 'The files hold no events of this log.' }),
    ...(events > 0 && unknown > 0 && { why: `${unknown} records or lines of the files could not be understood.` }),
  }
}

function blindSpots({ format, events, named, marks, withoutAddress, withoutClient }: Seen): readonly string[] {
  const { blind = [], without = {} } = format.coverage
  const missing = Object.entries(without).filter(([mark]) => events > 0 && !marks.has(mark))
  return [
    ...missing.map(([, says]) => says),
    ...blind,
    ...lacking(withoutAddress, named, 'the address that a call came from'),
    ...lacking(withoutClient, named, 'the client (user agent)'),
  ]
}

function lacking(count: number, events: number, what: string): readonly string[] {
  if (count === 0) return []
  if (count === events) return [`no event says ${what}`]
  const share = Math.round((count / events) * 100)
  return share < 1 ? [] : [`${share} % of the events do not say ${what}`]
}

function windowOf({ from, to }: Seen): { readonly from: string; readonly to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
}

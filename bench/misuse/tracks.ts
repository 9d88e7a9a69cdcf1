import type { Misuse } from '../../src/model/misuse.ts'
import type { UsageEvent } from '../../src/model/usage.ts'
import { assess } from '../../src/signals/assess.ts'
import { maturity, rate } from '../../src/signals/constants.ts'
import { surprise } from '../../src/signals/rate.ts'
import type { Maker, Setting } from '../../src/signals/setting.ts'
import type { Labelled, Series } from './samples.ts'

/** One key or session or event: whether it is hostile, and what we said. */
export interface Judged {
  readonly name: string
  readonly hostile: boolean
  readonly p: number
  readonly misuse?: Misuse
}

/** What is taken away from every event, to see what the rest carries. */
export type Without = 'nothing' | 'addresses' | 'user agents' | 'tables'

const internal: Setting = { exposure: 'internal' }
const publicUnknown: Setting = { exposure: 'public' }

/** Keys without history, each with the use of the keys that it made, as in an investigation; one that was made is told so. */
export function keysWithoutHistory(set: readonly Labelled[], prior: -3.5 | -2, without: Without): readonly Judged[] {
  const keys = new Map<string, { events: UsageEvent[]; labels: Set<string> }>()
  for (const { key, label, events } of set) {
    if (key === null || (label !== 'attack' && label !== 'benign')) continue
    const known = keys.get(key) ?? { events: [], labels: new Set() }
    keys.set(key, known)
    known.events.push(...events.map(event => stripped(event, without)))
    known.labels.add(label)
  }
  const makers = new Map<string, string>()
  for (const { key, events } of set)
    if (key !== null) for (const id of events.flatMap(({ made = [] }) => made)) makers.set(id, key)
  const family = (key: string, depth = 0): readonly UsageEvent[] => [
    ...(keys.get(key)?.events ?? []),
    ...[...makers].flatMap(([made, by]) => (by === key && made !== key && depth < 3 ? family(made, depth + 1) : [])),
  ]
  const done = new Map<string, Judged>()
  const judge = (key: string, depth = 0): Judged | undefined => {
    const known = keys.get(key)
    if (known === undefined || done.has(key)) return done.get(key)
    const maker = depth < 3 ? makers.get(key) : undefined
    const by = maker === undefined || maker === key ? undefined : judge(maker, depth + 1)
    const madeBy: Maker | undefined = by && { p: by.p, shown: 'another key' }
    const setting: Setting = { ...(prior === -2 ? publicUnknown : internal), ...(madeBy !== undefined && { madeBy }) }
    const misuse = assess(
      family(key).toSorted((a, b) => a.at - b.at),
      setting,
    )
    const judged = { name: key, hostile: known.labels.has('attack'), p: misuse.p, misuse }
    done.set(key, judged)
    return judged
  }
  return [...keys.keys()].map(key => judge(key)).filter(one => one !== undefined)
}

/** Each credential's own sign-ins in their order, and one of it by each stranger at the stranger's own time and address. */
export function takeover(set: readonly Labelled[], prior: -3.5 | -0.5, without: Without): readonly Judged[] {
  const owners = new Map<string, UsageEvent[]>()
  const strangers: UsageEvent[] = []
  const all = set.flatMap(({ key, label, events }) => events.map(event => ({ key, label, event })))
  for (const { key, label, event } of all.toSorted((a, b) => a.event.at - b.event.at)) {
    if (label === 'benign' && key !== null) owners.set(key, [...(owners.get(key) ?? []), stripped(event, without)])
    if (label === 'attack') {
      const earlier = strangers.findLast(({ ip }) => ip === event.ip)
      if (earlier === undefined || event.at - earlier.at > 1_800_000) strangers.push(event)
    }
  }
  const found: Judged[] = []
  for (const [key, own] of owners) {
    const first = own[0]
    if (first === undefined || own.length < 2) continue
    const setting: Setting =
      prior === -0.5 ? { exposure: 'public', live: true, leakedAt: first.at - 1 } : { exposure: 'internal' }
    const sessions = assess(own, setting).sessions
    for (const { p } of sessions.slice(maturity.baseline)) found.push({ name: key, hostile: false, p })
    for (const stranger of strangers) {
      const before = own.filter(({ at }) => at < stranger.at)
      if (sessions.filter(({ end }) => Date.parse(end) < stranger.at).length < maturity.baseline) continue
      const taken = stripped(
        { ...first, id: 'taken', at: stranger.at, ...(stranger.ip !== undefined && { ip: stranger.ip }) },
        without,
      )
      const session = assess([...before, taken], setting).sessions.find(({ events }) => events.includes('taken'))
      found.push({ name: key, hostile: true, p: session?.p ?? 0 })
    }
  }
  return found
}

/** Hourly sums: days with an alarm outside the spans in which something was wrong, and such spans with one inside. */
export function rates(all: readonly Series[]): { days: number; falseDays: number; windows: number; hit: number } {
  const sums = { days: 0, falseDays: 0, windows: 0, hit: 0 }
  for (const { hours, wrong } of all) {
    const days = new Set<number>()
    const falseDays = new Set<number>()
    const hit = new Set<number>()
    hours.forEach(([hour, amount], index) => {
      const earlier = hours.slice(Math.max(0, index - rate.window), index).filter(([at]) => at >= hour - rate.window)
      if (earlier.length < rate.fewest) return
      days.add(Math.floor(hour / 24))
      const mean = earlier.reduce((sum, [, one]) => sum + one, 0) / earlier.length
      const variance = earlier.reduce((sum, [, one]) => sum + (one - mean) ** 2, 0) / earlier.length
      if (surprise(amount, { mean, variance }) === undefined) return
      const window = wrong.findIndex(([from, to]) => hour * 3_600_000 + 3_599_999 >= from && hour * 3_600_000 <= to)
      if (window < 0) falseDays.add(Math.floor(hour / 24))
      else hit.add(window)
    })
    sums.days += days.size
    sums.falseDays += falseDays.size
    sums.windows += wrong.length
    sums.hit += hit.size
  }
  return sums
}

/** Single records of rule tests, each as often as its rule waits for, and about another thing each time. */
export function ruleTests(set: readonly Labelled[], without: Without): readonly Judged[] {
  return set.map(({ name, label, events, threshold = 1 }) => {
    const copies = Array.from({ length: Math.min(50, threshold) }, (_, index) =>
      events.map(event => ({
        ...stripped(event, without),
        id: `${event.id}-${index}`,
        at: event.at + index * 1000,
        ...(event.resource !== undefined && { resource: `${event.resource}-${index}` }),
      })),
    )
    const misuse = assess(copies.flat(), publicUnknown)
    return { name, hostile: label === 'alert', p: misuse.p, misuse }
  })
}

function stripped(event: UsageEvent, without: Without): UsageEvent {
  const { ip: _ip, asn: _asn, country: _country, ...noAddress } = event
  const { userAgent: _agent, ...noAgent } = event
  if (without === 'addresses') return noAddress
  // A name that no table and no rule has: its words alone tell, as for a provider that nobody has described.
  if (without === 'tables') return { ...event, action: `${event.action} now` }
  return without === 'user agents' ? noAgent : event
}

import type { Signal } from '../model/misuse.ts'
import { hours as numbers } from './constants.ts'
import { type Case, counted, share, signal } from './evidence.ts'
import type { History } from './history.ts'
import { type LocalTime, localTime } from './local-time.ts'
import { isAtWork } from './stated-hours.ts'

/** The kernel by distance in quarters of an hour, scaled so that use at all hours alike has density 1. */
const kernel = scaled()

/**
 * Whether the hour is one in which this key is seldom used; never much. After ten active days its own history tells. Until
 * then only the hours that its owners say they work, if what little history there is does not know better; what falls
 * within them is never odd, and never speaks for the owner either: a stranger can work by day.
 */
export function workingHours({ session, history, setting }: Case): Signal | undefined {
  const zone = setting.timeZone ?? 'UTC'
  const now = localTime(session.start, zone)
  const known = history.days.size >= numbers.days
  if (setting.hours === undefined ? !known : isAtWork(now, setting.hours)) return undefined
  const { density, near } = usualAt(now, history)
  if (density >= numbers.below && history.sessions > 0) return undefined
  if (!known) return signal('time', numbers.stated, ['T1078'], `${clock(now.hour)} ${zone}: outside your working hours`)
  const llr = Math.min(numbers.cap, Math.log(numbers.attacker / density))
  const kind = history.days.size >= numbers.weekDays && now.weekend ? ' on a weekend' : ''
  const says = `${clock(now.hour)} ${zone}${kind}: ${near === 0 ? 'none' : share(near)} of ${counted(history.sessions, 'earlier session')} ${history.sessions === 1 ? 'was' : 'were'} within two hours of that time`
  return signal('time', llr, ['T1078'], setting.hours === undefined ? says : `${says}; outside your working hours`)
}

/** How dense use is at this time of day, and the share of sessions within two hours of it. */
function usualAt(now: LocalTime, history: History): { readonly density: number; readonly near: number } {
  const quarter = Math.floor(now.hour * 4) % 96
  const split = history.days.size >= numbers.weekDays
  const { week, weekend } = history.quarters
  const alike = split ? (now.weekend ? weekend : week) : week.map((count, index) => count + (weekend[index] ?? 0))
  const used = total(alike)
  // How much of all use falls on days of this kind, against how many of all days are.
  const ofDays = split ? (used + 0.5) / (history.sessions + 1) / (now.weekend ? 2 / 7 : 5 / 7) : 1
  const density = Math.max(numbers.floor, (used === 0 ? 1 : densityAt(quarter, alike)) * Math.min(1, ofDays))
  const near = total(alike.filter((_, index) => apart(index, quarter) <= 8)) / Math.max(1, history.sessions)
  return { density, near }
}

/** Density of use at a quarter of the day by how often each was used, 1 where all are alike. */
export function densityAt(quarter: number, counts: ArrayLike<number>): number {
  let sum = 0
  let all = 0
  for (let index = 0; index < 96; index++) {
    const count = counts[index] ?? 0
    sum += count * (kernel[apart(index, quarter)] ?? 0)
    all += count
  }
  return all === 0 ? 1 : Math.max(numbers.floor, sum / all)
}

function scaled(): readonly number[] {
  const raw = Array.from({ length: 96 }, (_, distance) =>
    Math.exp(numbers.concentration * (Math.cos((2 * Math.PI * distance) / 96) - 1)),
  )
  const mean = total(raw) / 96
  return raw.map(value => value / mean)
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0
  return sum
}

/** Quarters between two of a day, around midnight. */
function apart(a: number, b: number): number {
  const difference = Math.abs(a - b)
  return Math.min(difference, 96 - difference)
}

function clock(at: number): string {
  const minutes = Math.round(at * 60) % 1440
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

import type { Signal } from '../model/misuse.ts'
import { hours as numbers } from './constants.ts'
import { type Case, counted, share, signal } from './evidence.ts'
import { localTime } from './local-time.ts'

/** The kernel by distance in quarters of an hour, scaled so that use at all hours alike has density 1. */
const kernel = scaled()

/** Whether the hour is one in which this key is seldom used; told only after ten active days, and never much. */
export function workingHours({ session, history, setting }: Case): Signal | undefined {
  if (history.days.size < numbers.days) return undefined
  const zone = setting.timeZone ?? 'UTC'
  const now = localTime(session.start, zone)
  const quarter = Math.floor(now.hour * 4) % 96
  const split = history.days.size >= numbers.weekDays
  const { week, weekend } = history.quarters
  const alike = split ? (now.weekend ? weekend : week) : week.map((count, index) => count + (weekend[index] ?? 0))
  const used = total(alike)
  // How much of all use falls on days of this kind, against how many of all days are.
  const ofDays = split ? (used + 0.5) / (history.sessions + 1) / (now.weekend ? 2 / 7 : 5 / 7) : 1
  const density = Math.max(numbers.floor, (used === 0 ? 1 : densityAt(quarter, alike)) * Math.min(1, ofDays))
  if (density >= numbers.below) return undefined
  const llr = Math.min(numbers.cap, Math.log(numbers.attacker / density))
  const near = total(alike.filter((_, index) => apart(index, quarter) <= 8)) / Math.max(1, history.sessions)
  const kind = split && now.weekend ? ' on a weekend' : ''
  const says = `${clock(now.hour)} ${zone}${kind}: within two hours of it ${share(near)} of ${counted(history.sessions, 'earlier session')}`
  return signal('time', llr, ['T1078'], says)
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

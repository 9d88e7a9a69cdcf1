import type { Signal } from '../model/misuse.ts'
import { hour, hours as numbers } from './constants.ts'
import { type Case, counted, share, signal } from './evidence.ts'

/** Hour and kind of day where the owner works. */
export interface LocalTime {
  /** 0 to 24, with minutes as a fraction. */
  readonly hour: number
  readonly weekend: boolean
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** The mean of the kernel over a day: so that use at all hours alike has density 1. */
const kernelMean = mean()

/** Whether the hour is one in which this key is seldom used; told only after ten active days, and never much. */
export function workingHours({ session, history, setting }: Case): Signal | undefined {
  if (history.days.size < numbers.days) return undefined
  const zone = setting.timeZone ?? 'UTC'
  const now = localTime(session.start, zone)
  const starts = history.starts.slice(-numbers.remembered).map(start => localTime(start, zone))
  const split = history.days.size >= numbers.weekDays
  const alike = split ? starts.filter(({ weekend }) => weekend === now.weekend) : starts
  const ofDay = split ? (alike.length + 0.5) / (starts.length + 1) / (now.weekend ? 2 / 7 : 5 / 7) : 1
  const density = Math.max(numbers.floor, densityAt(now.hour, alike.length === 0 ? starts : alike) * Math.min(1, ofDay))
  if (density >= numbers.below) return undefined
  const llr = Math.min(numbers.cap, Math.log(numbers.attacker / density))
  const near = alike.filter(one => apart(one.hour, now.hour) <= 2).length
  const says = `${clock(now.hour)} ${zone}${split && now.weekend ? ' on a weekend' : ''}: within two hours of it ${share(near / Math.max(1, starts.length))} of ${counted(starts.length, 'earlier session')}`
  return signal('time', llr, ['T1078'], says)
}

/** Density of use at an hour of the day by the hours of earlier use, 1 where all hours are alike. */
export function densityAt(at: number, earlier: readonly { readonly hour: number }[]): number {
  if (earlier.length === 0) return 1
  const sum = earlier.reduce((total, one) => total + kernel(at - one.hour), 0)
  return Math.max(numbers.floor, sum / earlier.length / kernelMean)
}

export function localTime(at: number, zone: string): LocalTime {
  if (zone === 'UTC') {
    const date = new Date(at)
    return { hour: (at % (24 * hour)) / hour, weekend: date.getUTCDay() % 6 === 0 }
  }
  const parts = new Map(
    formatFor(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const weekday = parts.get('weekday') ?? ''
  return {
    hour: (Number(parts.get('hour')) % 24) + Number(parts.get('minute')) / 60,
    weekend: weekday === 'Sat' || weekday === 'Sun',
  }
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, made)
  return made
}

function kernel(difference: number): number {
  return Math.exp(numbers.concentration * (Math.cos((2 * Math.PI * difference) / 24) - 1))
}

function mean(): number {
  let sum = 0
  for (let step = 0; step < 1440; step++) sum += kernel(step / 60)
  return sum / 1440
}

function apart(a: number, b: number): number {
  const difference = Math.abs(a - b)
  return Math.min(difference, 24 - difference)
}

function clock(at: number): string {
  const minutes = Math.round(at * 60) % 1440
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

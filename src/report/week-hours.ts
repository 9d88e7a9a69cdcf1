import type { Session } from '../model/misuse.ts'

/** Three-letter names as Intl writes them, Monday first. */
export const weekdays: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const hour = 3_600_000

/** A session lasts a day at most; one that claims more is counted for a week. */
const longest = 168

/** How many sessions touched each hour of the week in a zone: 168 numbers, Monday 00:00 first. */
export function weekHours(sessions: readonly Session[], zone: string): readonly number[] {
  const counts = Array.from({ length: 168 }, () => 0)
  const format = formatOf(zone)
  for (const { start, end } of sessions) {
    const [from, to] = [Date.parse(start), Date.parse(end)]
    if (Number.isNaN(from)) continue
    const touched = new Set<number>()
    const last = Number.isNaN(to) ? from : Math.min(to, from + (longest - 1) * hour)
    for (let at = from; at < last; at += hour) touched.add(hourOfWeek(at, format))
    touched.add(hourOfWeek(Math.max(from, last), format))
    for (const index of touched) counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

/** Whether this machine knows the zone. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** `Mon, Tue 06:00–09:00; Sun 03:00–04:00`: runs of used hours in words, days that are alike together. */
export function hourWords(counts: readonly number[]): string {
  const days = weekdays.map((name, day) => ({ name, hours: runsOf(counts.slice(day * 24, day * 24 + 24)) }))
  const used = [...new Set(days.map(({ hours }) => hours))].filter(hours => hours !== '')
  return used
    .map(hours => `${days.flatMap(day => (day.hours === hours ? [day.name] : [])).join(', ')} ${hours}`)
    .join('; ')
}

function runsOf(day: readonly number[]): string {
  const used = day.flatMap((amount, at) => (amount > 0 ? [at] : []))
  const runs = used
    .filter(at => !used.includes(at - 1))
    .map(start => {
      let end = start + 1
      while (used.includes(end)) end += 1
      return `${clock(start)}–${clock(end)}`
    })
  return runs.join(' and ')
}

function clock(at: number): string {
  return `${String(at).padStart(2, '0')}:00`
}

function hourOfWeek(at: number, format: Intl.DateTimeFormat): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const day = weekdays.indexOf(parts.get('weekday') ?? '')
  return day * 24 + (Number(parts.get('hour')) % 24)
}

function formatOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
}

import { hour as length } from './constants.ts'

/** Hour and kind of day where the owner works. */
export interface LocalTime {
  /** 0 to 24, with minutes as a fraction. */
  readonly hour: number
  /** 0 is Sunday. */
  readonly weekday: number
  readonly weekend: boolean
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds since 1970 in a zone that IANA names. */
export function localTime(at: number, zone: string): LocalTime {
  if (zone === 'UTC') return timeOf((at % (24 * length)) / length, new Date(at).getUTCDay())
  const parts = new Map(
    formatFor(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const hour = (Number(parts.get('hour')) % 24) + Number(parts.get('minute')) / 60
  return timeOf(hour, weekdays.indexOf(parts.get('weekday') ?? ''))
}

function timeOf(hour: number, weekday: number): LocalTime {
  return { hour, weekday, weekend: weekday === 0 || weekday === 6 }
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

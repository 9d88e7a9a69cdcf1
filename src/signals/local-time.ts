import { hour as length } from './constants.ts'

/** Hour and kind of day where the owner works. */
export interface LocalTime {
  /** 0 to 24, with minutes as a fraction. */
  readonly hour: number
  readonly weekend: boolean
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds since 1970 in a zone that IANA names. */
export function localTime(at: number, zone: string): LocalTime {
  if (zone === 'UTC') return { hour: (at % (24 * length)) / length, weekend: new Date(at).getUTCDay() % 6 === 0 }
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

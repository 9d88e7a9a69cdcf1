const isoTime =
  /^(\d{4}-\d\d-\d\d)(?:[T ,]{1,2}(\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?)?\s*(Z|[A-Z]{3,4}|[+-]\d\d(?::?\d\d)?(?:\s+\S+)?)?$/
const clfTime = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/
const syslogTime = /^(\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)/
const americanTime = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?: ([AP]M))?$/
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'
/** Names of zones that mean one thing: databases write them. Others (IST, CST in Asia) mean several. */
const zones: Readonly<Record<string, string>> = {
  Z: 'Z',
  UTC: 'Z',
  GMT: 'Z',
  WET: 'Z',
  CET: '+01:00',
  CEST: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  MSK: '+03:00',
  JST: '+09:00',
  EST: '-05:00',
  EDT: '-04:00',
  CDT: '-05:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
  MST: '-07:00',
  WEST: '+01:00',
  AEST: '+10:00',
  AEDT: '+11:00',
  NZST: '+12:00',
  NZDT: '+13:00',
  KST: '+09:00',
  HKT: '+08:00',
  PKT: '+05:00',
}
const earliest = Date.UTC(1990, 0)
const latest = Date.UTC(2200, 0)
const day = 86_400_000

/**
 * Milliseconds since 1970 of a time as logs write it: ISO 8601 with or without a zone (UTC where there is none), numbers
 * since 1970 in seconds down to nanoseconds, a web server's `10/Oct/2000:13:55:36 -0700`. Undefined for anything else.
 */
export function moment(value: unknown): number | undefined {
  if (typeof value === 'number') return sane(scaled(value))
  if (typeof value !== 'string' || value.length > 60) return undefined
  if (value.length === 20 && value.endsWith('Z') && value[10] === 'T') return sane(Date.parse(value))
  const text = value.trim()
  if (/^\d{9,19}(?:\.\d+)?$/.test(text)) return sane(scaled(Number(text)))
  return sane(ofIso(text) ?? ofWebServer(text) ?? ofAmerican(text))
}

/** A time as syslog wrote it for decades, `Mar 27 13:08:09`, as the last such moment that is not after `before` (with a day's grace). */
export function yearless(text: string, before: number, year: number | undefined): number | undefined {
  const [, name = '', date, hour, minute, second] = syslogTime.exec(text) ?? []
  const month = monthOf(name)
  if (month === undefined) return undefined
  const within = (of: number): number => Date.UTC(of, month, Number(date), Number(hour), Number(minute), Number(second))
  if (year !== undefined) return within(year)
  const now = new Date(before).getUTCFullYear()
  return within(now) > before + day ? within(now - 1) : within(now)
}

function ofIso(text: string): number | undefined {
  const [whole, date, time = '00:00', fraction = '', zone = 'Z'] = isoTime.exec(text) ?? []
  if (whole === undefined) return undefined
  const [offset = 'Z'] = zone.split(/\s/)
  const ahead = /^[+-]\d\d$/.test(offset) ? `${offset}:00` : offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')
  const offsetOrZ = /^[+-]/.test(ahead) ? ahead : zones[ahead]
  if (offsetOrZ === undefined) return undefined
  const clock = time.length === 5 ? `${time}:00` : time
  return Date.parse(`${date}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}${offsetOrZ}`)
}

function ofWebServer(text: string): number | undefined {
  const [, date, name = '', year, time, hours, minutes] = clfTime.exec(text) ?? []
  const month = monthOf(name)
  if (month === undefined) return undefined
  return Date.parse(`${year}-${String(month + 1).padStart(2, '0')}-${date}T${time}${hours}:${minutes}`)
}

/** `12/17/2024, 10:30:00 AM`, as spreadsheets and portals write it. */
function ofAmerican(text: string): number | undefined {
  const [, month, date, year, hour, minute, second, half] = americanTime.exec(text) ?? []
  if (year === undefined) return undefined
  const of = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'PM' ? 12 : 0)
  return Date.UTC(Number(year), Number(month) - 1, Number(date), of, Number(minute), Number(second ?? 0))
}

function monthOf(name: string): number | undefined {
  const place = months.indexOf(name)
  return name.length === 3 && place % 3 === 0 ? place / 3 : undefined
}

function scaled(value: number): number {
  if (value < 1e11) return value * 1000
  if (value < 1e14) return value
  return value < 1e17 ? value / 1e3 : value / 1e6
}

function sane(time: number | undefined): number | undefined {
  return time !== undefined && time > earliest && time < latest ? Math.floor(time) : undefined
}

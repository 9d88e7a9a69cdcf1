import type { Place } from '../model/finding.ts'
import type { Priority } from '../model/priority.ts'
import type { Context, Subject } from './input.ts'

/** Places that are looked at: a key in more of them is exposed by any of these already. */
const placesRead = 10_000

/** Who could have read the key, and since when. */
export interface Exposed {
  readonly point: Priority['exposure']
  /** ISO 8601: the first public place that has a time. */
  readonly openSince?: string
  /** ISO 8601: the first place of all that has one. */
  readonly since?: string
}

/**
 * small: one private place; controlled: everyone inside; open: everyone.
 * Where no place says who could read it, it is taken for controlled, and that is said.
 */
export function exposureOf({ findings }: Pick<Subject, 'findings'>, { exposure, now }: Context): Exposed {
  const seen = { public: 0, internal: 0, unknown: 0 }
  let open: Place | undefined
  let openSince = Infinity
  let since = Infinity
  let read = 0
  for (const place of findings) {
    const who = place.exposure ?? 'unknown'
    const at = timeOf(place.at, now)
    seen[who] += 1
    since = Math.min(since, at)
    if (who === 'public') {
      open ??= place
      openSince = Math.min(openSince, at)
    }
    if (++read >= placesRead) break
  }
  if (exposure === 'public' && !Number.isFinite(openSince)) openSince = since
  const isOpen = exposure === undefined ? seen.public > 0 : exposure === 'public'
  return {
    point: pointOf(seen, open, exposure, ageWords(openSince, now)),
    ...(isOpen && Number.isFinite(openSince) && { openSince: new Date(openSince).toISOString() }),
    ...(Number.isFinite(since) && { since: new Date(since).toISOString() }),
  }
}

function pointOf(
  seen: Readonly<Record<'public' | 'internal' | 'unknown', number>>,
  open: Place | undefined,
  told: Context['exposure'],
  age: string,
): Priority['exposure'] {
  const hours = age === '' ? '' : `, ${age}`
  if (told === 'none') return { value: 'small', because: 'private, as --exposure says' }
  if (told === 'internal') return { value: 'controlled', because: 'everyone inside, as --exposure says' }
  if (told === 'public') return { value: 'open', because: `public, as --exposure says${hours}` }
  if (open !== undefined) return { value: 'open', because: `${hostOf(open)}public${hours}` }
  if (seen.internal > 0) return { value: 'controlled', because: 'everyone inside could read it' }
  return { value: 'controlled', because: 'who could read it is not known; counted as everyone inside' }
}

function hostOf({ url }: Place): string {
  return url !== undefined && URL.canParse(url) ? `${new URL(url).host}, ` : ''
}

/** `40 min`, `6 h`, `23 days`; empty where there is no time. */
function ageWords(since: number, now: Date): string {
  const minutes = Math.floor((now.getTime() - since) / 60_000)
  if (!Number.isFinite(minutes)) return ''
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`
}

/** Milliseconds; Infinity for no time and for one that is still to come. */
function timeOf(at: string | undefined, now: Date): number {
  const time = at === undefined ? Number.NaN : Date.parse(at)
  return Number.isNaN(time) || time > now.getTime() ? Infinity : time
}

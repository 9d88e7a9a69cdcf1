import { clean } from './clean.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that stays text between tags and inside quoted attributes. */
export function esc(text: string): string {
  return clean(text).replace(/[&<>"']/g, found => escapes[found] ?? '')
}

/** A link, if the address is https and whole; else the words alone. `inner` is HTML already. */
export function anchor(address: string | undefined, inner: string): string {
  if (address === undefined || !/^https:\/\/\S+$/.test(address) || !URL.canParse(address)) return inner
  return `<a href="${esc(new URL(address).href)}" rel="noopener noreferrer">${inner}</a>`
}

/** A time in UTC, to the minute or to the second; text that is no time stays as it is. */
export function time(iso: string, to: 'day' | 'minute' | 'second' = 'minute'): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return esc(iso)
  const whole = at.toISOString()
  const shown = whole.slice(0, { day: 10, minute: 16, second: 19 }[to]).replace('T', ' ')
  return `<time datetime="${whole}">${shown}${to === 'day' ? '' : ' UTC'}</time>`
}

/** A term with its description, of which the second is HTML already. */
export function fact(term: string, inner: string): string {
  return `<div><dt>${esc(term)}</dt><dd>${inner}</dd></div>\n`
}

import type { Row } from '../text/row.ts'
import type { Draft } from './format.ts'
import { partsNamed } from './part-names.ts'

/** One match is the value; several are parts by their types, and a whole connection string among them is the value too. */
export function secretOf(matches: readonly Row[]): Pick<Draft, 'value' | 'parts'> {
  if (matches.length <= 1) return { value: matches[0]?.match }
  const whole = matches.find(({ type }) => typeof type === 'string' && /uri|url$/i.test(type))
  return { value: whole?.match, parts: partsNamed(matches.map(({ type, match }) => [type, match])) }
}

/** The most characters that stay at either end. */
const mostShown = 60

/** Censored as ggshield does it: a sixth stays at either end, and in between all but `+`, `-` and space are stars. */
export function isCensored(match: unknown): boolean {
  if (typeof match !== 'string' || !match.includes('*')) return false
  const characters = Array.from(match)
  const { length } = characters
  const shown = length <= 3 ? 0 : Math.min(Math.ceil(length / 6), mostShown)
  const middle = characters.slice(shown, length - (length === 3 ? 1 : shown)).join('')
  return /^[*+\-\s]+$/.test(middle) && middle.includes('*')
}

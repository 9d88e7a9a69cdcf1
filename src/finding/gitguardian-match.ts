import type { Row } from '../text/row.ts'
import type { Draft, Trace } from './format.ts'
import { partsNamed } from './part-names.ts'

/** One match is the value; several are parts by their types, and a whole connection string among them is the value too. */
export function secretOf(matches: readonly Row[]): Pick<Draft, 'value' | 'parts'> {
  if (matches.length <= 1) return { value: matches[0]?.match }
  const whole = matches.find(({ type }) => isWhole(type))
  return { value: whole?.match, parts: partsNamed(matches.map(({ type, match }) => [type, match])) }
}

/** The same matches where they are censored or left out: what is known of each, with the parts' names where there are several. */
export function tracesOf(matches: readonly Row[]): readonly Trace[] {
  const names = Object.keys(partsNamed(matches.map(({ type, name }) => [type ?? name, ''])))
  const traces = matches.map((match, index) => {
    const type = match.type ?? match.name
    const start = match.index_start ?? match.indice_start
    const end = match.index_end ?? match.indice_end
    const line = match.line_start ?? match.post_line_start ?? match.pre_line_start
    const endLine = match.line_end ?? match.post_line_end ?? match.pre_line_end
    return {
      type,
      mask: match.match,
      ...(matches.length > 1 && { name: names[index] }),
      ...(typeof line === 'number' && { line, endLine }),
      ...(typeof start === 'number' && typeof end === 'number' && { length: end - start }),
    }
  })
  const whole = traces.find(({ type, name }) => name !== undefined && isWhole(type))
  return whole === undefined ? traces : [{ ...whole, name: undefined }, ...traces]
}

function isWhole(type: unknown): boolean {
  return typeof type === 'string' && /uri|url$/i.test(type)
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

import { tokenAt } from './tokens.ts'

const marks = /-{3}REDACTED-{3}|[[<({]+REDACTED[^\s\])}>]{0,80}[\])}>]+|REDACTED|\*{3,}|•{3,}/
const longestValue = 400
/** A template shows at least so many characters; more of them where it is looked for in a whole file. */
const [fewestShown, telling] = [3, 10]

/** Masked text with the places of its mask cut out: `TOKEN=*****;` is `TOKEN=` and `;`. */
export interface Surroundings {
  readonly before: string
  readonly after: string
  /** The whole, in case the value stands in it more than once. */
  readonly pieces: readonly string[]
  readonly telling: boolean
}

/** Reads text around a mask; undefined where it shows nothing. */
export function surroundings(around: string, mask?: string): Surroundings | undefined {
  const found = marks.exec(around)?.[0]
  const mark = mask !== undefined && around.includes(mask) ? mask : found
  const pieces = mark === undefined ? [] : around.trim().split(mark)
  const [before = '', after = ''] = pieces
  const shown = before.trim().length + after.trim().length
  return shown < fewestShown ? undefined : { before, after, pieces, telling: shown >= telling }
}

/** Every text that stands in a stretch where the mask stands in the template. */
export function standingIn(stretch: string, { before, after, pieces }: Surroundings): readonly string[] {
  const found = new Set<string>()
  const needle = before === '' ? after : before
  for (let at = stretch.indexOf(needle); at !== -1; at = stretch.indexOf(needle, at + 1)) {
    const from = before === '' ? tokenAt(stretch, Math.max(0, at - 1)).start : at + before.length
    const to = before === '' ? at : after === '' ? tokenAt(stretch, from).end : stretch.indexOf(after, from + 1)
    const text = to <= from ? '' : stretch.slice(from, to)
    if (isValue(text) && stretch.startsWith(pieces.join(text), from - before.length)) found.add(text)
  }
  return [...found]
}

function isValue(text: string): boolean {
  if (text.startsWith('-----BEGIN')) return true
  return text.trim().length >= 4 && text.length <= longestValue && !text.includes('\n') && !text.endsWith(':')
}

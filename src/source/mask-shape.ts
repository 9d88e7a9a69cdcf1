import { isAligned, tokenAt } from './tokens.ts'

/** What a mask shows: `AKIA****7Q2A` has a head and a tail; `REDACTED` and `*****` have neither and are opaque. */
export interface MaskShape {
  readonly head: string
  readonly tail: string
  /** What shows between its ends, in order. */
  readonly inner: readonly string[]
  readonly opaque: boolean
  /** The whole mask, where each of its characters may stand for one. */
  readonly letters?: string
  /** It shows so much that it may be looked for elsewhere than on its line. */
  readonly telling: boolean
}

/** A run of characters, or a word, that stands for what is hidden. */
const hiding =
  /-{3}REDACTED-{3}|[[<({]+(?:REDACTED|MASKED|REMOVED|FILTERED|HIDDEN)[^\s\])}>]{0,80}[\])}>]+|REDACTED|\*{3,}|•{3,}|#{4,}|[xX]{8,}|…|\.{3,}/gi
/** A text before a mask that ends so is not the value's own: `TOKEN=`, `key: `. A URL's is, and a private key's. */
const before = /^.*[\s"'`=]/s
const after = /[\s"'`].*$/s
/** Fewer hidden characters are no key. */
const fewestHidden = 4

/** Reads a mask; undefined where the text hides nothing. */
export function maskShape(mask: string): MaskShape | undefined {
  const runs = [...mask.matchAll(hiding)]
  const [first, last] = [runs[0], runs.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const [start, end] = [first.index, last.index + last[0].length]
  const head = own(mask.slice(0, start), before)
  const tail = own(mask.slice(end), after)
  const middle = mask.slice(start, end)
  const shown = head.length + tail.length
  return {
    head,
    tail,
    inner: middle.split(hiding).filter(text => text !== ''),
    opaque: shown === 0,
    ...(/^[*•]/.test(middle) && { letters: head + middle + tail }),
    telling: (tail.length >= 3 && shown >= 6) || head.length >= 14,
  }
}

function own(shown: string, foreign: RegExp): string {
  return shown.includes('://') || shown.startsWith('-----BEGIN') ? shown : shown.replace(foreign, '')
}

/** Every text in a stretch that a mask with a head or a tail can be of: character by character, else by its ends. */
export function fitting(stretch: string, mask: MaskShape): readonly string[] {
  if (mask.opaque) return []
  const exact = mask.letters === undefined ? [] : letterByLetter(stretch, mask, mask.letters)
  return exact.length > 0 ? exact : byEnds(stretch, mask)
}

/** Whether a text can be what a mask hides. */
export function fits(text: string, mask: MaskShape): boolean {
  const { head, tail, inner, opaque } = mask
  if (!text.startsWith(head) || !text.endsWith(tail)) return false
  let at = head.length
  for (const shown of inner) {
    const next = text.indexOf(shown, at)
    if (next === -1) return false
    at = next + shown.length
  }
  return text.length >= at + tail.length + (opaque ? 1 : fewestHidden)
}

function letterByLetter(stretch: string, { head, tail }: MaskShape, letters: string): readonly string[] {
  const found = new Set<string>()
  const [needle, shift] = head === '' ? [tail, letters.length - tail.length] : [head, 0]
  for (let at = stretch.indexOf(needle); at !== -1; at = stretch.indexOf(needle, at + 1)) {
    const start = at - shift
    const text = start < 0 ? '' : stretch.slice(start, start + letters.length)
    if (text.length === letters.length && isLike(text, letters) && isAligned(stretch, start, start + text.length))
      found.add(text)
  }
  return [...found]
}

function isLike(text: string, letters: string): boolean {
  for (let i = 0; i < letters.length; i++) {
    const letter = letters.charAt(i)
    if (letter === '*' || letter === '•' ? /\s/.test(text.charAt(i)) : letter !== text.charAt(i)) return false
  }
  return true
}

function byEnds(stretch: string, mask: MaskShape): readonly string[] {
  const { head, tail } = mask
  const found = new Set<string>()
  const needle = head === '' ? tail : head
  for (let at = stretch.indexOf(needle); at !== -1; at = stretch.indexOf(needle, at + 1)) {
    const block = head.startsWith('-----BEGIN')
      ? /^-[\s\S]*?-----END[^\n]*?-----/.exec(stretch.slice(at))?.[0]
      : undefined
    if (block !== undefined && fits(block, mask)) found.add(block)
    const { start, end } = tokenAt(stretch, at)
    const from = head === '' ? start : at
    if (head !== '' && !isAligned(stretch, from, end)) continue
    for (const text of endings(stretch.slice(from, end), tail)) if (fits(text, mask)) found.add(text)
  }
  return [...found]
}

/** A token as far as each place where the tail stands at the end of a word. */
function endings(token: string, tail: string): readonly string[] {
  if (tail === '') return [token.replace(/[.:!?]+$/, '')]
  const found: string[] = []
  for (let at = token.indexOf(tail); at !== -1; at = token.indexOf(tail, at + 1)) {
    const end = at + tail.length
    if (isAligned(token, 0, end)) found.push(token.slice(0, end))
  }
  return found
}

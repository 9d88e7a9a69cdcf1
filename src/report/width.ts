// East Asian wide and full-width blocks, after https://www.unicode.org/reports/tr11/
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u
const zero = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u
const ascii = /^[\x20-\x7e]*$/
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns that a text takes on a terminal. */
export function width(text: string): number {
  if (ascii.test(text)) return text.length
  let columns = 0
  for (const { segment } of segmenter.segment(text)) columns += widthOf(segment)
  return columns
}

/** The text, or its beginning and `…`, in at most so many columns. */
export function shorten(text: string, columns: number): string {
  if (width(text) <= columns) return text
  let kept = ''
  let used = 0
  for (const { segment } of segmenter.segment(text)) {
    if (used + widthOf(segment) > columns - 1) break
    kept += segment
    used += widthOf(segment)
  }
  return columns < 1 ? '' : `${kept.trimEnd()}…`
}

/** The text, or `…` and its end: what tells two paths apart is their end. */
export function shortenStart(text: string, columns: number): string {
  if (width(text) <= columns) return text
  let kept = ''
  let used = 0
  for (const { segment } of [...segmenter.segment(text.slice(-4 * Math.max(columns, 1)))].toReversed()) {
    if (used + widthOf(segment) > columns - 1) break
    kept = segment + kept
    used += widthOf(segment)
  }
  return columns < 1 ? '' : `…${kept.trimStart()}`
}

/** The text in exactly so many columns. */
export function column(text: string, columns: number): string {
  const fitted = shorten(text, columns)
  return fitted + ' '.repeat(Math.max(0, columns - width(fitted)))
}

/** Lines of at most so many columns, broken between words; a longer word is broken where it must be. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(whole => pieces(whole, columns))) {
    if (line !== '' && width(line) + 1 + width(word) > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

function pieces(word: string, columns: number): readonly string[] {
  if (width(word) <= columns) return [word]
  const parts: string[] = []
  let part = ''
  for (const { segment } of segmenter.segment(word)) {
    if (part !== '' && width(part) + widthOf(segment) > columns) {
      parts.push(part)
      part = ''
    }
    part += segment
  }
  return [...parts, part]
}

function widthOf(grapheme: string): number {
  if (zero.test(grapheme)) return 0
  return wide.test(grapheme) ? 2 : 1
}

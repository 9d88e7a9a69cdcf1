import type { Piece } from '../model/finding.ts'
import type { Forms } from './forms.ts'
import { fits, fitting, type MaskShape, maskShape } from './mask-shape.ts'
import type { SourceText, Stretch } from './source-text.ts'
import { type Surroundings, standingIn, surroundings } from './surroundings.ts'
import { isToken, tokensIn } from './tokens.ts'

/** What is known of one hidden text, read once. */
export interface Known {
  readonly piece: Piece
  readonly line: number | undefined
  readonly mask: MaskShape | undefined
  readonly around: Surroundings | undefined
  readonly length: number | undefined
  /** It shows so much that it may be looked for beyond its place. */
  readonly telling: boolean
}

export function known(piece: Piece, line: number | undefined): Known {
  const { mask, around } = piece
  const shape = mask?.digest(maskShape)
  const template = around?.digest(text =>
    mask === undefined ? surroundings(text) : mask.digest(mark => surroundings(text, mark)),
  )
  return {
    piece,
    line: piece.line ?? line,
    mask: shape,
    around: template,
    length: piece.length,
    telling: shape?.telling === true || template?.telling === true,
  }
}

/**
 * What the hidden text may be, in steps from the narrowest place to the widest: its bytes or columns, the text around
 * its mask, its lines, and, where enough is known to tell it anywhere, the whole file. The first step with anything decides.
 */
export function* candidates(source: SourceText, one: Known, forms: Forms): Generator<readonly string[]> {
  const { piece, line, around } = one
  for (const stretch of source.meant(piece, line)) yield inStretch(source.of(stretch), one, forms, true)
  const near = line === undefined ? source.whole : source.lines(line, piece.endLine)
  if (near !== undefined) {
    if (around !== undefined) yield judged(standingIn(source.of(beside(source, near, one)), around), one)
    yield inStretch(source.of(near), one, forms, false)
  }
  if (line === undefined || !one.telling) return
  const whole = source.of(source.whole)
  if (around?.telling === true) yield judged(standingIn(whole, around), one)
  if (one.mask?.telling === true) yield chosen(judged(fitting(whole, one.mask), one), forms)
}

/** A line more on either side: text around a mask can reach over a line's ends. */
function beside(source: SourceText, near: Stretch, { line, piece }: Known): Stretch {
  if (line === undefined) return near
  const before = source.lines(Math.max(1, line - 1))
  const after = source.lines((piece.endLine ?? line) + 1)
  return { start: before?.start ?? near.start, end: after?.end ?? near.end }
}

/** `exact`: the stretch is the value, or the match that holds it; else a line or more. */
function inStretch(text: string, one: Known, forms: Forms, exact: boolean): readonly string[] {
  const { mask, length, around } = one
  if (mask !== undefined && !mask.opaque) return chosen(judged(fitting(text, mask), one), forms)
  const formed = forms.within(text, found => isOf(found, one))
  if (formed.length > 0) return formed
  const bare = exact && !shows(text, around)
  if (
    bare &&
    (text.startsWith('-----BEGIN') || (!forms.known && isToken(text) && !isWord.test(text) && !isAssignment.test(text)))
  )
    return judged([text], one)
  const measured = length ?? starsOf(mask)
  return measured === undefined || forms.known
    ? []
    : [...new Set([...tokensIn(text)].filter(token => sizeOf(token) === measured))]
}

/** `TOKEN=` and a value. */
const isAssignment = /^[\w.-]*[A-Za-z][\w.-]*=[^=]/

/** Columns can be those of a match that is more than the value. */
function shows(text: string, around: Surroundings | undefined): boolean {
  return [around?.before, around?.after].some(shown => shown !== undefined && shown !== '' && text.includes(shown))
}

/** What stands at a place by chance, once a file has changed. */
const isWord = /^(?:[A-Za-z_]+|.{4,7})$/

/** A mask of stars alone, long enough to be as long as what it hides. */
function starsOf(mask: MaskShape | undefined): number | undefined {
  const length = mask?.opaque === true ? mask.letters?.length : undefined
  return length !== undefined && length >= 12 ? length : undefined
}

/** Of several, those that have a form of the rule's, if any has. */
function chosen(texts: readonly string[], forms: Forms): readonly string[] {
  if (texts.length < 2) return texts
  const formed = forms.among(texts)
  return formed.length > 0 ? formed : texts
}

function judged(texts: readonly string[], one: Known): readonly string[] {
  return texts.filter(text => isOf(text, one))
}

function isOf(text: string, { mask, length }: Known): boolean {
  return (mask === undefined || fits(text, mask)) && (length === undefined || sizeOf(text) === length)
}

/** Characters, as scanners in Python and Go count them. */
function sizeOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : Array.from(text).length
}

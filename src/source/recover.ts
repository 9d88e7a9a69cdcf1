import type { Finding, Hash, Hidden } from '../model/finding.ts'
import { candidates, type Known, known } from './candidates.ts'
import { confirms, type Match, slowest } from './confirm.ts'
import type { DigestIndex } from './digest-index.ts'
import type { Forms } from './forms.ts'
import type { SourceText } from './source-text.ts'
import { stretchesIn, tokensIn } from './tokens.ts'

/** What a text has in the place of a hidden value: its pieces, or why they cannot be told. */
export type Recovered =
  | { readonly texts: readonly string[]; readonly by: 'hash' | 'place' }
  | { readonly why: 'several' | 'nothing' | 'unconfirmed' }

/** All that is known of a finding's hidden value. */
export interface Wanted {
  readonly pieces: readonly Known[]
  readonly hash: Hash | undefined
  /** It can be told from any other text: by a hash, or by what its mask shows. */
  readonly telling: boolean
}

const onlyPlace: Hidden = { pieces: [{}] }
/** Files with more characters than this are not searched from end to end for what has a hash. */
const longestSearched = 2 * 1024 * 1024
const [mostOfPiece, mostTogether, mostInFile] = [6, 64, 2000]

export function wanted({ hidden = onlyPlace, place: { line, column } }: Finding): Wanted {
  const given = hidden.pieces.map(piece => (column === undefined ? piece : { column, ...piece }))
  const pieces = given.map(piece => known(piece, line))
  const telling = hidden.hash !== undefined || pieces.every(piece => piece.telling)
  return { pieces, hash: hidden.hash, telling }
}

/** Finds the hidden value in a text. One that has a hash is taken only if the hash confirms it; others only if nothing else fits. */
export async function recover(
  source: SourceText,
  { pieces, hash }: Wanted,
  forms: Forms,
  digests: DigestIndex,
): Promise<Recovered> {
  if (hash === undefined) return byPlace(source, pieces, forms)
  const [first] = pieces
  const texts =
    pieces.length === 1 && first !== undefined
      ? await confirmed(source, first, hash, forms, digests)
      : await together(source, pieces, hash, forms)
  return texts === undefined
    ? { why: 'unconfirmed' }
    : { texts: texts.map(text => wholeBlock(source, text)), by: 'hash' }
}

function byPlace(source: SourceText, pieces: readonly Known[], forms: Forms): Recovered {
  const texts: string[] = []
  for (const piece of pieces) {
    const [first, ...others] = firstStep(source, piece, forms)
    if (first === undefined) return { why: 'nothing' }
    if (others.length > 0) return { why: 'several' }
    texts.push(wholeBlock(source, first))
  }
  return { texts, by: 'place' }
}

function firstStep(source: SourceText, piece: Known, forms: Forms): readonly string[] {
  for (const step of candidates(source, piece, forms)) if (step.length > 0) return step
  return []
}

/** The one text, of all that may stand there, that the hash is of. */
async function confirmed(
  source: SourceText,
  piece: Known,
  hash: Hash,
  forms: Forms,
  digests: DigestIndex,
): Promise<readonly string[] | undefined> {
  const tried = new Set<string>()
  for (const text of likely(source, piece, hash, forms)) {
    if (tried.has(text)) continue
    tried.add(text)
    if (await confirms(hash, [{ text, type: piece.piece.type ?? '' }])) return [text]
    if (hash.by === 'hmsl' && tried.size >= slowest) return undefined
  }
  const anywhere = hash.by === 'sha1' ? digests.textOf(hash.hex, source) : undefined
  return anywhere === undefined ? undefined : [anywhere]
}

function* likely(source: SourceText, piece: Known, hash: Hash, forms: Forms): Generator<string> {
  for (const step of candidates(source, piece, forms)) yield* step
  const { line, length } = piece
  const lines = line === undefined ? undefined : source.lines(line, piece.piece.endLine)
  const text = lines === undefined ? '' : source.of(lines)
  yield* ofLength(tokensIn(text), length)
  if (hash.by !== 'hmsl') yield* ofLength(stretchesIn(text), length)
  if (hash.by === 'sha1' || source.text.length > longestSearched) return
  let count = 0
  for (const token of ofLength(tokensIn(source.text), length))
    if (token.length >= 8 && ++count <= mostInFile) yield token
}

function* ofLength(texts: Iterable<string>, length: number | undefined): Generator<string> {
  for (const text of texts) if (length === undefined || text.length === length) yield text
}

/** The hash is over several matches: every way to put the likely ones together is tried, within reason. */
async function together(
  source: SourceText,
  pieces: readonly Known[],
  hash: Hash,
  forms: Forms,
): Promise<readonly string[] | undefined> {
  let ways: readonly (readonly string[])[] = [[]]
  for (const piece of pieces) {
    const texts = new Set<string>()
    for (const step of candidates(source, piece, forms)) for (const text of step) texts.add(text)
    const few = [...texts].slice(0, mostOfPiece)
    ways = ways.flatMap(way => few.map(text => [...way, text])).slice(0, mostTogether)
  }
  const named = pieces.some(({ piece }) => piece.name !== undefined)
  for (const way of ways) {
    const matches: readonly Match[] = pieces.flatMap(({ piece: { name, type = '' } }, index) =>
      named && name === undefined ? [] : [{ text: way[index] ?? '', type }],
    )
    if (await confirms(hash, matches)) return way
  }
  return undefined
}

const header = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|BEGIN [A-Z0-9 ]*PRIVATE KEY/
const longestBlock = 16_384

/** Scanners keep a private key's first line and mean the whole: it goes on to its last line. */
function wholeBlock(source: SourceText, text: string): string {
  if (!header.test(text) || text.includes('-----END')) return text
  const at = source.text.indexOf(text)
  const start = source.text.lastIndexOf('-----BEGIN', at + 5)
  const block = /^-----BEGIN[^\n]*-----[\s\S]*?-----END[^\n]*?-----/.exec(
    source.text.slice(start, start + longestBlock),
  )
  return start === -1 || source.text.indexOf(text, start + text.length + 5) !== -1 || block === null ? text : block[0]
}

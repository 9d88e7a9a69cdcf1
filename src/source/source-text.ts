import type { Piece } from '../model/finding.ts'
import { isAligned } from './tokens.ts'

/** Where something stands in a text, in UTF-16 units. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

type Encoding = 'utf8' | 'utf16le' | 'utf16be' | 'latin1'

/** A file's text with its lines, and the way from a scanner's numbers (bytes, columns in any unit) to places in it. */
export class SourceText {
  readonly text: string
  readonly #encoding: Encoding
  /** Bytes of the byte order mark. */
  readonly #mark: number
  readonly #starts: number[] = [0]
  readonly #isAscii: boolean
  #byteStarts: number[] | undefined

  constructor(bytes: Buffer) {
    ;[this.#encoding, this.#mark] = encodingOf(bytes)
    this.text = decoded(bytes.subarray(this.#mark), this.#encoding)
    this.#isAscii = this.#encoding === 'utf8' && this.text.length === bytes.length - this.#mark
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  get whole(): Stretch {
    return { start: 0, end: this.text.length }
  }

  of({ start, end }: Stretch): string {
    return this.text.slice(start, end)
  }

  /** From one line to another, without the last one's line break; undefined where the first is not there. */
  lines(from: number, to = from): Stretch | undefined {
    const start = this.#starts[from - 1]
    if (start === undefined) return undefined
    const next = this.#starts[Math.max(from, to)]
    const end = next === undefined ? this.text.length : next - 1
    return { start, end: this.text.charAt(end - 1) === '\r' && end > start ? end - 1 : end }
  }

  /** The stretches that a piece's numbers can mean, the most literal first: none of them cuts a word. */
  *meant({ span, column, endColumn, endLine }: Piece, line: number | undefined): Generator<Stretch> {
    if (span !== undefined) yield* this.#sound(this.#spans(span))
    if (column !== undefined && endColumn !== undefined && line !== undefined)
      yield* this.#sound(this.#columns(line, column, endLine ?? line, endColumn))
  }

  /** Scanners count from 0 or from 1, and to the last character or the one after: one more or less is tried. */
  *#sound(literal: Iterable<Stretch>): Generator<Stretch> {
    for (const { start, end } of literal)
      for (const [before, after] of nearly) {
        const near = this.#trimmed(start + before, end + after)
        if (near !== undefined && isAligned(this.text, near.start, near.end)) yield near
      }
  }

  #trimmed(from: number, to: number): Stretch | undefined {
    if (from < 0 || to > this.text.length || to - from < 4) return undefined
    const found = this.text.slice(from, to)
    const lead = /^[\s"'`]*/.exec(found)?.[0].length ?? 0
    const trail = /[\s"'`]*$/.exec(found)?.[0].length ?? 0
    return to - trail - from - lead < 4 ? undefined : { start: from + lead, end: to - trail }
  }

  *#spans({ start, end, unit }: NonNullable<Piece['span']>): Generator<Stretch> {
    const marks = this.#mark === 0 ? [0] : unit === 'utf16' ? [0, 1] : [this.#mark, 0]
    for (const mark of marks) {
      const at = (offset: number): number | undefined =>
        unit === 'utf16' ? offset - mark : this.#indexOfByte(offset - mark)
      const [from, to] = [at(start), at(end)]
      if (from !== undefined && to !== undefined && from >= 0 && to <= this.text.length) yield { start: from, end: to }
    }
  }

  *#columns(line: number, column: number, endLine: number, endColumn: number): Generator<Stretch> {
    const seen = new Set<string>()
    for (const unit of units) {
      const start = this.#indexOfColumn(line, column, unit)
      const end = this.#indexOfColumn(endLine, endColumn, unit)
      if (start === undefined || end === undefined || start >= end || seen.has(`${start} ${end}`)) continue
      seen.add(`${start} ${end}`)
      yield { start, end }
    }
  }

  #indexOfColumn(line: number, column: number, unit: (typeof units)[number]): number | undefined {
    const stretch = this.lines(line)
    if (stretch === undefined) return undefined
    if (unit === 'utf16' || this.#isAscii) return stretch.start + column - 1
    const text = this.of(stretch)
    const before =
      unit === 'bytes'
        ? Buffer.from(text)
            .subarray(0, column - 1)
            .toString()
        : Array.from(text)
            .slice(0, column - 1)
            .join('')
    return stretch.start + before.length
  }

  #indexOfByte(byte: number): number | undefined {
    if (byte < 0) return undefined
    if (this.#isAscii || this.#encoding === 'latin1') return byte
    if (this.#encoding !== 'utf8') return Math.floor(byte / 2)
    this.#byteStarts ??= this.#bytesOfLines()
    const starts = this.#byteStarts
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= byte) low = middle
      else high = middle - 1
    }
    const start = this.#starts[low] ?? 0
    const line = this.text.slice(start, this.#starts[low + 1] ?? this.text.length)
    return (
      start +
      Buffer.from(line)
        .subarray(0, byte - (starts[low] ?? 0))
        .toString().length
    )
  }

  #bytesOfLines(): number[] {
    let bytes = 0
    return this.#starts.map((start, line) => {
      const before = bytes
      bytes += Buffer.byteLength(this.text.slice(start, this.#starts[line + 1] ?? this.text.length))
      return before
    })
  }
}

const units = ['utf16', 'bytes', 'characters'] as const
const nearly: readonly (readonly [start: number, end: number])[] = [
  [0, 0],
  [-1, -1],
  [0, 1],
  [-1, 0],
  [0, -1],
  [1, 1],
  [1, 0],
]

function encodingOf(bytes: Buffer): [Encoding, number] {
  const head = bytes.subarray(0, 4096)
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return ['utf8', 3]
  if (head[0] === 0xff && head[1] === 0xfe) return ['utf16le', 2]
  if (head[0] === 0xfe && head[1] === 0xff) return ['utf16be', 2]
  const zeros = [0, 0]
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > head.length / 5 && even === 0) return ['utf16le', 0]
  if (even > head.length / 5 && odd === 0) return ['utf16be', 0]
  return [even + odd > 0 ? 'latin1' : 'utf8', 0]
}

/** What is not UTF-8 after all is read byte by byte, so that every place stays where it is. */
function decoded(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf16le') return bytes.toString('utf16le')
  if (encoding === 'utf16be') return new TextDecoder('utf-16be').decode(bytes)
  if (encoding === 'latin1') return bytes.toString('latin1')
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? bytes.toString('latin1') : text
}

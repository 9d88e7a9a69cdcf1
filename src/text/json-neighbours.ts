import { place } from './json-end.ts'
import { opening } from './json-restart.ts'

const mostMisses = 100
const [NEWLINE, RETURN] = [10, 13]

/** A record read at once: the place after it, and the line breaks in it. */
interface Whole {
  readonly value: unknown
  readonly end: number
  readonly lines: number
}

/**
 * Finds a record's end by how a report's records are written, all of them by one program: its last bracket is the first
 * with its first one's margin, or stands where the next record begins as this one does. That is faster than to follow
 * its brackets, and surely right where it parses: no beginning of an object is an object too.
 */
export class JsonNeighbours {
  #piece = ''
  #mark = ''
  /** Where the mark, and a line break, is next in the piece, looked up once. */
  #at = -1
  #newline = -1
  #opening = ''
  #between = ''
  /** How often the mark changed or was wrong: where that is the rule, looking for it is only a loss. */
  #misses = 0

  /** The piece that is read from now on, forwards only. */
  over(piece: string): void {
    this.#piece = piece
    this.#at = -1
    this.#newline = -1
  }

  /** The record that begins here, after nothing but a margin on its line; undefined where its end has to be looked for. */
  like(start: number, margin: string | undefined): Whole | undefined {
    if (this.#misses > mostMisses) return undefined
    const piece = this.#piece
    const code = piece.charCodeAt(start + 1)
    const spread = code === NEWLINE || code === RETURN
    const mark = spread ? margin !== undefined && `\n${margin}}` : this.#next(start)
    if (mark === false) return undefined
    if (mark !== this.#mark) {
      this.#mark = mark
      this.#at = -1
      this.#misses++
    }
    if (this.#at < start) this.#at = place(piece, mark, start)
    if (this.#at === piece.length) return undefined
    const end = spread ? this.#at + mark.length : this.#at + 1
    try {
      return { value: JSON.parse(piece.slice(start, end)), end, lines: this.#lines(start, end) }
    } catch {
      this.#misses++
      return undefined
    }
  }

  /** A record's last bracket, and what has stood between one and the next that began as the one here does. */
  #next(start: number): string | false {
    if (this.#opening === '' || !this.#piece.startsWith(this.#opening, start)) {
      const before = /\}\s*,\s*$/.exec(this.#piece.slice(Math.max(0, start - 40), start))
      const first = opening(this.#piece.slice(start, start + 120))
      if (before === null || first === undefined) return false
      this.#opening = first
      this.#between = before[0] + first
    }
    return this.#between
  }

  #lines(start: number, end: number): number {
    let lines = 0
    if (this.#newline < start) this.#newline = place(this.#piece, '\n', start)
    for (; this.#newline < end; lines++) this.#newline = place(this.#piece, '\n', this.#newline + 1)
    return lines
  }
}

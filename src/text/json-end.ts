const [QUOTE, NEWLINE] = [34, 10]
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93]

/** Finds where a JSON value ends, across pieces, without parsing it. A text cannot hold a line break: it ends there. */
export class JsonEnd {
  #depth = 0
  #quoted = false
  #escaped = false
  #piece = ''
  /** Where the next of each stands in the piece, looked up once. */
  #backslash = -1
  #newline = -1
  /** Line breaks seen so far. */
  lines = 0

  /** A value begins: a text after its quote, or an object or array after its bracket. */
  begin(text: boolean): void {
    this.#depth = text ? 0 : 1
    this.#quoted = text
    this.#escaped = false
  }

  get reached(): boolean {
    return this.#depth === 0 && !this.#quoted
  }

  abandon(): void {
    this.#depth = 0
    this.#quoted = false
  }

  /** The piece that is scanned from now on, forwards only. */
  over(piece: string): void {
    this.#piece = piece
    this.#backslash = -1
    this.#newline = -1
  }

  /** The place after the value's end, or after the piece's where the value goes on. */
  scan(start: number): number {
    const piece = this.#piece
    const end = piece.length
    let depth = this.#depth
    let quoted = this.#quoted
    let i = start
    if (this.#escaped && i < end) {
      this.#escaped = false
      i++
    }
    while (i < end && (depth > 0 || quoted)) {
      if (quoted) {
        const quote = place(piece, '"', i)
        if (this.#backslash < i) this.#backslash = place(piece, '\\', i)
        if (this.#newline < i) this.#newline = place(piece, '\n', i)
        const stop = Math.min(quote, this.#newline)
        if (this.#backslash < stop) i = this.#backslash + 2
        else {
          if (this.#newline < quote) this.lines++
          quoted = stop === end
          i = quoted ? end : stop + 1
        }
        continue
      }
      const code = piece.charCodeAt(i++)
      if (code === QUOTE) quoted = true
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++
      else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--
      else if (code === NEWLINE) this.lines++
    }
    this.#escaped = i > end
    this.#depth = depth
    this.#quoted = quoted
    return Math.min(i, end)
  }
}

/** Where a mark is next; the text's end where it is no more. */
export function place(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found === -1 ? text.length : found
}

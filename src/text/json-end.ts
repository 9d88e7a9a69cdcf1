const [QUOTE, BACKSLASH, NEWLINE] = [34, 92, 10]
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93]

/** Finds where a JSON value ends, across pieces, without parsing it. A text cannot hold a line break: it ends there. */
export class JsonEnd {
  #depth = 0
  #quoted = false
  #escaped = false
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

  /** The place after the value's end, or after the piece's where the value goes on. */
  scan(piece: string, start: number): number {
    const end = piece.length
    let depth = this.#depth
    let quoted = this.#quoted
    let i = start
    if (this.#escaped && i < end) {
      this.#escaped = false
      i++
    }
    while (i < end && (depth > 0 || quoted)) {
      const code = piece.charCodeAt(i++)
      if (quoted) {
        if (code === QUOTE) quoted = false
        else if (code === BACKSLASH) i++
        else if (code === NEWLINE) {
          quoted = false
          this.lines++
        }
      } else if (code === QUOTE) quoted = true
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

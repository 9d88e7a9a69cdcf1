/** Told what each line holds. */
export interface Lines {
  /** A line that begins like a JSON object or array; `undefined` from JSON.parse is impossible, so a throw means broken. */
  json(text: string, line: number): void
  /** Any other line with something on it. */
  stray(text: string, line: number): void
  /** A line too long to hold. */
  long(line: number): void
}

const longest = 64 * 1024 * 1024
const [OPEN_BRACE, OPEN_BRACKET] = [123, 91]

/** Cuts text that comes in pieces into lines, as fast as it can: a report has a million of them. */
export class JsonLines {
  readonly #lines: Lines
  #rest = ''
  #line = 0
  #skipping = false

  constructor(lines: Lines) {
    this.#lines = lines
  }

  push(piece: string): void {
    let end = piece.indexOf('\n')
    if (end === -1) return this.#hold(piece)
    this.#whole(this.#rest + piece.slice(0, end))
    this.#rest = ''
    for (;;) {
      const start = end + 1
      end = piece.indexOf('\n', start)
      if (end === -1) return this.#hold(piece.slice(start))
      this.#whole(piece.slice(start, end))
    }
  }

  end(): void {
    if (this.#rest !== '') this.#whole(this.#rest)
    this.#rest = ''
  }

  #hold(text: string): void {
    if (this.#skipping) return
    this.#rest += text
    if (this.#rest.length <= longest) return
    this.#lines.long(this.#line + 1)
    this.#skipping = true
    this.#rest = ''
  }

  #whole(text: string): void {
    this.#line++
    if (this.#skipping) {
      this.#skipping = false
      return
    }
    const first = text.charCodeAt(0)
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return this.#lines.json(text, this.#line)
    const trimmed = text.trim()
    if (trimmed === '') return
    if (/^[{[]/.test(trimmed)) this.#lines.json(trimmed, this.#line)
    else this.#lines.stray(trimmed, this.#line)
  }
}

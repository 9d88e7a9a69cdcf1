/** Told what each line holds. */
export interface Lines {
  /** A line that begins like a JSON object or array, not parsed yet. */
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
    let start = 0
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
      this.#whole(this.#rest === '' ? piece.slice(start, end) : this.#rest + piece.slice(start, end))
      this.#rest = ''
      start = end + 1
    }
    if (start < piece.length) this.#hold(piece.slice(start))
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
    const row = isOpen(text) ? text : text.trim()
    if (isOpen(row)) this.#lines.json(row, this.#line)
    else if (row !== '') this.#lines.stray(row, this.#line)
  }
}

function isOpen(text: string): boolean {
  const first = text.charCodeAt(0)
  return first === OPEN_BRACE || first === OPEN_BRACKET
}

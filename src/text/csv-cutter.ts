/** Told what the cutter finds. */
export interface Rows {
  row(cells: readonly string[]): void
  /** A row was left out: it is longer than 16 MB. */
  long(): void
  /** The text ended within a quoted cell: this row. */
  open(row: string): void
}

const longest = 16 * 1024 * 1024

/**
 * Cuts a table into rows, as its text comes in pieces (https://www.rfc-editor.org/rfc/rfc4180). A quote means something
 * at a cell's start only, and what comes after the closing one is taken as it stands. Empty lines are passed over.
 */
export class CsvCutter {
  readonly #delimiter: string
  readonly #newline: string
  readonly #rows: Rows
  #rest = ''
  /** How long the rest has to be before its row is tried again: twice as long each time, not to read it once a piece. */
  #enough = 0
  #skipping = false

  constructor(delimiter: string, newline: string, rows: Rows) {
    this.#delimiter = delimiter
    this.#newline = newline
    this.#rows = rows
  }

  push(piece: string): void {
    this.#rest += piece
    if (this.#rest.length >= this.#enough) this.#cut()
  }

  end(): void {
    this.#rest += this.#newline
    this.#cut()
    if (this.#rest !== '' && !this.#skipping) this.#rows.open(this.#rest.slice(0, -this.#newline.length))
  }

  #cut(): void {
    const text = this.#rest
    let start = 0
    let quote = -1
    if (this.#skipping) {
      start = next(text, this.#newline, 0) + 1
      this.#skipping = start > text.length
    }
    while (start < text.length) {
      const end = text.indexOf(this.#newline, start)
      if (end === -1) break
      if (quote < start) quote = next(text, '"', start)
      const line = alone(text.slice(start, end + 1))
      if (quote > end) {
        const plain = line.slice(0, ended(line, line.length - 1))
        if (plain !== '') this.#rows.row(plain.split(this.#delimiter))
        start = end + 1
      } else {
        // Most rows with quotes end on their line.
        const row = this.#quoted(line, 0) ?? this.#quoted(text, start)
        if (row === undefined) break
        this.#rows.row(row.length > line.length ? row.cells.map(alone) : row.cells)
        start += row.length
      }
    }
    this.#rest = text.slice(start)
    if (this.#rest.length > longest) {
      this.#rows.long()
      this.#rest = ''
      this.#skipping = true
    }
    this.#enough = Math.min(this.#rest.length * 2, longest + 1)
  }

  /** A row with quotes in it; undefined where it does not end in the text. */
  #quoted(text: string, start: number): { readonly cells: readonly string[]; readonly length: number } | undefined {
    const cells: string[] = []
    for (let i = start; ; ) {
      let cell = ''
      if (text[i] === '"') {
        let close = text.indexOf('"', i + 1)
        for (; close !== -1 && text[close + 1] === '"'; close = text.indexOf('"', i + 1)) {
          cell += text.slice(i + 1, close + 1)
          i = close + 1
        }
        if (close === -1) return undefined
        cell += text.slice(i + 1, close)
        i = close + 1
      }
      const end = text.indexOf(this.#newline, i)
      if (end === -1) return undefined
      const delimiter = next(text, this.#delimiter, i)
      const last = delimiter > end
      const rest = text.slice(i, last ? Math.max(i, ended(text, end)) : delimiter)
      cells.push(cell + rest)
      if (last) return { cells, length: end + 1 - start }
      i = delimiter + 1
    }
  }
}

function next(text: string, character: string, from: number): number {
  const found = text.indexOf(character, from)
  return found === -1 ? text.length : found
}

/** A line's end without the `\r` before its `\n`. */
function ended(text: string, end: number): number {
  return text[end - 1] === '\r' ? end - 1 : end
}

/** The same text on its own: a slice would keep all of the piece that it is of in memory. */
function alone(slice: string): string {
  return Buffer.from(slice).toString()
}

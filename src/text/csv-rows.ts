import { CsvCutter } from './csv-cutter.ts'
import type { Notes } from './notes.ts'
import type { Row } from './row.ts'

interface Continued {
  /** That of the rows before these; else it is found out. */
  readonly delimiter?: string | undefined
  /** Told at the end, of a table that could go on: what stands between its cells, and a last row that does not end. */
  readonly ended?: (delimiter: string, rest: string) => void
}

/**
 * The rows of a table with commas, semicolons or tabs, as many at a time as a piece of its text holds. What is wrong with
 * one is noted, and the others are read.
 */
export async function* csvRows(
  text: AsyncIterable<string>,
  notes: Notes,
  { delimiter, ended }: Continued = {},
): AsyncGenerator<readonly (readonly string[])[]> {
  let rows: (readonly string[])[] = []
  let cutter: CsvCutter | undefined
  let [between, newline, left] = [delimiter, '\n', '']
  for await (const piece of text) {
    between ??= delimiterOf(piece)
    if (cutter === undefined) newline = newlineOf(piece)
    cutter ??= new CsvCutter(between, newline, {
      row: cells => rows.push(cells),
      long: () => notes.each('rows are longer than 16 MB', 'A row is longer than 16 MB and was left out.'),
      open(rest) {
        left = rest
        notes.note('has a quoted field that does not end. What came before was read.')
      },
    })
    cutter.push(piece)
    if (rows.length > 0) yield rows
    rows = []
  }
  cutter?.end()
  yield rows
  if (between !== undefined && newline === '\n') ended?.(between, left)
}

/** The rows below the headings, each by its headings. */
export async function* csvRecords(
  text: AsyncIterable<string>,
  notes: Notes,
  heading: (cell: string) => string = plainHeading,
): AsyncGenerator<Row> {
  let headings: readonly string[] | undefined
  for await (const rows of csvRows(text, notes)) {
    for (const row of rows) {
      if (headings === undefined) headings = row.map(heading)
      else yield Object.fromEntries(headings.map((name, i) => [name, row[i]]))
    }
  }
}

/** The headings at the top of a table, in plain form. */
export function csvHeadings(head: string): readonly string[] {
  return firstRow(head)
    .split(delimiterOf(head))
    .map(cell => plainHeading(cell.trim().replaceAll(/^"|"$/g, '')))
}

/** Three headings or more at the top, none of them a number, a key or an address: whatever it is, it is a table. */
export function isTable(head: string): boolean {
  const cells = firstRow(head).split(delimiterOf(head))
  return cells.length >= 3 && cells.every(isHeading)
}

function isHeading(cell: string): boolean {
  return /^\s*"?[\w #.()/:?-]{0,60}"?\s*$/.test(cell) && !/\d(?:\D*\d){4}|:\/\/|[A-Za-z]{48}|^\W*\d+\W*$/.test(cell)
}

/** What portals put behind the name of a time: `TimeGenerated [UTC]`. */
export const zoneMark = / \[UTC\]$/

/** A heading in lower case, without spaces, `_` and `-`. */
export function plainHeading(heading: string): string {
  return heading
    .replace(zoneMark, '')
    .toLowerCase()
    .replaceAll(/[\s_\-\ufeff]/g, '')
}

function firstRow(head: string): string {
  return head.trimStart().split(/\r?\n/, 1)[0] ?? ''
}

function delimiterOf(head: string): string {
  const row = firstRow(head)
  const counts = [',', ';', '\t'].map(mark => ({ mark, count: row.split(mark).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ','
}

/** Macintosh's old line ends, where there are no others. */
function newlineOf(head: string): string {
  return head.includes('\r') && !head.includes('\n') ? '\r' : '\n'
}

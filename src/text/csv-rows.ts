import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import type { Notes } from './notes.ts'
import type { Row } from './row.ts'

/** The rows of a table with commas, semicolons or tabs. What is wrong with one is noted, and the others are read. */
export async function* csvRows(text: AsyncIterable<string>, notes: Notes): AsyncGenerator<readonly string[]> {
  const [delimiter, all] = await delimited(text)
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 16 * 1024 * 1024,
    on_skip: (error: CsvError | undefined) => {
      const line = typeof error?.lines === 'number' ? error.lines : undefined
      notes.each(
        'rows could not be read',
        `The row at line ${line ?? '?'} could not be read. Rows around it were.`,
        line,
      )
      return undefined
    },
  })
  const source = Readable.from(all)
  source.once('error', error => parser.destroy(error))
  try {
    for await (const row of source.pipe(parser)) if (isRow(row)) yield row
  } catch (error) {
    const open = error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED'
    notes.note(`${open ? 'has a quoted field that does not end' : 'is not CSV to its end'}. What came before was read.`)
  } finally {
    source.destroy()
  }
}

/** The rows below the headings, each by its headings as `plainHeading` writes them. */
export async function* csvRecords(text: AsyncIterable<string>, notes: Notes): AsyncGenerator<Row> {
  let headings: readonly string[] | undefined
  for await (const row of csvRows(text, notes)) {
    if (headings === undefined) headings = row.map(plainHeading)
    else yield Object.fromEntries(headings.map((heading, i) => [heading, row[i]]))
  }
}

/** The headings at the top of a table, in plain form. */
export function csvHeadings(head: string): readonly string[] {
  return firstRow(head)
    .split(delimiterOf(head))
    .map(cell => plainHeading(cell.trim().replaceAll(/^"|"$/g, '')))
}

/** A heading in lower case, without spaces, `_` and `-`. */
export function plainHeading(heading: string): string {
  return heading.toLowerCase().replaceAll(/[\s_\-\ufeff]/g, '')
}

function isRow(row: unknown): row is readonly string[] {
  return Array.isArray(row)
}

async function delimited(text: AsyncIterable<string>): Promise<[delimiter: string, all: AsyncIterable<string>]> {
  const pieces = text[Symbol.asyncIterator]()
  const { value: head, done } = await pieces.next()
  const first = done === true ? '' : head
  async function* all(): AsyncGenerator<string> {
    yield first
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value
  }
  return [delimiterOf(first), all()]
}

function firstRow(head: string): string {
  return head.trimStart().split(/\r?\n/, 1)[0] ?? ''
}

function delimiterOf(head: string): string {
  const row = firstRow(head)
  const counts = [',', ';', '\t'].map(mark => ({ mark, count: row.split(mark).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ','
}

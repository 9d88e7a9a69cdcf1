import { Readable } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import type { Draft, TextFormat } from '../format.ts'
import type { Notes } from '../notes.ts'
import { priorOf } from '../prior.ts'

/** Headings for each field, the better ones first; compared in lower case without spaces, `_` and `-`. */
const headings = {
  value: 'secret secretvalue rawv2 raw token credential apikey accesskey password value offender key match',
  rule: 'ruleid rule detectorname detector secrettype type rulename',
  provider: 'provider',
  file: 'file path filepath filename',
  line: 'startline line linenumber lineno',
  column: 'startcolumn column',
  commit: 'commit commitsha commithash sha',
  url: 'link url htmlurl',
  author: 'email author',
  at: 'date createdat timestamp',
  prior: 'validity validationstatus verified status',
}

type Field = keyof typeof headings
type Columns = ReadonlyMap<Field, number>

/** A table of any scanner, by its headings; commas, semicolons or tabs. */
export const csv: TextFormat = {
  id: 'csv',
  name: 'CSV',
  shape: 'text',
  carrier: true,
  knows: head => columnsOf(cells(head)) !== undefined,
  async *read(text, { notes }) {
    let columns: Columns | undefined
    let tool = 'csv'
    for await (const row of rows(text, notes)) {
      if (columns === undefined) {
        columns = columnsOf(row) ?? new Map([['value', 0]])
        tool = toolOf(row)
      } else yield draft(row, columns, tool)
    }
  },
}

function draft(row: readonly string[], columns: Columns, tool: string): Draft {
  const named: Partial<Record<Field, string>> = {}
  for (const [field, index] of columns) named[field] = row[index] ?? ''
  return { tool, ...named, prior: priorOf(named.prior) }
}

async function* rows(text: AsyncIterable<string>, notes: Notes): AsyncGenerator<readonly string[]> {
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

function cells(head: string): string[] {
  return firstRow(head)
    .split(delimiterOf(head))
    .map(cell => cell.trim().replaceAll(/^"|"$/g, ''))
}

/** The columns that a row of headings names; undefined where it is no row of headings. */
function columnsOf(row: readonly string[]): Columns | undefined {
  const plain = row.map(plainly)
  const columns = new Map<Field, number>()
  for (const [field, names] of Object.entries(headings)) {
    const index = names
      .split(' ')
      .map(name => plain.indexOf(name))
      .find(each => each !== -1)
    if (index !== undefined && isField(field)) columns.set(field, index)
  }
  const enough = columns.size >= 2 || (columns.has('value') && row.length === 1)
  return enough && plain.every(heading => heading.length <= 60) ? columns : undefined
}

function isField(name: string): name is Field {
  return Object.hasOwn(headings, name)
}

function plainly(heading: string): string {
  return heading.toLowerCase().replaceAll(/[\s_\-\ufeff]/g, '')
}

/** Gitleaks and Betterleaks write the same headings, which no one else does. */
function toolOf(row: readonly string[]): string {
  return ['RuleID', 'Secret', 'Match', 'StartLine'].every(heading => row.includes(heading)) ? 'gitleaks' : 'csv'
}

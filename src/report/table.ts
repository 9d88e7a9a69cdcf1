import { styleText } from 'node:util'
import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { byStanding, type Standing, standingName } from './standing.ts'
import { tableNotes } from './table-notes.ts'
import { type Layout, layout, plainRows, type Row, undecidedRows } from './table-rows.ts'
import { isRanked } from './urgency.ts'
import { urgencyTable } from './urgency-table.ts'
import { wrap } from './width.ts'
import { number, reasonCounts } from './words.ts'

export interface TableOptions {
  /** Columns of the terminal; the table is never wider, and never narrower than 40. */
  readonly width?: number
  readonly color?: boolean
  /** Lists dead and set-aside keys too, which are else counted. */
  readonly all?: boolean
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

const colours = { live: 'red', undecided: 'yellow', dead: 'green', aside: 'blue' } as const

/** Groups of undecided keys that are listed unless all are asked for. */
const undecidedLimit = 40

/** The report for a person at a terminal: what works first, then what could not be decided, the rest counted. */
export function* table(report: Report, options: TableOptions = {}): Generator<string> {
  const width = Math.max(40, options.width ?? 80)
  const paint: Paint = options.color
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text
  const all = options.all ?? false
  const heaps = byStanding(report.cases)
  const sizes = layout(report.cases, all, width)
  if (isRanked(report.cases)) {
    yield* urgencyTable(report, { width, all, paint })
    yield '\n'
  } else if (report.cases.length > 0) {
    yield* section('live', heaps.live.length, plainRows(heaps.live, sizes), sizes, paint)
    const groups = undecidedRows(heaps.undecided, sizes)
    const limit = all ? groups.length : undecidedLimit
    yield* section('undecided', heaps.undecided.length, groups.slice(0, limit), sizes, paint)
    if (groups.length > limit) yield `  and ${number(groups.length - limit)} more lines; --all lists them\n`
    for (const heap of ['dead', 'aside'] as const) yield* counted(heap, heaps[heap], all, sizes, paint)
    yield '\n'
  }
  for (const line of tableNotes(report, heaps, width)) yield `${line}\n`
}

function* section(of: Standing, total: number, rows: Iterable<Row>, sizes: Layout, paint: Paint): Generator<string> {
  if (of !== 'live' && total === 0) return
  yield `${heading(of, total, paint)}\n`
  if (total === 0) yield '  No key was found to work.\n'
  for (const row of rows) yield rowText(row, sizes, paint, of)
}

function* counted(of: Standing, cases: readonly Case[], all: boolean, sizes: Layout, paint: Paint): Generator<string> {
  if (cases.length === 0) return
  const indent = 16
  const [first = '', ...more] = wrap(reasonCounts(cases), sizes.width - indent)
  const gap = ' '.repeat(Math.max(1, indent - `${standingName(of)} ${number(cases.length)}`.length))
  yield `${heading(of, cases.length, paint)}${gap}${first}\n`
  for (const line of more) yield `${' '.repeat(indent)}${line}\n`
  if (all) for (const row of plainRows(cases, sizes)) yield rowText(row, sizes, paint, of)
}

function heading(of: Standing, total: number, paint: Paint): string {
  return paint(['bold', colours[of]], `${standingName(of).toUpperCase()} ${number(total)}`)
}

function rowText({ name, shown, reason, what, more }: Row, sizes: Layout, paint: Paint, of: Standing): string {
  const word = what === '' ? reason.trimEnd() : reason
  const first = `  ${name}${paint('bold', shown)}${paint(colours[of], word)}${what}`
  return `${first}\n${more.map(line => `${' '.repeat(sizes.indent)}${line}\n`).join('')}`
}

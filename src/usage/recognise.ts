import { csvHeadings } from '../text/csv-rows.ts'
import { recordsAt } from '../text/json-path.ts'
import type { Row } from '../text/row.ts'
import type { Sample } from '../text/sample.ts'
import type { LogFormat, Reading } from './format.ts'
import { behindHead } from './line-head.ts'
import { unfolded } from './log-analytics.ts'
import { original, unwrapped } from './unwrap.ts'

/** Where records stand in answers and exports of the providers that are known; a document itself, or a list, first. */
const places = [
  '',
  '[]',
  'Records[]',
  'Events[]',
  'events[]',
  'Findings[]',
  'records[]',
  'value[]',
  'entries[]',
  'logins[]',
  'result[]',
  'results[]',
  'items[]',
  'data[]',
  'logs[]',
  'logEvents[]',
  'hits.hits[]',
  '[].Records[]',
  '[].Events[]',
  '[].entries[]',
  '[].value[]',
  '[][]',
]

/** A format, and what it says of one record. */
export interface Known {
  readonly format: LogFormat
  readonly read: () => Reading
}

/** Finds the format of JSON records, one by one: a collector's export holds many. */
export class JsonRecognition {
  readonly #formats: readonly LogFormat[]
  readonly #line: (text: string) => Known | undefined

  /** `line` reads a line of text that a collector has put into a record. */
  constructor(formats: readonly LogFormat[], line: (text: string) => Known | undefined) {
    this.#formats = formats.filter(({ json }) => json !== undefined)
    this.#line = line
  }

  of(record: Row): readonly Known[] {
    const known = this.direct(record)
    if (known !== undefined) return [known]
    return unwrapped(record, inner => (typeof inner === 'string' ? this.#line(inner) : this.direct(inner)))
  }

  direct(outer: Row): Known | undefined {
    const inner = original(outer)
    return this.#known(inner) ?? this.#known(outer) ?? this.#known(unfolded(outer))
  }

  #known(record: Row | undefined): Known | undefined {
    if (record === undefined) return undefined
    for (const format of this.#formats) {
      const { json } = format
      if (json?.knows(record) === true) return { format, read: () => json.read(record) }
    }
    return undefined
  }
}

/** Where the records of a document stand, first as they are, then in a collector's wrappings; undefined where no format knows any. */
export function placeOf(
  { documents }: Extract<Sample, { shape: 'json' }>,
  recognition: JsonRecognition,
): string | undefined {
  const at = (knows: (record: Row) => boolean) => (place: string) =>
    documents.some(document => recordsAt(document, place, 200).some(knows))
  return (
    places.find(at(record => recognition.direct(record) !== undefined)) ??
    places.toReversed().find(at(record => recognition.of(record).length > 0))
  )
}

/** The format of a table with these first lines. */
export function tableFormat(head: string, formats: readonly LogFormat[]): LogFormat | undefined {
  const headings = csvHeadings(head)
  const names = new Set(headings)
  return headings.length < 3
    ? undefined
    : formats.find(({ table }) => table?.knows(names) === true || table?.unnamed?.(headings) !== undefined)
}

/** A log of lines, and whether a collector put something before them. */
export interface OfLines {
  readonly format: LogFormat
  readonly behind: boolean
}

/** The format that knows the most of these lines. */
export function linesFormat(head: string, formats: readonly LogFormat[]): OfLines | undefined {
  const rows = head.split('\n', 500).map(row => row.replace(/\r$/, ''))
  const counted = formats.flatMap(format => {
    const own = rows.map(row => ownLine(row, format))
    const count = own.filter(row => format.lines?.knows(row)).length
    return count === 0 ? [] : [{ format, count, behind: own.some((row, i) => row !== rows[i]) }]
  })
  return counted.toSorted((a, b) => b.count - a.count)[0]
}

/** A line as its program wrote it, where the format knows that; else as it stands. */
export function ownLine(line: string, { lines }: LogFormat): string {
  const own = behindHead(line)
  return own !== undefined && lines?.knows(own) === true ? own : line
}

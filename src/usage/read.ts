import type { Warning } from '../model/finding.ts'
import type { Ended, GoesOn, Remembered } from '../model/goes-on.ts'
import { csvRows, plainHeading } from '../text/csv-rows.ts'
import { decode } from '../text/decode.ts'
import { headed } from '../text/headed.ts'
import type { Input } from '../text/input.ts'
import { recordReader } from '../text/json-records.ts'
import { Notes } from '../text/notes.ts'
import type { Row } from '../text/row.ts'
import { isEmpty, type Sample, sampleOf } from '../text/sample.ts'
import { textLines } from '../text/text-lines.ts'
import { exportedRows, firstExported } from './exported-table.ts'
import { finish, type LogEvent } from './finish.ts'
import type { Around, Draft, LogFormat, Reading } from './format.ts'
import { headless, withoutHeads } from './line-head.ts'
import { JsonRecognition, linesFormat, type OfLines, ownLine, placeOf, tableFormat } from './recognise.ts'
import { Tally } from './tally.ts'

export interface ReadOptions {
  readonly formats: readonly LogFormat[]
  readonly warn: (warning: Warning) => void
  /** The year of lines that name none, where the file's own date should not tell. */
  readonly year?: number | undefined
}

/** Some events of one log. */
export interface Handful {
  readonly format: LogFormat
  readonly events: readonly LogEvent[]
}

const others = 'Records before and after it were read.'
const batch = 512

/** Reads one log file. Nothing in it can make this throw: what is wrong with it is a warning. */
export class LogReader {
  readonly tally = new Tally()
  readonly #input: Input
  readonly #options: ReadOptions
  readonly #notes: Notes
  #ready: { format: LogFormat; events: LogEvent[] }[] = []
  #held = 0
  #nth = 0
  #goesOn: Ended | undefined
  /** What each format remembers of this file. */
  readonly #memory = new Map<string, Map<string, Remembered>>()

  constructor(input: Input, options: ReadOptions) {
    this.#input = input
    this.#options = options
    this.#notes = new Notes(input.name, options.warn)
  }

  /** How the file would go on, once it was read. */
  get goesOn(): Ended | undefined {
    const memory = [...this.#memory].filter(([, kept]) => kept.size > 0)
    if (this.#goesOn === undefined || memory.length === 0) return this.#goesOn
    return { ...this.#goesOn, memory: Object.fromEntries(memory.map(([id, kept]) => [id, Object.fromEntries(kept)])) }
  }

  async *read(): AsyncGenerator<Handful> {
    const { head, text, cut } = await headed(decode(() => this.#input.open(), this.#notes))
    if (head.trim() !== '') yield* this.#recognised(head, text, cut)
    this.#notes.end()
  }

  async *#recognised(head: string, text: AsyncIterable<string>, cut: boolean): AsyncGenerator<Handful> {
    const { formats } = this.#options
    const { goesOn } = this.#input
    if (goesOn !== undefined) {
      const format = formats.find(({ id }) => id === goesOn.format)
      if (format === undefined) yield* this.#json(withoutHeads(text), true, '')
      else if (goesOn.table === undefined) yield* this.#lines(text, { format, behind: true })
      else yield* this.#table(text, format, goesOn.table)
      return
    }
    const sample = sampleOf(head, cut)
    const behind = sample.shape === 'json' ? undefined : sampleOf(headless(head), cut)
    if (behind?.shape === 'json' && placeOf(behind, this.#recognition()) === '') {
      yield* this.#json(withoutHeads(text), true, '')
      return
    }
    const place = sample.shape === 'json' ? this.#placeIn(sample) : undefined
    if (sample.shape === 'json' && place !== undefined) {
      yield* this.#json(text, sample.lines, place)
      return
    }
    const table = tableFormat(head, formats)
    const lines = sample.shape === 'json' ? undefined : linesFormat(head, formats)
    if (table !== undefined && sample.shape === 'text') yield* this.#table(text, table)
    else if (lines !== undefined) yield* this.#lines(text, lines)
    else if (sample.shape === 'text' && this.#recognition().of(await firstExported(head)).length > 0)
      yield* this.#records(text)
    else if (!isEmpty(sample)) this.#notes.unreadable(`holds no log that is known. ${known(formats)}`)
  }

  /** Where its records stand; undefined where no format knows any of them. */
  #placeIn(sample: Extract<Sample, { shape: 'json' }>): string | undefined {
    return placeOf(sample, this.#recognition()) ?? (sample.lines && !isEmpty(sample) ? '' : undefined)
  }

  async *#json(text: AsyncIterable<string>, lines: boolean, place: string): AsyncGenerator<Handful> {
    const recognition = this.#recognition()
    const where = { paths: [place], lines, others }
    const reader = recordReader(where, (record, at) => this.#record(recognition, record, at), this.#notes)
    for await (const piece of text) {
      reader.push(piece)
      yield* this.#handed()
    }
    reader.end()
    yield* this.#handed(true)
    if (lines && place === '') this.#goesOn = {}
    if (this.#nth > 0 && this.tally.logs.length === 0 && this.#input.goesOn === undefined)
      this.#notes.unreadable(`holds ${this.#nth} JSON records of no log that is known. ${known(this.#options.formats)}`)
  }

  #record(recognition: JsonRecognition, record: Row, at: number): void {
    this.#nth++
    const found = recognition.of(record)
    if (found.length === 0) this.#unknown('records', at)
    for (const { format, read } of found) this.#take(format, read, at)
  }

  /** A table as search engines export one: over each column the name that a record has. */
  async *#records(text: AsyncIterable<string>): AsyncGenerator<Handful> {
    const recognition = this.#recognition()
    for await (const record of exportedRows(text, this.#notes)) {
      this.#record(recognition, record, this.#nth + 2)
      if (this.#held >= batch) yield* this.#handed()
    }
    yield* this.#handed(true)
  }

  async *#table(text: AsyncIterable<string>, format: LogFormat, before?: GoesOn['table']): AsyncGenerator<Handful> {
    let names = before?.columns
    const ended = (delimiter: string, rest: string): void => {
      const unread = Buffer.byteLength(rest)
      if (names !== undefined) this.#goesOn = { format: format.id, table: { columns: names, delimiter }, unread }
    }
    for await (const rows of csvRows(text, this.#notes, { delimiter: before?.delimiter, ended })) {
      for (const row of rows) {
        this.#nth++
        if (names === undefined) {
          const headings = row.map(plainHeading)
          const named = format.table?.knows(new Set(headings)) === true
          names = named ? headings : (format.table?.unnamed?.(headings) ?? headings)
          if (named) continue
        }
        const columns = names
        const record = Object.fromEntries(columns.map((name, i) => [name, row[i] === '' ? undefined : row[i]]))
        this.#take(format, () => format.table?.read(record), this.#nth)
        if (this.#held >= batch) yield* this.#handed()
      }
    }
    yield* this.#handed(true)
  }

  async *#lines(text: AsyncIterable<string>, { format, behind }: OfLines): AsyncGenerator<Handful> {
    const read = format.lines?.reader(this.#around(format))
    this.#goesOn = { format: format.id }
    for await (const [line, number] of textLines(text)) {
      this.#nth++
      if (line.trim() === '') continue
      this.#take(format, () => read?.(behind ? ownLine(line, format) : line), number)
      if (this.#held >= batch) yield* this.#handed()
    }
    yield* this.#handed(true)
  }

  /** Knows records, and lines of text that stand in them. */
  #recognition(): JsonRecognition {
    const readers = new Map<LogFormat, (line: string) => Reading>()
    return new JsonRecognition(this.#options.formats, record => {
      const text = record.replace(/\r?\n$/, '')
      const format = this.#options.formats.find(each => each.lines?.knows(ownLine(text, each)) === true)
      if (format?.lines === undefined) return undefined
      const read = readers.get(format) ?? format.lines.reader(this.#around(format))
      readers.set(format, read)
      return { format, read: () => read(ownLine(text, format)) }
    })
  }

  #around({ id }: LogFormat): Around {
    const memory = new Map(Object.entries(this.#input.goesOn?.memory?.[id] ?? {}))
    this.#memory.set(id, memory)
    return { latest: this.#input.modified?.getTime() ?? Date.now(), year: this.#options.year, memory }
  }

  #take(format: LogFormat, read: () => Reading, line: number): void {
    this.tally.of(format)
    try {
      const reading = read()
      if (reading === 'pass') return
      if (reading === undefined) this.#unknown('records', line)
      else if (isList(reading)) for (const draft of reading) this.#put(format, draft, line)
      else this.#put(format, reading, line)
    } catch {
      this.#unknown('records', line)
    }
  }

  #put(format: LogFormat, draft: Draft, line: number): void {
    const event = finish(draft, { source: format.id, file: this.#input.name, line, nth: this.#nth })
    if (event === undefined) {
      this.tally.unknown++
      const what = `The record at line ${line} has no time or no operation that could be read. ${others}`
      this.#notes.each('records have no time or no operation', what, line)
      return
    }
    this.tally.add(format, event)
    this.#held++
    const last = this.#ready.at(-1)
    if (last?.format === format) last.events.push(event)
    else this.#ready.push({ format, events: [event] })
  }

  #unknown(what: string, line: number): void {
    this.tally.unknown++
    this.#notes.each(
      `${what} are of no log that is known`,
      `The record at line ${line} is of no log that is known, or could not be understood. ${others}`,
      line,
    )
  }

  *#handed(all = false): Generator<Handful> {
    if (!all && this.#held === 0) return
    const ready = this.#ready
    this.#ready = []
    this.#held = 0
    yield* ready
  }
}

function isList(reading: Draft | readonly Draft[]): reading is readonly Draft[] {
  return Array.isArray(reading)
}

function known(formats: readonly LogFormat[]): string {
  return `Logs that are: ${formats.map(({ name }) => name).join(', ')}; others with a field map.`
}

import { isRecord } from '../model/path.ts'
import { whyNotJson } from './failure.ts'
import { JsonLines } from './json-lines.ts'
import { pathTree } from './json-path.ts'
import { JsonSlicer, type Slices } from './json-slicer.ts'
import { isLogLine } from './log-line.ts'
import type { Notes } from './notes.ts'
import type { Row } from './row.ts'

/** Takes text in pieces, to its end. */
export interface Reader {
  push(piece: string): void
  end(): void
}

/** Told each record, and the line where it begins. */
export type Found = (record: Row, line: number, around: (path: string) => unknown) => void

/** Where records stand in a JSON text, and what to say beside a broken one. */
export interface Records {
  readonly paths: readonly string[]
  readonly context?: readonly string[]
  /** Each document stands on a line of its own. */
  readonly lines: boolean
  /** The first document's start, for context that comes after the records. */
  readonly sample?: unknown
  /** `Findings before and after it were read.` */
  readonly others: string
}

const before = 'What came before was read.'

/** Hands on the records of JSON in pieces, line by line where each stands on its own. What is broken is noted, and the others are read. */
export function recordReader({ paths, context, lines, sample, others }: Records, found: Found, notes: Notes): Reader {
  if (lines && paths.includes('')) return lineReader(found, others, notes)
  const add = (record: Row, line: number): void => found(record, line, path => slicer.around(path))
  const slicer = new JsonSlicer(pathTree(paths, context ?? []), slicesTo(add, others, notes), sample)
  return slicer
}

function nothing(): undefined {
  return undefined
}

function lineReader(found: Found, others: string, notes: Notes): JsonLines {
  return new JsonLines({
    json(line, at) {
      let value: unknown
      try {
        value = JSON.parse(line)
      } catch (error) {
        const inside = objectsIn(line)
        for (const record of inside ?? []) found(record, at, nothing)
        if (inside === undefined) broken(notes, at, whyNotJson(error), others)
        return
      }
      if (isRecord(value)) found(value, at, nothing)
      else if (Array.isArray(value)) for (const each of value) if (isRecord(each)) found(each, at, nothing)
    },
    stray: (line, at) => stray(notes, line, at, others),
    long: at => broken(notes, at, 'it is longer than 64 MB', others),
  })
}

function slicesTo(add: (record: Row, line: number) => void, others: string, notes: Notes): Slices {
  return {
    record(value, line) {
      if (isRecord(value)) add(value, line)
    },
    broken(error, line) {
      const what = `The record that begins at line ${line} is not JSON (${whyNotJson(error)}). ${others}`
      notes.each('records are not JSON', what, line)
    },
    stray: (line, at) => stray(notes, line, at, others),
    cut(line, why) {
      if (why === 'ended') notes.note(`is cut off: its JSON ends in the middle, at line ${line}. ${before}`, line)
      else notes.note(`The record that begins at line ${line} is longer than 64 MB and was left out.`, line)
    },
  }
}

function stray(notes: Notes, line: string, at: number, others: string): void {
  if (!isLogLine(line)) broken(notes, at, 'it does not begin like a record', others)
}

function broken(notes: Notes, line: number, why: string, others: string): void {
  notes.each('lines are not JSON', `Line ${line} is not JSON (${why}). ${others}`, line)
}

/** Objects that follow one another on one line; undefined unless it is nothing else. */
function objectsIn(line: string): Row[] | undefined {
  if (!line.includes('}{') && !/\}\s+\{/.test(line)) return undefined
  const found: Row[] = []
  let whole = true
  const spoilt = (): void => {
    whole = false
  }
  const slicer = new JsonSlicer(pathTree([''], []), {
    record(value) {
      if (isRecord(value)) found.push(value)
    },
    broken: spoilt,
    stray: spoilt,
    cut: spoilt,
  })
  slicer.push(line)
  slicer.end()
  return whole ? found : undefined
}

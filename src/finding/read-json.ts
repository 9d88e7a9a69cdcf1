import type { Finding } from '../model/finding.ts'
import { isRecord } from '../model/path.ts'
import { whyNotJson } from '../text/failure.ts'
import { JsonLines } from '../text/json-lines.ts'
import { pathsFor, pathTree } from '../text/json-path.ts'
import { JsonSlicer, type Slices } from '../text/json-slicer.ts'
import { isLogLine } from '../text/log-line.ts'
import type { Notes } from '../text/notes.ts'
import type { Row } from '../text/row.ts'
import type { Sample } from '../text/sample.ts'
import { type Finishing, finish } from './finish.ts'
import type { Context, Draft, JsonFormat } from './format.ts'

const before = 'What came before was read.'
const around = 'Findings before and after it were read.'

/**
 * Findings of a JSON report, a few at a time: to hand on each by itself would cost as much as to parse it. Records are
 * cut out by their paths, or line by line where each stands on its own.
 */
export async function* readJson(
  text: AsyncIterable<string>,
  format: JsonFormat,
  sample: Extract<Sample, { shape: 'json' }>,
  finishing: Finishing,
  notes: Notes,
): AsyncGenerator<readonly Finding[]> {
  let ready: Finding[] = []
  const seen = { records: 0, findings: 0 }
  const paths = pathsFor(format, sample.documents)

  function add(record: Row, context: Context, line: number): void {
    seen.records++
    try {
      if (!format.knows(record)) return
      const drafts = format.read(record, context)
      if (drafts === undefined) return
      if (isList(drafts)) for (const draft of drafts) put(draft)
      else put(drafts)
    } catch {
      notes.each(
        'records could not be understood',
        `The record at line ${line} could not be understood. ${around}`,
        line,
      )
    }
  }

  function put(draft: Draft): void {
    const finding = finish(draft, finishing)
    if (finding === undefined) return
    seen.findings++
    ready.push(finding)
  }

  const reader = sample.lines && paths.includes('') ? lineReader(add, notes) : documentReader(paths, add)

  function documentReader(records: readonly string[], found: typeof add): JsonSlicer {
    const slices = slicesTo((record, line) => found(record, path => slicer.around(path), line), notes)
    const slicer = new JsonSlicer(pathTree(records, format.context ?? []), slices, sample.documents[0])
    return slicer
  }

  for await (const piece of text) {
    reader.push(piece)
    if (ready.length > 0) yield ready
    ready = []
  }
  reader.end()
  yield ready
  if (seen.records > 0 && seen.findings === 0 && finishing.tool !== undefined) {
    notes.note(`holds ${seen.records} JSON records, none of them a finding of ${format.name}.`)
  }
}

function nothing(): undefined {
  return undefined
}

function lineReader(add: (record: Row, context: Context, line: number) => void, notes: Notes): JsonLines {
  return new JsonLines({
    json(line, at) {
      let value: unknown
      try {
        value = JSON.parse(line)
      } catch (error) {
        const inside = objectsIn(line)
        for (const record of inside ?? []) add(record, nothing, at)
        if (inside === undefined) broken(notes, at, whyNotJson(error))
        return
      }
      if (isRecord(value)) add(value, nothing, at)
      else if (Array.isArray(value)) for (const each of value) if (isRecord(each)) add(each, nothing, at)
    },
    stray: (line, at) => stray(notes, line, at),
    long: at => broken(notes, at, 'it is longer than 64 MB'),
  })
}

function slicesTo(add: (record: Row, line: number) => void, notes: Notes): Slices {
  return {
    record(text, line) {
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch (error) {
        const what = `The record that begins at line ${line} is not JSON (${whyNotJson(error)}). ${around}`
        notes.each('records are not JSON', what, line)
        return false
      }
      if (isRecord(value)) add(value, line)
      return true
    },
    stray: (line, at) => stray(notes, line, at),
    cut(line, why) {
      if (why === 'ended') notes.note(`is cut off: its JSON ends in the middle, at line ${line}. ${before}`, line)
      else notes.note(`The record that begins at line ${line} is longer than 64 MB and was left out.`, line)
    },
  }
}

function stray(notes: Notes, line: string, at: number): void {
  if (!isLogLine(line)) broken(notes, at, 'it does not begin like a record')
}

function broken(notes: Notes, line: number, why: string): void {
  notes.each('lines are not JSON', `Line ${line} is not JSON (${why}). ${around}`, line)
}

/** Objects that follow one another on one line; undefined unless it is nothing else. */
function objectsIn(line: string): Row[] | undefined {
  if (!line.includes('}{') && !/\}\s+\{/.test(line)) return undefined
  const found: Row[] = []
  let whole = true
  const slicer = new JsonSlicer(pathTree([''], []), {
    record(text) {
      try {
        const value: unknown = JSON.parse(text)
        if (isRecord(value)) found.push(value)
      } catch {
        whole = false
      }
      return true
    },
    stray: () => {
      whole = false
    },
    cut: () => {
      whole = false
    },
  })
  slicer.push(line)
  slicer.end()
  return whole ? found : undefined
}

function isList(drafts: Draft | readonly Draft[]): drafts is readonly Draft[] {
  return Array.isArray(drafts)
}

import type { Finding } from '../model/finding.ts'
import { pathsFor } from '../text/json-path.ts'
import { recordReader } from '../text/json-records.ts'
import type { Notes } from '../text/notes.ts'
import type { Row } from '../text/row.ts'
import type { Sample } from '../text/sample.ts'
import { type Finishing, finish } from './finish.ts'
import type { Context, Draft, JsonFormat } from './format.ts'

const others = 'Findings before and after it were read.'

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
  const seen = { records: 0, findings: 0, incidental: 0 }

  function add(record: Row, line: number, context: Context): void {
    seen.records++
    try {
      if (!format.knows(record)) return
      const drafts = format.read(record, context)
      if (drafts === undefined) return
      if (isList(drafts)) for (const draft of drafts) put(draft)
      else put(drafts)
    } catch {
      const what = `The record at line ${line} could not be understood. ${others}`
      notes.each('records could not be understood', what, line)
    }
  }

  function put(draft: Draft): void {
    const finding = finish(draft, finishing)
    if (draft.incidental) seen.incidental++
    if (finding === undefined || (draft.incidental && finding.redacted)) return
    seen.findings++
    ready.push(finding)
  }

  const paths = pathsFor(format, sample.documents)
  const [first] = sample.documents
  const where = { paths, context: format.context ?? [], lines: sample.lines, sample: first, others }
  const reader = recordReader(where, add, notes)
  for await (const piece of text) {
    reader.push(piece)
    if (ready.length > 0) yield ready
    ready = []
  }
  reader.end()
  yield ready
  if (seen.incidental > 0) {
    const what = seen.incidental === 1 ? 'a result of a rule that is' : `${seen.incidental} results of rules that are`
    notes.note(`holds ${what} not about secrets. Only keys whose own form tells whose they are were taken from there.`)
  }
  if (seen.records > 0 && seen.findings === 0 && finishing.tool !== undefined) {
    notes.note(`holds ${seen.records} JSON records, none of them a finding of ${format.name}.`)
  }
}

function isList(drafts: Draft | readonly Draft[]): drafts is readonly Draft[] {
  return Array.isArray(drafts)
}

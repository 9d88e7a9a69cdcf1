import type { Report } from '../model/run.ts'
import { inChunks } from './chunks.ts'
import { csv } from './csv.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { jsonl } from './jsonl.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'
import { type TableOptions, table } from './table.ts'

/** A way to write a report; options beyond the table's own are not needed. */
export interface Format {
  /** One line for the help text. */
  readonly says: string
  readonly write: (report: Report, options?: TableOptions) => Iterable<string>
}

export type FormatName = 'table' | 'json' | 'jsonl' | 'sarif' | 'csv' | 'markdown' | 'html' | 'junit'

/** Every format by the name that `--to` takes. */
export const formats: Readonly<Record<FormatName, Format>> = {
  table: { says: 'for a person at a terminal', write: table },
  json: { says: 'everything, in one document with a published schema', write: chunked(json) },
  jsonl: { says: 'one case a line, for other programs', write: chunked(jsonl) },
  sarif: { says: 'SARIF 2.1.0, for code scanning', write: chunked(sarif) },
  csv: { says: 'one row a case, for a spreadsheet', write: chunked(csv) },
  markdown: { says: 'for a ticket: what works, why, and the steps', write: chunked(markdown) },
  html: { says: 'one page for people, offline, with a checklist', write: chunked(html) },
  junit: { says: 'JUnit XML: a live key is a failed test', write: chunked(junit) },
}

/** Whether there is such a format. */
export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name)
}

function chunked(write: (report: Report) => Iterable<string>): Format['write'] {
  return report => inChunks(write(report))
}

import { csvHeadings, csvRecords } from '../../text/csv-rows.ts'
import type { TextFormat } from '../format.ts'

/** Deepfence ThreatMapper's secrets, as a table: the text around each, in JSON's quotes. */
export const deepfence: TextFormat = {
  id: 'deepfence',
  name: 'Deepfence ThreatMapper secrets, CSV',
  shape: 'text',
  knows(head) {
    const headings = csvHeadings(head)
    return ['filename', 'content', 'rule', 'nodename'].every(heading => headings.includes(heading))
  },
  async *read(text, { notes }) {
    for await (const row of csvRecords(text, notes)) {
      yield { tool: 'deepfence', rule: row.name ?? row.rule, value: unquoted(row.content), file: row.filename }
    }
  },
}

function unquoted(content: unknown): unknown {
  if (typeof content !== 'string' || !/^\s*".*"\s*$/s.test(content)) return content
  try {
    return JSON.parse(content)
  } catch {
    return content.trim().slice(1, -1)
  }
}

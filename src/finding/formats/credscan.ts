import { csvHeadings, csvRecords } from '../../text/csv-rows.ts'
import type { TextFormat } from '../format.ts'

/** Microsoft's CredScan: a hash of what it found, and where. */
export const credscan: TextFormat = {
  id: 'credscan',
  name: 'CredScan, CSV',
  shape: 'text',
  knows(head) {
    const headings = csvHeadings(head)
    return headings.includes('hashkey') && headings.includes('searcher')
  },
  async *read(text, { notes }) {
    for await (const row of csvRecords(text, notes)) {
      yield {
        tool: 'credscan',
        redacted: true,
        rule: typeof row.searcher === 'string' ? (/^CSCAN[\w-]+/.exec(row.searcher)?.[0] ?? row.searcher) : undefined,
        file: row.source,
        line: row.line,
        at: row.timeofdiscovery,
      }
    }
  },
}

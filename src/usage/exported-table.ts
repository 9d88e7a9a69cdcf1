import { csvRecords, zoneMark } from '../text/csv-rows.ts'
import { Notes } from '../text/notes.ts'
import type { Row } from '../text/row.ts'

/** The rows of a table as search engines and portals export one: over each column stands the name that a record has. */
export function exportedRows(text: AsyncIterable<string>, notes: Notes): AsyncGenerator<Row> {
  return csvRecords(text, notes, cell => cell.replace(/^\ufeff/, '').replace(zoneMark, ''))
}

/** The first of them; nothing where the text is no table. */
export async function firstExported(head: string): Promise<Row> {
  async function* once(): AsyncGenerator<string> {
    yield head
  }
  for await (const row of exportedRows(once(), new Notes('', () => undefined)))
    return Object.keys(row).length > 2 ? row : {}
  return {}
}

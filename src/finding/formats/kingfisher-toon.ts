import type { Row } from '../../text/row.ts'
import { textLines } from '../../text/text-lines.ts'
import type { TextFormat } from '../format.ts'
import { kingfisherDraft } from './kingfisher.ts'

/** `findings[13|]{rule_id|path|…}:` names the columns, and what stands between them. */
const table = /^findings\[\d+([|\t]?)\]\{(.+)\}:$/

/** Kingfisher 2's TOON: a heading with the names of columns, and an indented line for each finding. https://toonformat.dev */
export const kingfisherToon: TextFormat = {
  id: 'kingfisher',
  name: 'Kingfisher, TOON',
  shape: 'text',
  knows: head => /^schema: "?kingfisher\.toon\b/m.test(head),
  async *read(text, { notes }) {
    let columns: readonly string[] = []
    let between = ','
    for await (const [row, line] of textLines(text)) {
      const [, delimiter, names] = table.exec(row) ?? []
      if (names !== undefined) {
        between = delimiter || ','
        columns = cells(names, between)
      } else if (!row.startsWith(' ')) columns = []
      else if (columns.length > 0) {
        const texts = cells(row.trim(), between)
        if (texts.length === columns.length) yield kingfisherDraft(record(columns, texts))
        else notes.each('rows were cut off', `The row at line ${line} is cut off. The others were read.`, line)
      }
    }
  },
}

/** In quotes, a text is as in JSON. */
function cells(row: string, between: string): readonly string[] {
  const cell = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|[^${between}]+|(?<=^|[${between}])(?=[${between}]|$)`, 'g')
  return (row.match(cell) ?? []).map(text => {
    if (!text.startsWith('"')) return text
    try {
      return String(JSON.parse(text))
    } catch {
      return text
    }
  })
}

/** As in Kingfisher's JSON. */
function record(columns: readonly string[], texts: readonly string[]): Row {
  const of = Object.fromEntries(
    columns.map((name, index) => [name, texts[index] === 'null' ? undefined : texts[index]]),
  )
  const number = (name: string): number | undefined => (of[name] === undefined ? undefined : Number(of[name]))
  return {
    rule: { id: of.rule_id, name: of.rule_name },
    finding: {
      snippet: of.snippet,
      validate_command: of.validate_command,
      validation: { outcome: of.validation_outcome, status: of.validation_status, response: of.validation_response },
      path: of.path,
      line: number('line'),
      column_start: number('column_start'),
      column_end: number('column_end'),
      git_metadata: {
        repository_url: of.git_repository_url,
        commit: { id: of.git_commit_id, url: of.git_commit_url, author: { email: of.git_author_email } },
        file: { url: of.git_file_url },
      },
    },
  }
}

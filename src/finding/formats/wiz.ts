import { isRecord } from '../../model/path.ts'
import { rowsOf } from '../../text/row.ts'
import type { JsonFormat } from '../format.ts'

/** Wiz CLI's scan of a directory or an image. The description has the text with its secret taken out. */
export const wiz: JsonFormat = {
  id: 'wiz',
  name: 'Wiz CLI, JSON',
  shape: 'json',
  records: ['result.secrets[]', 'result.analytics.secrets[]'],
  knows: record => 'path' in record || 'lineNumber' in record,
  envelope: document => isRecord(document.result) && ('scanOriginResource' in document || 'secrets' in document.result),
  read: record => ({
    tool: 'wiz',
    redacted: true,
    rule: rowsOf(record.contains)[0]?.name ?? record.type,
    file: record.path,
    line: record.lineNumber,
    left: { mask: inBrackets(record.description) },
  }),
}

/** `Password in URL (postgresql://postgres:---REDACTED---@localhost/postgres)`. */
function inBrackets(description: unknown): string | undefined {
  return typeof description === 'string' ? /\((.*---REDACTED---.*)\)\s*$/s.exec(description)?.[1] : undefined
}

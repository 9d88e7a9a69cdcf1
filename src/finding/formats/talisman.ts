import { isRecord } from '../../model/path.ts'
import { inside, type Row, rowsOf } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'

/** Talisman: the text that it found is the end of a message; a file may be found for its name alone. */
export const talisman: JsonFormat = {
  id: 'talisman',
  name: 'Talisman, JSON',
  shape: 'json',
  records: ['results[]'],
  knows: record => 'filename' in record && (Array.isArray(record.failure_list) || Array.isArray(record.warning_list)),
  envelope: document => isRecord(inside(document, 'summary').types) && 'results' in document,
  read: record =>
    [...rowsOf(record.failure_list), ...rowsOf(record.warning_list)]
      .filter(({ type }) => type !== 'filesize')
      .map(failure => draft(record, failure)),
}

const found = /(?:Potential secret pattern\s*:|encoded texts such as:|credit card numbers such as:)\s*(.+)$/s

/** A long text is cut off in the message, and is none that could be checked; nor is the name of one, `AWS_SECRET_KEY=`. */
function draft({ filename }: Row, { type, message, commits }: Row): Draft {
  const text = typeof message === 'string' ? found.exec(message)?.[1]?.trim() : undefined
  return {
    tool: 'talisman',
    rule: type,
    value: text,
    ...((text === undefined || /(?:\.\.\.|[=:]\s*)$/.test(text)) && { redacted: true }),
    file: filename,
    commit: Array.isArray(commits) ? commits[0] : undefined,
  }
}

import { isRecord } from '../../model/path.ts'
import { inside, type Row, rowsOf } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { isMask } from '../mask.ts'

/** secretlint's JSON: files with messages, as ESLint has them. Masked by its command line, unless `--no-maskSecrets`. */
export const secretlint: JsonFormat = {
  id: 'secretlint',
  name: 'secretlint, JSON',
  shape: 'json',
  records: ['[]', ''],
  knows: record => Array.isArray(record.messages) && 'filePath' in record,
  marks: record =>
    Array.isArray(record.messages) &&
    'filePath' in record &&
    !('errorCount' in record) &&
    ('sourceContentType' in record || rowsOf(record.messages).some(isOwn)),
  read: record =>
    rowsOf(record.messages)
      .filter(({ type }) => type === undefined || type === 'message')
      .map(message => draft(record, message)),
}

function isOwn(message: Row): boolean {
  return Array.isArray(message.range) && typeof message.ruleId === 'string'
}

function draft(record: Row, message: Row): Draft {
  const [start, end] = [inside(inside(message, 'loc'), 'start'), inside(inside(message, 'loc'), 'end')]
  return {
    tool: 'secretlint',
    // a rule's id covers all of its provider's secrets
    rule: message.messageId ?? message.ruleId,
    ...secretOf(record, message),
    file: record.filePath,
    line: start.line,
    column: typeof start.column === 'number' ? start.column + 1 : undefined,
    left: {
      endLine: end.line,
      endColumn: typeof end.column === 'number' ? end.column + 1 : undefined,
      ...(Array.isArray(message.range) && { utf16: message.range }),
    },
  }
}

/** The text in `data` that stands in the range too, or all that may be one; the range where there is no data. */
function secretOf(record: Row, message: Row): Partial<Draft> {
  const content = ranged(record.sourceContent, message.range)
  const data = Object.entries(isRecord(message.data) ? message.data : {}).filter(
    ([name, text]) => typeof text === 'string' && text !== '' && !/type|name$/i.test(name),
  )
  const texts = data.map(([, text]) => text)
  if (texts.length === 0) return { value: content }
  if (texts.every(text => typeof text === 'string' && isMask(text))) return { redacted: true, value: texts[0] }
  if (content !== undefined && texts.includes(content)) return { value: content }
  return texts.length === 1 ? { value: texts[0] } : { parts: Object.fromEntries(data) }
}

function ranged(content: unknown, range: unknown): string | undefined {
  if (typeof content !== 'string' || !Array.isArray(range)) return undefined
  const [start, end]: readonly unknown[] = range
  const whole = Number.isInteger(start) && Number.isInteger(end)
  return whole && Number(start) < Number(end) ? content.slice(Number(start), Number(end)) : undefined
}

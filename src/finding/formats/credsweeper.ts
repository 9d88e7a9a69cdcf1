import { type Row, rowsOf } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'

/**
 * CredSweeper: a line for each text of a candidate, of which a key with its id has two and a private key one a line.
 * https://github.com/Samsung/CredSweeper/blob/main/credsweeper/credentials/line_data.py
 */
export const credsweeper: JsonFormat = {
  id: 'credsweeper',
  name: 'CredSweeper, JSON',
  shape: 'json',
  records: ['[]'],
  knows: record => 'rule' in record && rowsOf(record.line_data_list).some(line => 'value' in line),
  read(record) {
    const lines = rowsOf(record.line_data_list)
    const [first = {}] = lines
    return {
      tool: 'credsweeper',
      rule: record.rule,
      ...secretOf(lines),
      file: first.path,
      line: first.line_num,
      // Its columns count from 0.
      column: Number(first.value_start) + 1,
      left: { endColumn: Number(first.value_end) + 1, length: lengthOf(first) },
    }
  },
}

function secretOf(lines: readonly Row[]): Partial<Draft> {
  const [{ value, line: source, value_start: start } = {}] = lines
  if (lines.some(isHashed)) return { redacted: true }
  if (lines.length === 1)
    return { value: wholeAddress(value, typeof source === 'string' ? source.slice(0, Number(start)) : '') }
  if (typeof value === 'string' && value.startsWith('-----BEGIN'))
    return { value: lines.map(line => line.value).join('\n') }
  return { parts: Object.fromEntries(lines.map((line, index) => [`text_${index + 1}`, line.value])) }
}

/** Of an address that is a key (`https://hooks.slack.com/services/…`) only the path is its value. */
function wholeAddress(value: unknown, before: string): unknown {
  const [host] = /https:\/\/[^\s"'`<>]{1,200}$/.exec(before) ?? []
  return typeof value === 'string' && value.startsWith('/') && host !== undefined ? `${host}${value}` : value
}

/** `--hashed` writes SHA-256 instead; where the text stands tells how long it was. */
function isHashed(line: Row): boolean {
  const length = lengthOf(line)
  return typeof line.value === 'string' && /^[0-9a-f]{64}$/.test(line.value) && length !== undefined && length !== 64
}

function lengthOf({ value_start: start, value_end: end }: Row): number | undefined {
  return typeof start === 'number' && typeof end === 'number' && start >= 0 && end > start ? end - start : undefined
}

import type { JsonFormat } from '../format.ts'

/** whispers: keys and values of configuration files. */
export const whispers: JsonFormat = {
  id: 'whispers',
  name: 'whispers, JSON',
  shape: 'json',
  records: ['[]', ''],
  knows: record => 'key' in record && 'value' in record && 'file' in record,
  marks: record =>
    'key' in record && 'value' in record && 'file' in record && ('rule_id' in record || 'severity' in record),
  read: record => ({
    tool: 'whispers',
    rule: record.rule_id ?? record.message,
    value: record.value,
    file: record.file,
    line: record.line,
  }),
}

import { isRecord } from '../../model/path.ts'
import type { JsonFormat } from '../format.ts'

/** TruffleHog3, the Python tool. `context` holds the secret and stays where it is. */
export const trufflehogThree: JsonFormat = {
  id: 'trufflehog3',
  name: 'TruffleHog3 (Python), JSON',
  shape: 'json',
  records: ['[]', ''],
  knows: record => isRecord(record.rule) && 'secret' in record && 'path' in record,
  read(record) {
    const rule = isRecord(record.rule) ? record.rule : {}
    return {
      tool: 'trufflehog3',
      rule: rule.id ?? rule.message,
      value: record.secret,
      file: record.path,
      line: record.line,
      commit: record.commit,
      author: record.author,
      at: record.date,
    }
  },
}

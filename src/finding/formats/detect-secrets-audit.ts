import { isRecord } from '../../model/path.ts'
import type { JsonFormat } from '../format.ts'

/** `detect-secrets audit --report`: a baseline with its secrets found again, in plain text, and the lines they are in. */
export const detectSecretsAudit: JsonFormat = {
  id: 'detect-secrets',
  name: 'detect-secrets audit report, JSON',
  shape: 'json',
  records: ['results[]', '[]'],
  knows: record => 'secrets' in record && isRecord(record.lines) && 'filename' in record,
  read(record) {
    if (record.category === 'VERIFIED_FALSE') return undefined
    const found = {
      tool: 'detect-secrets',
      rule: Array.isArray(record.types) ? record.types[0] : record.types,
      value: record.secrets,
      file: record.filename,
    }
    const lines = isRecord(record.lines) ? Object.keys(record.lines).filter(line => /^\d+$/.test(line)) : []
    return lines.length === 0 ? found : lines.map(line => ({ ...found, line }))
  },
}

import { isRecord } from '../../model/path.ts'
import type { JsonFormat } from '../format.ts'

/** GitGuardian's honeytokens: decoys. What else is found of them must not be touched, so they are read as such. */
export const gitguardianHoneytoken: JsonFormat = {
  id: 'gitguardian',
  name: 'GitGuardian honeytokens, JSON',
  shape: 'json',
  records: ['[]', '', '[][]', 'honeytokens[]', 'results[]', 'data[]'],
  knows: record => 'token' in record && ('open_events_count' in record || 'triggered_at' in record),
  marks: record => 'token' in record && 'open_events_count' in record && 'triggered_at' in record,
  read: record => ({
    tool: 'gitguardian',
    rule: typeof record.type === 'string' ? `honeytoken ${record.type}` : 'honeytoken',
    value: isRecord(record.token) ? undefined : record.token,
    parts: isRecord(record.token) ? record.token : undefined,
    hint: 'A GitGuardian honeytoken.',
    url: record.gitguardian_url,
    at: record.created_at,
  }),
}

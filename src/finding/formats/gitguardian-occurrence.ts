import type { Exposure } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import { inside, type Row, rowsOf } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { priorOf } from '../prior.ts'

/** GitGuardian's occurrences: where an incident's secret was seen, without the secret. */
export const gitguardianOccurrence: JsonFormat = {
  id: 'gitguardian',
  name: 'GitGuardian occurrences, JSON',
  shape: 'json',
  records: ['[]', '', '[][]', 'occurrences[]', 'results[]', 'data[]'],
  knows: record => Array.isArray(record.matches) && ('incident_id' in record || isRecord(record.incident)),
  marks: record =>
    Array.isArray(record.matches) && 'filepath' in record && ('incident_id' in record || isRecord(record.incident)),
  read: record => {
    const incident = inside(record, 'incident')
    const { name, display_name: display } = inside(incident, 'detector')
    const known = { tool: 'gitguardian', rule: name ?? display, prior: priorOf(incident.validity), redacted: true }
    return { ...known, ...occurrence(record, {}) }
  },
}

/** The place of one occurrence; what it does not say is the incident's. */
export function occurrence(record: Row, incident: Partial<Draft>): Partial<Draft> {
  const [first = {}] = rowsOf(record.matches)
  const seen = exposure(record)
  return {
    file: record.filepath,
    line: first.post_line_start ?? first.pre_line_start,
    commit: record.sha,
    url: record.url ?? incident.url,
    author: record.author_info ?? record.author_name,
    at: record.date ?? incident.at,
    ...(incident.exposure !== 'public' && seen !== undefined && { exposure: seen }),
  }
}

function exposure(record: Row): Exposure | undefined {
  const { visibility } = inside(record, 'source')
  if (visibility === 'public') return 'public'
  if (Array.isArray(record.tags) && record.tags.includes('PUBLICLY_EXPOSED')) return 'public'
  return visibility === 'private' || visibility === 'internal' ? 'internal' : undefined
}

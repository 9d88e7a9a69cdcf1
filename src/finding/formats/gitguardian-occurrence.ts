import type { Exposure } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import type { Draft, JsonFormat, Row } from '../format.ts'
import { tracesOf } from '../gitguardian-match.ts'
import { hashIn } from '../hidden.ts'
import { priorOf } from '../prior.ts'
import { inside, rowsOf } from '../row.ts'

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
    const left = { hash: hashIn('hmsl', incident.hmsl_hash, 64) }
    return { ...known, ...occurrence(record, { left }) }
  },
}

/** The place of one occurrence; what it does not say is the incident's. */
export function occurrence(record: Row, incident: Partial<Draft>): Partial<Draft> {
  const [first = {}] = rowsOf(record.matches)
  const seen = exposure(record)
  const removed = first.pre_line_start !== null && first.post_line_start === null
  return {
    left: { ...incident.left, pieces: tracesOf(rowsOf(record.matches)), ...(removed && { removed }) },
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

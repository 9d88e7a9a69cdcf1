import type { Exposure, Medium } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import { inside, type Row, rowsOf } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { tracesOf } from '../gitguardian-match.ts'
import { hashIn } from '../hidden.ts'
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
    const left = { hash: hashIn('hmsl', incident.hmsl_hash, 64) }
    return { ...known, ...occurrence(record, { left }) }
  },
}

/** The place of one occurrence; what it does not say is the incident's. */
export function occurrence(record: Row, incident: Partial<Draft>): Partial<Draft> {
  const [first = {}] = rowsOf(record.matches)
  const seen = exposure(record)
  const source = inside(record, 'source')
  const medium = mediumOf(source.type)
  const removed = first.pre_line_start !== null && first.post_line_start === null
  return {
    left: { ...incident.left, pieces: tracesOf(rowsOf(record.matches)), ...(removed && { removed }) },
    file: record.filepath,
    line: first.post_line_start ?? first.pre_line_start,
    commit: record.sha,
    url: record.url ?? incident.url,
    author: record.author_info ?? record.author_name,
    at: record.date ?? incident.at,
    repository: source.full_name,
    ...(medium !== undefined && { medium }),
    ...(incident.exposure !== 'public' && seen !== undefined && { exposure: seen }),
  }
}

function exposure(record: Row): Exposure | undefined {
  const tags = Array.isArray(record.tags) ? record.tags : []
  const leaked = tags.some(tag => exposureOf(isRecord(tag) ? tag.name : tag) === 'public')
  return leaked ? 'public' : exposureOf(inside(record, 'source').visibility)
}

/** Types of source: https://api.gitguardian.com/docs, `source_type`. */
const kinds: readonly (readonly [pattern: RegExp, medium: Medium])[] = [
  [/^(?:github|gitlab|bitbucket|azure_devops|gerrit)/, 'repository'],
  [/^(?:slack|microsoft_teams|teams)/, 'chat'],
  [/^(?:jira|linear|servicenow|asana|zendesk)/, 'ticket'],
  [/^(?:confluence|notion|sharepoint)/, 'page'],
  [/(?:container|docker|ecr|image|registry)/, 'image'],
]

function mediumOf(type: unknown): Medium | undefined {
  return typeof type === 'string' ? kinds.find(([pattern]) => pattern.test(type.toLowerCase()))?.[1] : undefined
}

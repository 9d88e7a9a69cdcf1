import { isRecord } from '../../model/path.ts'
import { inside, type Row } from '../../text/row.ts'
import type { Draft, JsonFormat, Left } from '../format.ts'

const kinds = /^(?:commit|wiki_commit|(?:issue|discussion|pull_request)_\w+)$/

/** An alert's `locations_url`: where its secret was seen, without the secret or its type. */
export const githubLocation: JsonFormat = {
  id: 'github',
  name: 'GitHub secret scanning locations, JSON',
  shape: 'json',
  records: ['[]', '', '[][]'],
  knows: record => isRecord(record.details) && typeof record.type === 'string' && kinds.test(record.type),
  read: record => ({ tool: 'github', redacted: true, ...location(record) }),
}

/** The place in a location's details, which name the page in a field for each kind. */
export function location(record: Row): Partial<Draft> {
  const details = inside(record, 'details')
  const page = Object.entries(details).find(([name]) => /_(?:title|body|comment|review)_url$/.test(name))?.[1]
  return {
    file: details.path,
    line: details.start_line,
    column: details.start_column,
    left: ends(details),
    commit: details.commit_sha,
    url: details.html_url ?? details.page_url ?? page ?? details.commit_url,
    ...(typeof record.type === 'string' && !record.type.endsWith('commit') && { medium: 'ticket' }),
  }
}

/** Where it ends, in bytes; the last column is its own: https://docs.github.com/en/rest/secret-scanning/secret-scanning */
export function ends({ end_line: endLine, end_column: last, blob_sha: blob }: Row): Left {
  return { endLine, endColumn: typeof last === 'number' ? last + 1 : undefined, blob }
}

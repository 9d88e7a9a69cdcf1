import { isRecord } from '../../model/path.ts'
import { inside, type Row, rowsOf } from '../../text/row.ts'
import { decoyIn } from '../decoy.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { groupsOf } from '../match-groups.ts'

/** Nosey Parker: a finding for each match. Since 0.22 its groups are in Base64; before, it had one as `match_content`. */
export const noseyparker: JsonFormat = {
  id: 'noseyparker',
  name: 'Nosey Parker, JSON and JSON lines',
  shape: 'json',
  records: ['', '[]'],
  knows: record =>
    Array.isArray(record.matches) &&
    ('rule_name' in record || 'rule_text_id' in record) &&
    ('groups' in record || 'match_content' in record || 'finding_id' in record || record.type === 'finding'),
  read(record) {
    const matches = rowsOf(record.matches)
    return matches.length === 0 ? draft(record, {}) : matches.map(match => draft(record, match))
  },
}

function draft(record: Row, match: Row): Draft {
  const { before, matching, after } = inside(match, 'snippet')
  const place = inside(inside(inside(match, 'location'), 'source_span'), 'start')
  return {
    tool: 'noseyparker',
    rule: record.rule_text_id ?? match.rule_text_id ?? record.rule_name ?? match.rule_name,
    ...secretOf(record, match),
    hint: decoyIn(before, matching, after),
    line: place.line,
    column: place.column,
    ...provenance(isRecord(match.provenance) ? [match.provenance] : rowsOf(match.provenance)),
  }
}

function secretOf(record: Row, match: Row): Pick<Draft, 'value' | 'parts'> {
  const groups = match.groups ?? record.groups
  if (Array.isArray(groups)) return groupsOf(groups, inside(match, 'snippet').matching)
  return { value: match.match_content ?? record.match_content ?? inside(match, 'snippet').matching }
}

/** One place seen in several ways: as a file, and with the commit that brought it. */
function provenance(ways: readonly Row[]): Partial<Draft> {
  const way = ways.find(({ kind }) => kind === 'git_repo')
  const first = inside(way, way?.first_commit === undefined ? 'commit_provenance' : 'first_commit')
  const commit = inside(first, 'commit_metadata')
  const file = ways.find(({ kind, path }) => kind === 'file' && typeof path === 'string')
  const extended = inside(
    ways.find(({ kind }) => kind === 'extended'),
    'payload',
  )
  return {
    file: first.blob_path ?? file?.path ?? extended.path ?? way?.repo_path ?? way?.path,
    commit: commit.commit_id,
    url: extended.url,
    author: commit.author_email ?? commit.author_name,
    repository: way?.repo_url ?? way?.clone_url,
    at: commit.author_timestamp ?? commit.committer_timestamp,
  }
}

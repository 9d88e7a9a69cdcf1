import { isRecord } from '../../model/path.ts'
import { inside, type Row, rowsOf } from '../../text/row.ts'
import { decoyIn } from '../decoy.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { groupsOf } from '../match-groups.ts'
import { priorOf } from '../prior.ts'
import { unpacked } from '../unpacked.ts'

/** Titus: matches (`scan --format json`), or findings with theirs (`report`). Bytes are in Base64, in Go's names. */
export const titus: JsonFormat = {
  id: 'titus',
  name: 'Titus, JSON',
  shape: 'json',
  records: ['[]', ''],
  knows: record =>
    typeof record.RuleID === 'string' &&
    !('Secret' in record) &&
    ('Groups' in record || 'NamedGroups' in record || 'BlobID' in record || Array.isArray(record.Matches)),
  read(record) {
    const matches = rowsOf(record.Matches)
    return matches.length === 0 ? draft(record, record) : matches.map(match => draft(record, match))
  },
}

function draft(record: Row, match: Row): Draft {
  const start = inside(inside(inside(match, 'Location'), 'Source'), 'Start')
  const { Before, Matching, After } = inside(match, 'Snippet')
  const groups = match.Groups ?? record.Groups
  const validation = isRecord(match.validation_result) ? match.validation_result : inside(match, 'ValidationResult')
  return {
    tool: 'titus',
    rule: match.RuleID ?? record.RuleID,
    ...groupsOf(Array.isArray(groups) ? groups : [], unpacked(Matching), inside(match, 'NamedGroups')),
    hint: decoyIn(unpacked(Before), unpacked(Matching), unpacked(After)),
    prior: priorOf(validation.status ?? validation.Status),
    file: match.file_path ?? match.FilePath,
    line: start.Line,
    column: start.Column,
  }
}

import { lastSegment, type Row, rowsOf } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { secretOf } from '../gitguardian-match.ts'
import { priorOf } from '../prior.ts'

/** GitGuardian's scan API (`/v1/scan`, `/v1/multiscan`), which gives back what was sent in. */
export const gitguardianScan: JsonFormat = {
  id: 'gitguardian',
  name: 'GitGuardian scan API, JSON',
  shape: 'json',
  records: ['[]', ''],
  knows: record => Array.isArray(record.policy_breaks),
  read: record =>
    rowsOf(record.policy_breaks)
      .filter(isSecret)
      .map(found => draft(found, record)),
}

/** Other policies judge a file's name or ending. */
function isSecret({ policy }: Row): boolean {
  return typeof policy !== 'string' || /secret/i.test(policy)
}

function draft(found: Row, { filename }: Row): Draft {
  const matches = rowsOf(found.matches)
  return {
    tool: 'gitguardian',
    rule: found.detector_name ?? lastSegment(found.documentation_url) ?? found.type ?? found.break_type,
    ...secretOf(matches),
    prior: priorOf(found.validity),
    file: filename,
    line: matches[0]?.line_start,
  }
}

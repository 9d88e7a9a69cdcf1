import { inside, type Row } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { isAboutSecret, priorIn } from '../semgrep-rule.ts'

/** Semgrep's Secrets and findings API, and what `semgrep ci` sends there: places without the secret. */
export const semgrepFindings: JsonFormat = {
  id: 'semgrep',
  name: 'Semgrep API findings, JSON',
  shape: 'json',
  records: ['findings[]'],
  knows: isFinding,
  envelope: document =>
    Array.isArray(document.findings) &&
    ('searched_paths' in document || ('cursor' in document && document.findings.length === 0)),
  read: record => (isSecret(record) ? draft(record) : { tool: 'semgrep', rule: record.check_id, incidental: true }),
}

function isFinding(record: Row): boolean {
  return (
    'findingPath' in record ||
    'validationState' in record ||
    ('check_id' in record && 'path' in record) ||
    ('rule_name' in record && ('syntactic_id' in record || 'match_based_id' in record))
  )
}

/** The Secrets API has nothing else. */
function isSecret(record: Row): boolean {
  if ('findingPath' in record || 'validationState' in record) return true
  const { name, message, cwe_names } = inside(record, 'rule')
  const about = { ...inside(record, 'metadata'), cwe_names }
  const { check_id: id = record.rule_name ?? name } = record
  return isAboutSecret(about, id, record.message ?? record.rule_message ?? message, record.validation_state)
}

function draft(record: Row): Draft {
  const place = inside(record, 'location')
  const [, file, line] = (typeof record.findingPath === 'string' && /^(.*):(\d+)$/s.exec(record.findingPath)) || []
  const url = record.findingPathUrl ?? record.line_of_code_url
  const { git_commit: commit = shaIn(url) } = inside(record, 'historical_info')
  return {
    tool: 'semgrep',
    redacted: true,
    rule: record.check_id ?? record.type ?? record.rule_name,
    prior: priorIn(record.validationState ?? record.validation_state),
    file: file ?? record.findingPath ?? record.path ?? place.file_path,
    line: line ?? record.line ?? place.line,
    column: record.column ?? place.column,
    left: { endLine: record.end_line ?? place.end_line, endColumn: record.end_column ?? place.end_column },
    commit,
    url,
    at: record.createdAt ?? record.created_at ?? record.commit_date,
    exposure: exposureOf(inside(record, 'repository').visibility),
    repository: inside(record, 'repository').name,
  }
}

/** A link to a line goes through its commit: `/blob/6ad16b2…/src/ai.py#L232`. */
function shaIn(url: unknown): string | undefined {
  return typeof url === 'string' ? /\/blob\/([\da-f]{40})\//.exec(url)?.[1] : undefined
}

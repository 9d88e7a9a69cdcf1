import type { Row } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { wrapped } from '../wrapped.ts'

/** Gitleaks 8: `gitleaks git --report-format json`, and the JSON of its templates. */
export const gitleaks: JsonFormat = {
  id: 'gitleaks',
  name: 'Gitleaks 8, JSON',
  shape: 'json',
  records: ['[]', '', ...wrapped],
  knows: isLeak,
  read: record => leak('gitleaks', record),
}

/** The fields that Gitleaks and its successor share. */
export function isLeak(record: Row): boolean {
  return typeof record.RuleID === 'string' && typeof record.Secret === 'string'
}

/** `Match` and `Line` hold the secret and stay where they are, but for a `Match` (`Context` in 8.0) in which it is masked. Ends are inclusive. */
export function leak(tool: string, record: Row): Draft {
  const isOld = 'Context' in record && record.Commit === ''
  return {
    tool,
    rule: record.RuleID,
    value: record.Secret,
    file: record.File,
    line: isOld ? fromZero(record.StartLine) : record.StartLine,
    column: record.StartColumn,
    left: {
      around: record.Match ?? record.Context,
      endLine: isOld ? fromZero(record.EndLine) : record.EndLine,
      endColumn: typeof record.EndColumn === 'number' ? record.EndColumn + 1 : undefined,
    },
    commit: record.Commit,
    url: record.Link,
    author: record.Email === '' || record.Email === undefined ? record.Author : record.Email,
    at: record.Date,
  }
}

/** 8.0 counted the lines of files without a commit from 0: https://github.com/gitleaks/gitleaks/blob/v8.0.7/detect/detect.go */
function fromZero(line: unknown): unknown {
  return typeof line === 'number' ? line + 1 : line
}

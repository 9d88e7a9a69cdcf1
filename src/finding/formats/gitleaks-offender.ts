import type { JsonFormat } from '../format.ts'
import { wrapped } from '../wrapped.ts'

/** Gitleaks up to 7, which called the secret `offender`. */
export const gitleaksOffender: JsonFormat = {
  id: 'gitleaks',
  name: 'Gitleaks 7, JSON',
  shape: 'json',
  records: ['[]', '', ...wrapped],
  knows: record => typeof record.offender === 'string' && typeof record.rule === 'string',
  read: record => ({
    tool: 'gitleaks',
    rule: record.rule,
    value: record.offender,
    file: record.file,
    line: record.lineNumber,
    left: { around: record.line },
    commit: record.commit,
    url: typeof record.leakURL === 'string' && record.leakURL !== '' ? record.leakURL : record.repoURL,
    author: record.email ?? record.author,
    at: record.date,
    repository: record.repoURL || record.repo,
  }),
}

import type { JsonFormat } from '../format.ts'
import { hashIn } from '../hidden.ts'

const lists = ['results', '[].results'].flatMap(path => [`${path}.failed_checks[]`, `${path}.skipped_checks[]`])

/**
 * Checkov's secrets, which detect-secrets finds for it: masked lines, and a SHA-1 of each as its resource.
 * https://github.com/bridgecrewio/checkov/blob/main/checkov/secrets/runner.py
 */
export const checkov: JsonFormat = {
  id: 'checkov',
  name: 'Checkov, JSON',
  shape: 'json',
  records: lists,
  knows: ({ check_id: id }) => typeof id === 'string' && id.startsWith('CKV_SECRET_'),
  envelope: document => document.check_type === 'secrets',
  read: record => ({
    tool: 'checkov',
    redacted: true,
    rule: record.check_name ?? record.check_id,
    file: record.repo_file_path ?? record.file_path,
    line: firstOf(record.file_line_range),
    commit: record.added_commit_hash,
    author: record.added_by,
    at: record.added_date,
    left: { hash: hashIn('sha1', record.resource, 40) },
  }),
}

function firstOf(range: unknown): unknown {
  return Array.isArray(range) ? range[0] : undefined
}

import type { Row } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'

/** TruffleHog 2, and `--json-legacy` of its successor: texts without a name for each of them. */
export const trufflehogLegacy: JsonFormat = {
  id: 'trufflehog',
  name: 'TruffleHog 2, JSON lines',
  shape: 'json',
  records: ['', '[]'],
  knows: hasStrings,
  read: record => stringsFound('trufflehog', record),
}

/** `stringsFound` is what TruffleHog 2 and all that imitate it have in common. */
export function hasStrings(record: Row): boolean {
  return Array.isArray(record.stringsFound ?? record.StringsFound)
}

/** A finding for each text. `diff` and `printDiff` hold the secret and stay where they are. */
export function stringsFound(tool: string, record: Row): readonly Draft[] {
  const strings = record.stringsFound ?? record.StringsFound
  if (!Array.isArray(strings)) return []
  const place = {
    tool,
    rule: record.reason ?? record.Reason,
    file: record.path ?? record.Path ?? record.key,
    line: record.linenum ?? (record.new_line_num || record.old_line_num),
    commit: record.commitHash ?? record.CommitHash,
    url: record.url ?? record.permalink ?? record.web_link,
    at: record.date ?? record.Date ?? record.ts,
    ...('issue_id' in record && { medium: 'ticket' as const }),
    ...('page_id' in record && { medium: 'page' as const }),
    ...('channel_id' in record && { medium: 'chat' as const, repository: record.channel_id }),
    ...('g_drive_id' in record && { medium: 'storage' as const }),
    ...('key' in record && !('commitHash' in record) && { medium: 'storage' as const, repository: record.bucket }),
  }
  return strings.map(value => ({ ...place, value }))
}

import type { Medium } from '../../model/finding.ts'
import { firstText, inside } from '../../text/row.ts'
import type { JsonFormat } from '../format.ts'

/** https://github.com/spark1security/n0s1 */
const platforms: Readonly<Record<string, Medium>> = {
  jira: 'ticket',
  linear: 'ticket',
  asana: 'ticket',
  zendesk: 'ticket',
  wrike: 'ticket',
  confluence: 'page',
  slack: 'chat',
  github: 'repository',
  gitlab: 'repository',
  localfilesystem: 'file',
}

/** n0s1: tickets and pages. Its secret is taken out of the text around it, unless it was told to show it. */
export const nZeroSOne: JsonFormat = {
  id: 'n0s1',
  name: 'n0s1, JSON',
  shape: 'json',
  records: ['findings.*', 'findings[]'],
  knows: record => 'secret' in record && ('details' in record || 'url' in record),
  marks: record => 'secret' in record && 'matched_regex_config' in inside(record, 'details'),
  envelope: document => inside(document, 'tool').name === 'n0s1',
  read(record) {
    const { id, description } = inside(inside(record, 'details'), 'matched_regex_config')
    const masked = typeof record.secret === 'string' && record.secret.includes('<REDACTED>')
    const platform = String(inside(record, 'details').platform).toLowerCase()
    const [, address, line] = (typeof record.url === 'string' && /^(.*)#L(\d+)$/s.exec(record.url)) || []
    const shown = firstText(record.sensitive_secret)
    const found = { tool: 'n0s1', rule: id ?? description, medium: platforms[platform], line }
    return {
      ...found,
      ...(shown === undefined ? { value: record.secret, redacted: masked } : { value: shown }),
      ...(platform === 'localfilesystem' ? { file: address ?? record.url } : { url: record.url }),
    }
  },
}

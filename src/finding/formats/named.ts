import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { JsonFormat } from '../format.ts'
import { mediumOf } from '../medium-word.ts'

/** A person's own JSON: `{ provider, key }` or `{ provider, parts: { … } }`, one, several, or a line for each. */
export const named: JsonFormat = {
  id: 'json',
  name: 'JSON with provider and key or parts',
  shape: 'json',
  records: ['', '[]'],
  knows: record => isRecord(record.parts) || (typeof record.provider === 'string' && keyOf(record) !== undefined),
  read: record => ({
    tool: 'json',
    rule: record.rule,
    provider: record.provider,
    value: keyOf(record),
    parts: isRecord(record.parts) ? record.parts : undefined,
    file: record.file,
    line: record.line,
    commit: record.commit,
    url: record.url,
    author: record.author,
    at: record.at,
    exposure: record.exposure === 'unknown' ? 'unknown' : exposureOf(record.exposure),
    medium: mediumOf(record.medium),
    repository: record.repository,
  }),
}

function keyOf({ key, secret, token, value }: Row): unknown {
  return [key, secret, token, value].find(each => typeof each === 'string')
}

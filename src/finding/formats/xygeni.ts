import { inside } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { JsonFormat } from '../format.ts'

const [url, visibility] = ['metadata.scm.url', 'metadata.scm.visibility']

/** Xygeni's secrets report: the first characters, and a hash. */
export const xygeni: JsonFormat = {
  id: 'xygeni',
  name: 'Xygeni secrets, JSON',
  shape: 'json',
  records: ['secrets[]'],
  context: [url, visibility],
  knows: record => 'detector' in record || 'issueId' in record || 'location' in record,
  marks: record => 'detector' in record && 'filepath' in inside(record, 'location') && 'hash' in record,
  envelope: ({ metadata }) =>
    inside({ metadata }, 'metadata').scanType === 'secrets' ||
    inside({ metadata }, 'metadata').format === 'secrets-xygeni',
  read(record, context) {
    const place = inside(record, 'location')
    return {
      tool: 'xygeni',
      redacted: true,
      rule: record.detector ?? record.type,
      file: place.filepath,
      line: place.beginLine,
      left: {
        mask: record.secret,
        endLine: place.endLine,
        column: place.beginColumn,
        endColumn: place.endColumn,
      },
      commit: place.commit ?? record.commit,
      url: context(url),
      exposure: exposureOf(context(visibility)),
    }
  },
}

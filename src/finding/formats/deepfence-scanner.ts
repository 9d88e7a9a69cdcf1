import type { Medium } from '../../model/finding.ts'
import type { Row } from '../../text/row.ts'
import type { JsonFormat } from '../format.ts'

const image = 'Image Name'
const [rule, contents, from, to, file] = [
  'Matched Rule Name',
  'Matched Contents',
  'Relative Starting Index of Match in Displayed Substring',
  'Relative Ending Index of Match in Displayed Substring',
  'Full File Name',
] as const

/**
 * Deepfence SecretScanner's JSON of a directory, an image or a container:
 * https://github.com/deepfence/SecretScanner/blob/release-2.5/output/output.go
 */
export const deepfenceScanner: JsonFormat = {
  id: 'deepfence',
  name: 'Deepfence SecretScanner, JSON',
  shape: 'json',
  records: ['Secrets[]', '', '[]'],
  context: [image],
  knows: record => rule in record && (contents in record || file in record),
  envelope: document => 'Secrets' in document && ('Directory Name' in document || image in document),
  read(record, context) {
    const medium: Medium = context(image) === undefined ? 'file' : 'image'
    return {
      tool: 'deepfence',
      rule: record[rule],
      value: match(record),
      file: record[file],
      medium,
      repository: context(image),
    }
  },
}

/** Text around the match; where in it the match is, in bytes. */
function match(record: Row): unknown {
  const { [contents]: around, [from]: start, [to]: end } = record
  if (typeof around !== 'string' || typeof start !== 'number' || typeof end !== 'number' || start >= end) return around
  const bytes = Buffer.from(around)
  return end <= bytes.length && start >= 0 ? bytes.subarray(start, end).toString() : around
}

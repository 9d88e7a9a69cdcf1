import { isRecord } from '../../model/path.ts'
import type { JsonFormat } from '../format.ts'
import { hashIn } from '../hidden.ts'
import { priorOf } from '../prior.ts'

/** detect-secrets' baseline: SHA-1 hashes. What an audit found to be no secret is passed over. */
export const detectSecrets: JsonFormat = {
  id: 'detect-secrets',
  name: 'detect-secrets baseline, JSON',
  shape: 'json',
  records: ['results.*[]'],
  knows: record => 'hashed_secret' in record,
  envelope: document => 'plugins_used' in document && isRecord(document.results),
  read: (record, context) =>
    record.is_secret === false
      ? undefined
      : {
          tool: 'detect-secrets',
          redacted: true,
          // https://github.com/Yelp/detect-secrets/blob/master/detect_secrets/core/potential_secret.py
          left: { hash: hashIn('sha1', record.hashed_secret, 40) },
          rule: record.type,
          prior: priorOf(record.is_verified),
          file: record.filename ?? context('results.*'),
          line: record.line_number,
        },
}

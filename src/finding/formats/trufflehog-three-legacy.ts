import type { JsonFormat } from '../format.ts'
import { hasStrings, stringsFound } from './trufflehog-legacy.ts'

/** TruffleHog3, the Python tool, up to 2: whole lines of a diff, with their signs. */
export const trufflehogThreeLegacy: JsonFormat = {
  id: 'trufflehog3',
  name: 'TruffleHog3 (Python) 2, JSON',
  shape: 'json',
  records: ['[]', ''],
  knows: hasStrings,
  marks: record => hasStrings(record) && 'branch' in record && !('diff' in record) && !('printDiff' in record),
  read: record =>
    stringsFound('trufflehog3', record).map(draft =>
      typeof draft.value === 'string' ? { ...draft, value: draft.value.replace(/^[+-](?!-{4}BEGIN )/, '') } : draft,
    ),
}

import type { JsonFormat } from '../format.ts'
import { hasStrings, stringsFound } from './trufflehog-legacy.ts'

/** Rusty Hog: Choctaw (Git), Duroc (files), Berkshire (S3), Göttingen (Jira), Essex (Confluence), Ankamali, Hante. */
export const rustyHog: JsonFormat = {
  id: 'rusty_hog',
  name: 'Rusty Hog, JSON',
  shape: 'json',
  records: ['[]', ''],
  knows: hasStrings,
  marks: record => hasStrings(record) && !('branch' in record) && !('Branch' in record),
  read: record => stringsFound('rusty_hog', record),
}

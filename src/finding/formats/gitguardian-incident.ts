import type { Exposure } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import { inside, type Row, rowsOf } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { hashIn } from '../hidden.ts'
import { priorOf } from '../prior.ts'
import { occurrence } from './gitguardian-occurrence.ts'

const own = ['secret_hash', 'hmsl_hash', 'gitguardian_url', 'occurrences_count', 'triggered_at', 'secret_revoked']

/** GitGuardian's incidents, internal and public, one or a list. They never hold the secret. */
export const gitguardianIncident: JsonFormat = {
  id: 'gitguardian',
  name: 'GitGuardian incidents, JSON',
  shape: 'json',
  records: ['[]', '', '[][]', 'incidents[]', 'results[]', 'data[]'],
  knows: record => isRecord(record.detector) && own.some(field => Object.hasOwn(record, field)),
  read(record) {
    const detector = inside(record, 'detector')
    const known: Draft = {
      tool: 'gitguardian',
      redacted: true,
      left: { hash: hashIn('hmsl', record.hmsl_hash, 64) },
      rule: detector.name ?? detector.detector_group_name ?? detector.display_name,
      prior: priorOf(record.validity),
      exposure: exposure(record),
      url: record.gitguardian_url,
      at: record.date ?? record.triggered_at,
    }
    const occurrences = rowsOf(record.occurrences)
    return occurrences.length === 0 ? known : occurrences.map(each => ({ ...known, ...occurrence(each, known) }))
  },
}

function exposure(record: Row): Exposure | undefined {
  const tags = Array.isArray(record.tags) ? record.tags : []
  const { source_publicly_visible: visible, leaked_outside_perimeter: outside } = inside(record, 'public_exposure')
  const leaked = tags.some(tag => exposureOf(isRecord(tag) ? tag.name : tag) === 'public')
  const listed = typeof record.gitguardian_url === 'string' && record.gitguardian_url.includes('/public-incidents/')
  return leaked || visible === true || outside === true || listed ? 'public' : undefined
}

import type { Exposure } from '../../model/finding.ts'
import { firstText, inside, type Row } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { priorOf } from '../prior.ts'
import { unpacked } from '../unpacked.ts'
import { ends } from './github-location.ts'

/** GitHub's secret scanning alerts: of a repository, an organisation or an enterprise, one or a list. */
export const githubAlert: JsonFormat = {
  id: 'github',
  name: 'GitHub secret scanning alerts, JSON',
  shape: 'json',
  records: ['[]', '', '[][]'],
  knows: record =>
    typeof record.secret_type === 'string' && ('locations_url' in record || 'html_url' in record || 'number' in record),
  read: record => alert(record, inside(record, 'repository')),
}

/** An alert with what is known of its repository. `secret` is absent with `hide_secret=true` and in webhooks. */
export function alert(record: Row, repository: Row): Draft {
  const first = inside(record, 'first_location_detected')
  return {
    tool: 'github',
    rule: record.secret_type,
    ...secretOf(record),
    prior: priorOf(record.validity),
    file: first.path,
    line: first.start_line,
    column: first.start_column,
    left: ends(first),
    commit: first.commit_sha,
    url: first.html_url ?? record.html_url ?? repository.html_url,
    at: record.created_at,
    exposure: exposure(record, repository),
    repository: repository.full_name,
  }
}

/** Several types, with commas between them, are the parts of one credential, where the secret has as many. */
function secretOf(record: Row): Pick<Draft, 'value' | 'parts'> {
  const value = (record.is_base64_encoded === true ? unpacked(record.secret) : undefined) ?? record.secret
  const names = firstText(record.secret_type)?.split(/\s*,\s*/) ?? []
  if (names.length < 2 || typeof value !== 'string') return { value }
  for (const mark of ['\n', ',', ';', ':', ' ']) {
    const texts = value.split(mark).map(text => text.trim())
    if (texts.length !== names.length || texts.includes('')) continue
    return { value, parts: Object.fromEntries(names.map((name, i) => [name, texts[i]])) }
  }
  return { value }
}

function exposure(record: Row, repository: Row): Exposure | undefined {
  if (record.publicly_leaked === true) return 'public'
  if (repository.private === true) return 'internal'
  return repository.private === false ? 'public' : exposureOf(repository.visibility)
}

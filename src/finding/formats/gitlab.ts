import { isRecord } from '../../model/path.ts'
import { inside, type Row, rowsOf } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { Context, Draft, JsonFormat } from '../format.ts'

/**
 * `gl-secret-detection-report.json` of every version, Semgrep's `--gitlab-secrets`, and lists of findings from the API:
 * https://docs.gitlab.com/api/vulnerability_findings/
 */
export const gitlab: JsonFormat = {
  id: 'gitlab',
  name: 'GitLab secret detection report, JSON',
  shape: 'json',
  records: ['vulnerabilities[]', '[]', '[][]'],
  context: ['scan.type', 'scan.scanner.id'],
  knows: record => isRecord(record.location) || Array.isArray(record.identifiers),
  marks: record => isSecret(record) && ('location' in record || 'scanner' in record),
  envelope: document =>
    'vulnerabilities' in document &&
    (inside(document, 'scan').type === 'secret_detection' || inside(inside(document, 'scan'), 'scanner').id === 'n0s1'),
  read(record, context) {
    if (context('scan.scanner.id') === 'n0s1') return ticket(record)
    if (!isSecret(record) && (record.category !== undefined || context('scan.type') !== 'secret_detection')) {
      return undefined
    }
    return draft(record, context)
  },
}

/** GitLab's other reports are alike, and had the secrets among them at first. */
function isSecret(record: Row): boolean {
  const { category = record.report_type } = record
  if (category !== undefined && category !== 'sast') return category === 'secret_detection'
  const { id } = inside(record, 'scanner')
  return id === 'trufflehog' || id === 'gitleaks' || rowsOf(record.identifiers).some(isRule)
}

/** Semgrep and Checkov write what they found as SAST, with ids of their own. */
function isRule({ type, value }: Row): boolean {
  if (typeof type === 'string' && /gitleaks|secret/i.test(type)) return true
  return typeof value === 'string' && /^CKV_SECRET_|^generic\.secrets\./.test(value)
}

function draft(record: Row, context: Context): Draft {
  const identifiers = rowsOf(record.identifiers)
  const named = identifiers.find(isRule) ?? identifiers.find(({ type }) => type !== 'cwe')
  const place = inside(record, 'location')
  const { sha, date, author } = inside(place, 'commit')
  const project = inside(record, 'project')
  return {
    tool: toolOf(record, context),
    rule: named?.value ?? named?.name ?? record.name,
    value: joined(record.raw_source_code_extract),
    file: place.file,
    line: place.start_line,
    left: { endLine: place.end_line },
    commit: typeof sha === 'string' && /^0+$/.test(sha) ? undefined : sha,
    author,
    at: date,
    repository: project.full_path ?? project.path_with_namespace,
    exposure: exposureOf(project.visibility ?? record.project_visibility),
  }
}

/** n0s1 writes tickets as a report of DAST: https://github.com/spark1security/n0s1/blob/main/src/n0s1/reporting/report_gitlab.py */
function ticket(record: Row): Draft {
  const [identifier] = rowsOf(record.identifiers)
  const rule = identifier?.value ?? identifier?.name
  return { tool: 'n0s1', redacted: true, rule, url: inside(record, 'location').hostname }
}

function toolOf(record: Row, context: Context): string {
  const scanners = [inside(record, 'scanner').id, context('scan.scanner.id')]
  const is = (name: string): boolean => scanners.some(id => typeof id === 'string' && id.startsWith(name))
  return ['semgrep', 'checkov'].find(is) ?? 'gitlab'
}

/** Semgrep gives the extract as its lines. */
function joined(extract: unknown): unknown {
  return Array.isArray(extract) ? extract.filter(line => typeof line === 'string').join('\n') : extract
}

import type { Prior } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import type { Row } from '../../text/row.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { priorOf } from '../prior.ts'

const driver = 'runs[].tool.driver.name'
const scanners = new Set(
  (
    'gitleaks betterleaks trufflehog kingfisher titus noseyparker semgrep secretlint ggshield detect-secrets trivy wiz ' +
    'talisman whispers checkov codeql'
  ).split(' '),
)

/** SARIF 2.1.0 of any scanner: the value is in the snippet, where there is one. */
export const sarif: JsonFormat = {
  id: 'sarif',
  name: 'SARIF 2.1.0',
  shape: 'json',
  carrier: true,
  records: ['runs[].results[]'],
  context: [driver],
  knows: record => isRecord(record.message) || 'ruleId' in record || 'locations' in record,
  marks: () => false,
  envelope: document =>
    Array.isArray(document.runs) &&
    ((typeof document.$schema === 'string' && document.$schema.includes('sarif')) ||
      (typeof document.version === 'string' && document.version.startsWith('2.')) ||
      'tool' in Object(document.runs[0])),
  read(record, context) {
    const tool = toolNamed(context(driver))
    const locations = Array.isArray(record.locations) ? record.locations : []
    if (locations.length <= 1) return draft(tool, record, locations[0])
    return locations.map(location => draft(tool, record, location))
  },
}

function draft(tool: string, record: Row, location: unknown): Draft {
  const place = within(location, 'physicalLocation')
  const region = within(place, 'region')
  const { uri } = within(place, 'artifactLocation')
  const own = within(record, 'properties')
  const {
    commitSha = own.commit,
    email = own.email,
    author = own.author,
    date = own.date,
  } = within(record, 'partialFingerprints')
  return {
    tool,
    rule: rule(record),
    value: own.offender ?? within(region, 'snippet').text ?? within(within(place, 'contextRegion'), 'snippet').text,
    prior: prior(own.validation_outcome ?? own.validation_status, record, tool),
    file: typeof uri === 'string' && uri.startsWith('file://') ? uri.slice(7) : uri,
    line: region.startLine,
    column: region.startColumn,
    commit: commitSha,
    url: record.hostedViewerUri,
    author: email || author,
    at: date,
  }
}

const nothing: Row = {}

function within(value: unknown, key: string): Row {
  const inner = isRecord(value) ? value[key] : undefined
  return isRecord(inner) ? inner : nothing
}

function toolNamed(name: unknown): string {
  const plain = typeof name === 'string' ? name.toLowerCase().replaceAll(/[\s_]+/g, '-') : ''
  const short = plain === 'nosey-parker' ? 'noseyparker' : plain
  return scanners.has(short) ? short : ([...scanners].find(scanner => short.startsWith(`${scanner}-`)) ?? 'sarif')
}

/** Gitleaks 7 had no rule ids, only "AWS Access Key secret detected". */
function rule(record: Row): unknown {
  const known = record.ruleId ?? within(record, 'rule').id
  if (known !== undefined) return known
  const { text } = within(record, 'message')
  return typeof text === 'string' ? /^([\w .-]{1,60}) secret detected$/.exec(text)?.[1] : undefined
}

/** TruffleHog writes what it verified as errors; Kingfisher has a property, whose "inactive" can mean unchecked. */
function prior(word: unknown, record: Row, tool: string): Prior | undefined {
  if (tool === 'trufflehog') return record.level === 'error' ? 'live' : 'unknown'
  const said = priorOf(word)
  return said === 'dead' ? 'unknown' : said
}

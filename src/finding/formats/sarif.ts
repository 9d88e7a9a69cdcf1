import type { Prior } from '../../model/finding.ts'
import { at, isRecord } from '../../model/path.ts'
import type { Draft, JsonFormat, Row } from '../format.ts'
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
    (String(document.$schema).includes('sarif') ||
      String(document.version).startsWith('2.') ||
      'tool' in Object(document.runs[0])),
  read(record, context) {
    const tool = toolNamed(context(driver))
    const locations = Array.isArray(record.locations) ? record.locations.filter(isRecord) : []
    const result = { tool, rule: rule(record), prior: prior(record, tool), ...commit(record) }
    if (locations.length === 0) return { ...result, value: at(record, 'properties.offender') }
    return locations.map(location => ({ ...result, ...found(record, location) }))
  },
}

function toolNamed(name: unknown): string {
  const plain = typeof name === 'string' ? name.toLowerCase().replaceAll(/[\s_]+/g, '-') : ''
  const short = plain === 'nosey-parker' ? 'noseyparker' : plain
  return scanners.has(short) ? short : ([...scanners].find(scanner => short.startsWith(`${scanner}-`)) ?? 'sarif')
}

/** Gitleaks 7 had no rule ids, only "AWS Access Key secret detected". */
function rule(record: Row): unknown {
  const text = at(record, 'message.text')
  const said = typeof text === 'string' ? /^([\w .-]{1,60}) secret detected$/.exec(text)?.[1] : undefined
  return record.ruleId ?? at(record, 'rule.id') ?? said
}

function found(record: Row, location: Row): Partial<Draft> {
  const physical = at(location, 'physicalLocation')
  const uri = at(physical, 'artifactLocation.uri')
  const value =
    at(record, 'properties.offender') ??
    at(physical, 'region.snippet.text') ??
    at(physical, 'contextRegion.snippet.text')
  return {
    value,
    file: typeof uri === 'string' ? uri.replace(/^file:\/\//, '') : undefined,
    line: at(physical, 'region.startLine'),
    column: at(physical, 'region.startColumn'),
    url: record.hostedViewerUri,
  }
}

function commit(record: Row): Partial<Draft> {
  const known = { ...Object(record.properties), ...Object(record.partialFingerprints) }
  return {
    commit: known.commitSha ?? known.commit,
    author: known.email === '' ? known.author : (known.email ?? known.author),
    at: known.date,
  }
}

/** TruffleHog writes what it verified as errors; Kingfisher has a property; others say nothing. */
function prior(record: Row, tool: string): Prior | undefined {
  if (tool === 'trufflehog') return record.level === 'error' ? 'live' : 'unknown'
  const word = at(record, 'properties.validation_outcome') ?? at(record, 'properties.validation_status')
  const said = priorOf(word)
  return said === 'dead' ? 'unknown' : said
}

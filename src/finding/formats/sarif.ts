import type { Prior } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import { type Row, rowsOf } from '../../text/row.ts'
import { exposureOf } from '../exposure-word.ts'
import type { Draft, JsonFormat, Left } from '../format.ts'
import { hashIn } from '../hidden.ts'
import { priorOf } from '../prior.ts'
import { isSarifSecret, sarifTool } from '../sarif-rule.ts'
import { secretsOf } from './kingfisher.ts'

const driver = 'runs[].tool.driver.name'
const [rules, extensions, origin] = [
  'runs[].tool.driver.rules',
  'runs[].tool.extensions',
  'runs[].versionControlProvenance',
] as const

/**
 * SARIF 2.1.0 of any scanner: the value is in the snippet, where there is one. Results of rules that are not about
 * secrets (CodeQL, Trivy and Semgrep write all sorts) are incidental: counted, and read for keys that tell themselves.
 */
export const sarif: JsonFormat = {
  id: 'sarif',
  name: 'SARIF 2.1.0',
  shape: 'json',
  carrier: true,
  records: ['runs[].results[]'],
  context: [driver, rules, extensions, origin],
  knows: record => isRecord(record.message) || 'ruleId' in record || 'locations' in record,
  marks: () => false,
  envelope: document =>
    Array.isArray(document.runs) &&
    ((typeof document.$schema === 'string' && document.$schema.includes('sarif')) ||
      (typeof document.version === 'string' && document.version.startsWith('2.')) ||
      rowsOf(document.runs).some(run => 'tool' in run || rowsOf(run.results).some(each => 'locations' in each))),
  tools: document => rowsOf(document.runs).map(run => sarifTool(within(within(run, 'tool'), 'driver').name)),
  read(record, context) {
    if (isPassed(record)) return undefined
    const tool = sarifTool(context(driver) ?? markOf(record))
    const run: Run = {
      tool,
      incidental: !isSarifSecret(tool, context(driver), record, [context(rules), context(extensions)]),
      repository: rowsOf(context(origin))[0]?.repositoryUri,
    }
    const locations = Array.isArray(record.locations) ? record.locations : []
    if (locations.length <= 1) return draft(run, record, locations[0])
    return locations.map(location => draft(run, record, location))
  },
}

/** Some tools tell what they found to be in order too; before 2.1.0, as a level. https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317647 */
function isPassed({ kind, level }: Row): boolean {
  return [kind, level].some(said => said === 'pass' || said === 'notApplicable')
}

/**
 * Whose result this is where its tool is named only after it, as Kingfisher and Semgrep do, beyond what is held of a
 * long document.
 */
function markOf(record: Row): string | undefined {
  if ('matchBasedId/v1' in within(record, 'fingerprints')) return 'semgrep'
  const [location] = rowsOf(record.locations)
  return 'validation_outcome' in within(location, 'properties') ? 'kingfisher' : undefined
}

interface Run {
  readonly tool: string
  readonly incidental: boolean
  readonly repository: unknown
}

function draft({ tool, incidental, repository }: Run, record: Row, location: unknown): Draft {
  const place = within(location, 'physicalLocation')
  const region = within(place, 'region')
  const { uri } = within(place, 'artifactLocation')
  // Kingfisher's are at the location.
  const own = { ...within(location, 'properties'), ...within(record, 'properties') }
  const git = within(own, 'git_metadata')
  const commit = within(git, 'commit')
  const first = firstSeen(location)
  const {
    commitSha = own.commit ?? commit.id ?? first.commit_id,
    email = own.email,
    author = own.author ?? within(commit, 'author').email ?? first.author_email,
    date = own.date ?? commit.date ?? first.author_timestamp,
  } = within(record, 'partialFingerprints')
  return {
    tool,
    rule: rule(record),
    ...secretsOf({
      snippet: own.offender ?? within(region, 'snippet').text ?? within(within(place, 'contextRegion'), 'snippet').text,
      validate_command: own.validate_command,
    }),
    prior: prior(own.validation_outcome ?? own.validation_status, record, tool),
    file: pathOf(uri),
    line: region.startLine,
    column: region.startColumn,
    left: left(tool, record, place),
    commit: commitSha,
    url: record.hostedViewerUri ?? within(git, 'file').url,
    author: email || author,
    at: date,
    repository: repository ?? git.repository_url,
    incidental,
    exposure: exposureOf(own.visibility ?? own.exposure),
  }
}

/** Nosey Parker's first commit with a blob: https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker-cli/src/cmd_report/sarif_format.rs */
function firstSeen(location: unknown): Row {
  const [blob] = isRecord(location) ? rowsOf(location.logicalLocations) : []
  return within(within(within(blob, 'properties'), 'commit_provenance'), 'commit_metadata')
}

/** What a result without a value is known by. Gitleaks' last column is the match's own; the others' is the one after. */
function left(tool: string, record: Row, place: Row): Left {
  const region = within(place, 'region')
  const { endLine, endColumn, charOffset, charLength, byteOffset, byteLength } = region
  const bytes = spanned(byteOffset, byteLength)
  const utf16 = spanned(charOffset, charLength)
  return {
    around: within(within(place, 'contextRegion'), 'snippet').text ?? matchIn(tool, record),
    endLine,
    endColumn: leftOpen.has(tool) && typeof endColumn === 'number' ? endColumn + 1 : endColumn,
    ...(bytes === undefined ? utf16 !== undefined && { utf16 } : { bytes }),
    hash: hash(record, place),
  }
}

/** Trivy writes the line into its message, masked: https://github.com/aquasecurity/trivy/blob/main/pkg/report/sarif.go */
function matchIn(tool: string, record: Row): string | undefined {
  const { text } = within(record, 'message')
  return tool === 'trivy' && typeof text === 'string' ? /^Match: (.+)$/m.exec(text)?.[1] : undefined
}

const leftOpen = new Set(['gitleaks', 'betterleaks'])

function spanned(start: unknown, length: unknown): readonly number[] | undefined {
  return typeof start === 'number' && typeof length === 'number' ? [start, start + length] : undefined
}

/** https://github.com/trufflesecurity/trufflehog/blob/main/pkg/output/sarif.go */
function hash(record: Row, place: Row): Left['hash'] {
  const { 'trufflehogFingerprint/v1': trufflehog } = within(record, 'partialFingerprints')
  const { ruleId } = record
  const { uri } = within(place, 'artifactLocation')
  const { startLine = 0 } = within(place, 'region')
  if (typeof ruleId !== 'string' || typeof uri !== 'string' || typeof startLine !== 'number') return undefined
  return hashIn('trufflehog', trufflehog, 64, `${ruleId}:${uri}:${startLine}:`)
}

const nothing: Row = {}

/** A path from a URI reference: percent-encoded, and for a file of Windows with a slash before its drive. */
function pathOf(uri: unknown): unknown {
  if (typeof uri !== 'string') return uri
  const path = uri.replace(/^file:(?:\/\/[^/]*)?(?=\/)/, '').replace(/^\/(?=[A-Za-z]:)/, '')
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function within(value: unknown, key: string): Row {
  const inner = isRecord(value) ? value[key] : undefined
  return isRecord(inner) ? inner : nothing
}

/** Gitleaks 7 had no rule ids, only "AWS Access Key secret detected". */
function rule(record: Row): unknown {
  const known = record.ruleId ?? within(record, 'rule').id
  // secretlint names the preset before the rule: `preset > rule`.
  if (typeof known === 'string') return known.split(' > ').at(-1)
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

import type { Prior } from '../../model/finding.ts'
import { isRecord } from '../../model/path.ts'
import { firstText, inside, type Row, rowsOf } from '../../text/row.ts'
import { decoyIn } from '../decoy.ts'
import type { Draft, JsonFormat } from '../format.ts'
import { partsNamed } from '../part-names.ts'
import { shellWords } from '../shell-words.ts'

/** Kingfisher: an envelope, a line for each finding, or (up to 1.1x) an array of rules' matches. */
export const kingfisher: JsonFormat = {
  id: 'kingfisher',
  name: 'Kingfisher, JSON',
  shape: 'json',
  records: ['findings[]', '[]', ''],
  knows: record => isFinding(record) || rowsOf(record.matches).some(isFinding),
  envelope: document =>
    Array.isArray(document.findings) && ('audit' in document || 'access_map' in document || 'stats' in document),
  read: record =>
    isFinding(record) ? kingfisherDraft(record) : rowsOf(record.matches).filter(isFinding).map(kingfisherDraft),
}

function isFinding(record: Row): boolean {
  return isRecord(record.rule) && isRecord(record.finding) && ('snippet' in record.finding || 'path' in record.finding)
}

/** One finding, in the words of Kingfisher's JSON. */
export function kingfisherDraft(record: Row): Draft {
  const rule = inside(record, 'rule')
  const found = inside(record, 'finding')
  const git = inside(found, 'git_metadata')
  const commit = inside(git, 'commit')
  const { email, name } = isRecord(commit.author) ? commit.author : inside(commit, 'committer')
  const file = inside(git, 'file')
  return {
    tool: 'kingfisher',
    rule: rule.id ?? rule.name,
    ...secretsOf(found),
    hint: hint(inside(found, 'validation')),
    prior: prior(inside(found, 'validation')),
    file: found.path ?? file.path,
    line: found.line,
    column: found.column_start,
    left: { column: after(found.column_start), endColumn: after(found.column_end) },
    commit: commit.id,
    url: file.url ?? commit.url ?? git.repository_url,
    author: email ?? name,
    at: commit.date,
    repository: git.repository_url,
  }
}

/** Its columns count from 0. */
function after(column: unknown): number | undefined {
  return typeof column === 'number' ? column + 1 : undefined
}

/**
 * `validate_command` has the other parts: `kingfisher validate --rule R --var AKID='…' 'secret'`. Its last word is the
 * snippet, or the whole address where the snippet is a part of it.
 */
export function secretsOf({ snippet, validate_command: command }: Row): Pick<Draft, 'value' | 'parts'> {
  const value = typeof snippet === 'string' && snippet.startsWith('-----BEGIN') ? unescaped(snippet) : snippet
  const words = typeof command === 'string' ? shellWords(command) : undefined
  if (words === undefined || words[0] !== 'kingfisher') return { value }
  const vars = words.flatMap((word, i) => (words[i - 1] === '--var' ? [word] : (/^--var=(.+)$/s.exec(word)?.[1] ?? [])))
  const pairs = vars.flatMap(each => {
    const [, name, text] = /^(\w+)=(.+)$/s.exec(each) ?? []
    return name === undefined ? [] : [[name, text] as const]
  })
  const last = words.at(-1) ?? ''
  const whole = typeof snippet === 'string' && snippet !== '' && last.includes(snippet) ? last : value
  return { value: whole, ...(pairs.length > 0 && { parts: partsNamed(pairs) }) }
}

/** Up to 1.1x bytes are escaped. */
function unescaped(snippet: string): string {
  return snippet.replaceAll('\\r', '').replaceAll('\\n', '\n')
}

const checked = /^(?:active credential|verified[ _]active)$/i
const refused = /^(?:inactive credential|verified[ _]inactive)$/i
/** What was never asked, or got no answer, is called inactive too. */
const unasked =
  /skipped|missing|not (?:attempted|configured|supported)|time[d -]*out|rate.?limit|too many|unavailable|failed to|could not|unable|error sending|connect|refused|dns/i

function prior({ outcome, status, response }: Row): Prior | undefined {
  const word = firstText(outcome, status)
  if (word === undefined) return undefined
  if (checked.test(word)) return 'live'
  const answer = firstText(response)
  return refused.test(word) && answer !== undefined && !unasked.test(answer) ? 'dead' : 'unknown'
}

/** The owner in AWS' answer tells a canary token; newer versions say so themselves. */
function hint({ status, response }: Row): string | undefined {
  if (typeof status === 'string' && /canary/i.test(status)) return 'canarytoken, as Kingfisher says.'
  if (typeof response !== 'string') return undefined
  return decoyIn(response) ?? /\barn:aws[\w-]*:(?:iam|sts)::\d+:[\w+=,.@/-]+/.exec(response)?.[0]
}

import type { Case, Sighting } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { firstPlace } from './places.ts'
import { usedWords } from './reader-words.ts'

export type Cell = string | number | null | undefined

const columns: readonly (readonly [name: string, cell: (one: Case, first: Sighting | undefined) => Cell])[] = [
  ['id', one => one.id],
  ['provider', one => one.provider],
  ['kind', one => one.kind],
  ['shown', one => one.shown],
  ['state', one => one.verdict.state],
  ['reason', one => one.verdict.reason],
  ['because', one => one.verdict.because],
  ['identity', one => pairs(one.verdict.identity)],
  ['grants', one => one.verdict.grants?.join(' ')],
  ['expires_at', one => one.verdict.expiresAt],
  ['places', one => one.findings.length],
  ['first_file', (_, first) => first?.file],
  ['first_line', (_, first) => first?.line],
  ['first_commit', (_, first) => first?.commit],
  ['first_url', (_, first) => first?.url],
  ['checked_at', one => one.verdict.checkedAt],
  ['exposure', one => one.exposure],
  ['medium', one => one.medium],
  ['first_at', one => one.firstAt],
  ['decision', one => one.priority?.decision],
  ['due', one => one.priority?.due],
  ['misuse', one => one.misuse?.level],
  ['p', one => one.misuse?.p.toFixed(3)],
  ['first_suspicious', one => one.misuse?.firstAt],
  ['read_or_tried_by', one => usedWords(one).join(' ')],
]

/** One row a case, by RFC 4180, fit to be opened in a spreadsheet: no cell of it is taken for a formula. */
export function* csv({ cases }: Report): Generator<string> {
  yield row(columns.map(([name]) => name))
  for (const one of cases) {
    const first = firstPlace(one.findings)
    yield row(columns.map(([, cell]) => cell(one, first)))
  }
}

// What a spreadsheet takes for the beginning of a formula, the full-width forms too:
// https://owasp.org/www-community/attacks/CSV_Injection
const formula = /^(?:[\t\r]|\s*[=+\-@＝＋－＠])/u

function row(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

export function cellText(cell: Cell): string {
  const plain = String(cell ?? '').replaceAll('\0', '')
  const safe = formula.test(plain) ? `'${plain}` : plain
  return /[",\r\n\t']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function pairs(fields: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(fields ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
}

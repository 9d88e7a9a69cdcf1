import { csvHeadings, csvRows, plainHeading } from '../../text/csv-rows.ts'
import { exposureOf } from '../exposure-word.ts'
import type { Draft, TextFormat } from '../format.ts'
import { priorOf } from '../prior.ts'

/** Headings for each field, the better ones first; compared in lower case without spaces, `_` and `-`. */
const headings = {
  around: 'match context',
  value: 'secret secretvalue rawv2 raw token credential apikey accesskey password value offender key match',
  rule: 'ruleid rule detectorname detector secrettype type rulename',
  provider: 'provider',
  file: 'file path filepath filename',
  line: 'startline line linenumber lineno',
  column: 'startcolumn column',
  commit: 'commit commitsha commithash sha',
  url: 'link url htmlurl',
  author: 'email author',
  at: 'date createdat timestamp',
  repository: 'repository repo repositoryname',
  exposure: 'exposure visibility',
  prior: 'validity validationstatus verified status',
}

type Field = keyof typeof headings
type Columns = ReadonlyMap<Field, number>

/** A table of any scanner, by its headings; commas, semicolons or tabs. */
export const csv: TextFormat = {
  id: 'csv',
  name: 'CSV',
  shape: 'text',
  carrier: true,
  knows: head => columnsOf(csvHeadings(head)) !== undefined,
  toolOf: head => toolOf(csvHeadings(head)),
  async *read(text, { notes }) {
    let columns: Columns | undefined
    let tool = 'csv'
    for await (const rows of csvRows(text, notes)) {
      for (const row of rows) {
        if (columns === undefined) {
          columns = columnsOf(row)
          tool = toolOf(row.map(plainHeading))
          if (columns !== undefined) continue
          if (row.length > 1) {
            notes.unreadable('is a table of which no heading is known, such as secret, rule and file.')
            return
          }
          columns = new Map([['value', 0]])
        }
        yield draft(row, columns, tool)
      }
    }
  },
}

function draft(row: readonly string[], columns: Columns, tool: string): Draft {
  const named: Partial<Record<Field, string>> = {}
  const left: { around?: string } = {}
  for (const [field, index] of columns)
    if (field === 'around') left.around = row[index] ?? ''
    else named[field] = row[index] ?? ''
  return { tool, ...named, left, prior: priorOf(named.prior), exposure: exposureOf(named.exposure) }
}

/** The columns that a row of headings names; undefined where it is no row of headings. */
function columnsOf(row: readonly string[]): Columns | undefined {
  const plain = row.map(plainHeading)
  const columns = new Map<Field, number>()
  for (const [field, names] of Object.entries(headings)) {
    const index = names
      .split(' ')
      .map(name => plain.indexOf(name))
      .find(each => each !== -1)
    if (index !== undefined && isField(field)) columns.set(field, index)
  }
  const telling = [...columns.keys()].filter(field => !['around', 'repository', 'exposure'].includes(field)).length
  const enough = telling >= 2 ? isOfSecrets(plain, columns) : columns.has('value') && row.length === 1
  return enough && plain.every(heading => heading.length <= 60) ? columns : undefined
}

/** A file, a rule, a status, a key: so may tables say that are of anything. One of secrets says so, or says little else. */
function isOfSecrets(plain: readonly string[], columns: Columns): boolean {
  const says = columns.has('around') || plain.some(heading => ofSecrets.test(heading))
  return says || columns.size * (columns.has('value') ? 3 : 2) >= plain.length
}

const ofSecrets = /secret|credential|leak|detector|offender|rawv2|apikey|accesskey|password/

function isField(name: string): name is Field {
  return Object.hasOwn(headings, name)
}

/** Headings of Gitleaks 8, which Betterleaks has too, and of those before, which no one else writes. */
const gitleaks = [
  ['ruleid', 'secret', 'match', 'startline'],
  ['ruleid', 'secret', 'context', 'startline'],
  ['offender', 'rule', 'leakurl'],
  ['offender', 'rule', 'commitmsg'],
]

function toolOf(plain: readonly string[]): string {
  return gitleaks.some(own => own.every(heading => plain.includes(heading))) ? 'gitleaks' : 'csv'
}

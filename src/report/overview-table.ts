import type { FileOverview, Overview, UnmappedRule } from '../model/overview.ts'
import { clean } from './clean.ts'
import { whereFound } from './places.ts'
import { column, shorten, shortenStart, width, wrap } from './width.ts'
import { count, number, warningText } from './words.ts'

const most = { providers: 20, rules: 10, warnings: 20 }

/** What was understood, for a person: each report, whose keys, what has no owner, what is wrong, and what to do next. */
export function* overviewTable({ files, providers, rules, warnings }: Overview, columns: number): Generator<string> {
  const total = files.reduce((sum, { findings }) => sum + findings, 0)
  const lines: string[] = []
  for (const file of files) lines.push(...ofFile(file, columns))
  lines.push(...ofProviders(Object.entries(providers), columns))
  const unmapped = rules.filter(rule => rule.unmapped > 0)
  lines.push(...ruleLines('RULES WITHOUT A PROVIDER', unmapped.map(onlyUnmapped), columns))
  lines.push(...warningLines(warnings, columns))
  const size = files.length < 2 ? '' : `${count(files.length, 'report')}, ${count(total, 'finding')}. `
  lines.push('', ...wrap(`${size}Nothing was sent. Next: ${next(files, unmapped.length)}`, columns))
  for (const line of lines) yield `${line}\n`
}

/** Rules that no provider's file names, with what their values' form tells, for `providers --unmapped`. */
export function* unmappedTable({ rules, files, warnings }: Overview, columns: number): Generator<string> {
  const lines = [...ruleLines('RULES WITHOUT A PROVIDER', rules, columns, rules.length)]
  if (rules.length === 0) {
    const total = files.reduce((sum, { findings }) => sum + findings, 0)
    lines.push(total === 0 ? 'No findings.' : 'Every rule in it has a provider.')
  }
  lines.push(...warningLines(warnings, columns))
  if (rules.some(({ unmapped }) => unmapped > 0))
    lines.push('', ...wrap('If you know whose they are: check FILE --provider NAME, or a file of your own.', columns))
  for (const line of lines) yield `${line}\n`
}

function* ofFile(file: FileOverview, columns: number): Generator<string> {
  const what = file.format === null ? 'could not be read' : file.format === 'empty' ? 'nothing in it' : words(file)
  const room = columns - width(what) - 2
  yield `${room < 12 ? shortenStart(clean(file.file), columns) : column(shortenStart(clean(file.file), room), room)}  ${room < 12 ? '' : what}`.trimEnd()
  if (room < 12) yield* wrap(what, columns - 2).map(line => `  ${line}`)
  if (file.format !== null && file.format !== 'empty') yield* wrap(countsOf(file), columns - 2).map(line => `  ${line}`)
}

function words({ tool, format }: FileOverview): string {
  const name = clean(tool ?? '')
  return format?.toLowerCase().replace(/^\./, '').startsWith(name) ? format : `${name}: ${format ?? ''}`
}

function countsOf({ findings, checkable, redacted, incomplete, unmapped }: FileOverview): string {
  if (findings === 0) return 'no findings'
  const others = findings - checkable - redacted - incomplete - unmapped
  const parts = [
    `${number(checkable)} checkable`,
    redacted > 0 ? `${number(redacted)} redacted` : '',
    incomplete > 0 ? `${number(incomplete)} incomplete` : '',
    unmapped > 0 ? `${number(unmapped)} unmapped` : '',
    others > 0 ? `${number(others)} set aside` : '',
  ]
  return `${count(findings, 'finding')}: ${parts.filter(part => part !== '').join(', ')}`
}

function* ofProviders(all: readonly (readonly [string, number])[], columns: number): Generator<string> {
  if (all.length === 0) return
  yield ''
  yield 'WHOSE KEYS'
  const shown = all.slice(0, most.providers)
  const names = shown.map(([name, n]) => `${name} ${number(n)}`)
  const more = all.length - shown.length
  yield* wrap([...names, ...(more > 0 ? [`and ${number(more)} more`] : [])].join(', '), columns - 2).map(
    line => `  ${line}`,
  )
}

function onlyUnmapped(rule: UnmappedRule): UnmappedRule {
  return { ...rule, findings: rule.unmapped, told: [] }
}

function* ruleLines(
  heading: string,
  rules: readonly UnmappedRule[],
  columns: number,
  limit = most.rules,
): Generator<string> {
  if (rules.length === 0) return
  yield ''
  yield `${heading} ${number(rules.length)}`
  const shown = rules.slice(0, limit)
  const tool = Math.min(14, Math.max(...shown.map(each => width(clean(each.tool)))))
  const amount = Math.max(...shown.map(({ findings }) => number(findings).length))
  const name = Math.min(34, Math.max(...shown.map(({ rule }) => width(clean(rule)))))
  const rest = columns - 2 - tool - 2 - name - 2 - amount - 2
  for (const { tool: by, rule, findings, told, place } of shown) {
    const whose = told.length === 0 ? '' : `its form says ${told.join(', ')}; `
    const where = shortenStart(clean(whereFound(place)), Math.max(12, rest - width(whose)))
    yield shorten(
      `  ${column(clean(by), tool)}  ${column(clean(rule), name)}  ${number(findings).padStart(amount)}  ${whose}${where}`.trimEnd(),
      columns,
    )
  }
  if (rules.length > shown.length) yield `  and ${number(rules.length - shown.length)} more, in providers --unmapped`
}

function* warningLines(warnings: Overview['warnings'], columns: number): Generator<string> {
  if (warnings.length === 0) return
  yield ''
  yield `WARNINGS ${number(warnings.length)}`
  for (const [index, warning] of warnings.slice(0, most.warnings).entries()) {
    const [first = '', ...others] = wrap(warningText(warning), columns - 5)
    yield `${String(index + 1).padStart(3)}  ${first}`
    for (const line of others) yield `     ${line}`
  }
  if (warnings.length > most.warnings) yield `     and ${number(warnings.length - most.warnings)} more, in --to json`
}

function next(files: readonly FileOverview[], unmapped: number): string {
  const sum = (what: 'findings' | 'checkable' | 'redacted' | 'incomplete'): number =>
    files.reduce((all, file) => all + file[what], 0)
  const [total, checkable, redacted, incomplete] = [
    sum('findings'),
    sum('checkable'),
    sum('redacted'),
    sum('incomplete'),
  ]
  if (total === 0) return 'is it the right file? --from FORMAT names the scanner’s format.'
  if (checkable > 0) return 'check the same files; with --dry-run it shows every request first.'
  if (redacted > 0) return 'let the scanner write the whole values, or read them back: --source CHECKOUT.'
  if (incomplete > 0) return 'check with --no-touch, which says what part of each key is missing.'
  if (unmapped > 0) return 'say whose they are with --provider NAME, as nothing here tells.'
  return 'nothing: there is nothing here to check.'
}

import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { whatDecides } from './decide.ts'
import { headline } from './headline.ts'
import { code, inline, link, row } from './markdown-text.ts'
import { exposedWords, firstPlace, firstPlaces, placeCount, whenAndForWhom, whereFound } from './places.ts'
import { byStanding } from './standing.ts'
import { type Group, groups } from './undecided.ts'
import {
  count,
  identityFields,
  identityWords,
  moment,
  nameOf,
  number,
  reasonCounts,
  sentence,
  span,
  warningText,
} from './words.ts'

const placeLimit = 10

/** Fit for a ticket: the summary, what works, what is undecided and why, and the steps for each live key. */
export function* markdown(report: Report): Generator<string> {
  const { live, undecided, dead, aside } = byStanding(report.cases)
  yield `## ${inline(headline(report))}\n\n`
  const size = `${count(report.summary.findings, 'finding')}, ${count(report.summary.cases, 'key')}`
  yield `${size}. Checked ${span(report.run)} by afterleak ${inline(report.run.version)}, run ${code(report.run.id)}.\n`
  if (live.length > 0) {
    yield `\n### Live: ${number(live.length)}\n\n`
    yield row(['Provider', 'Key', 'Works how', 'Belongs to', 'Places', 'First place'])
    yield '| --- | --- | --- | --- | ---: | --- |\n'
    for (const one of live) yield liveRow(one)
  }
  if (undecided.length > 0) {
    yield `\n### Undecided: ${number(undecided.length)}\n\n`
    yield row(['Provider', 'Key', 'Why', 'What would decide it'])
    yield '| --- | --- | --- | --- |\n'
    for (const group of groups(undecided)) yield undecidedRow(group)
  }
  if (dead.length + aside.length > 0) yield '\n'
  if (dead.length > 0) yield `- Dead: ${number(dead.length)} (${reasonCounts(dead)})\n`
  if (aside.length > 0) yield `- Set aside: ${number(aside.length)} (${reasonCounts(aside)})\n`
  for (const one of live) yield* section(one)
  if (report.warnings.length > 0) yield `\n### ${count(report.warnings.length, 'warning')}\n\n`
  for (const warning of report.warnings) yield `- ${inline(warningText(warning))}\n`
}

function liveRow(one: Case): string {
  const { verdict, findings } = one
  const first = firstPlace(findings)
  const identity = identityWords(verdict.identity)
  return row([
    inline(nameOf(one)),
    code(one.shown),
    code(verdict.reason),
    identity === '' ? inline(verdict.because) : code(identity),
    number(findings.length),
    first === undefined ? '' : code(whereFound(first)),
  ])
}

function undecidedRow({ first, size }: Group): string {
  const decides = whatDecides(first)
  const why = `${code(first.verdict.reason)} ${inline(sentence(first.verdict.because))}`
  const keys = `${code(first.shown)}${size === 1 ? '' : ` ×${number(size)}`}`
  return row([inline(nameOf(first)), keys, why, decides === undefined ? '' : inline(sentence(decides))])
}

function* section(one: Case): Generator<string> {
  const { verdict, runbook, findings } = one
  yield `\n### ${inline(nameOf(one))} ${code(one.shown)}\n\n`
  yield `${inline(sentence(verdict.because))} Checked ${moment(verdict.checkedAt)}.\n\n`
  for (const [field, value] of identityFields(verdict.identity)) yield `- ${inline(field)}: ${code(value)}\n`
  if (verdict.grants?.length) yield `- may: ${verdict.grants.map(code).join(', ')}\n`
  if (verdict.expiresAt !== undefined) yield `- expires: ${moment(verdict.expiresAt)}\n`
  const exposed = exposedWords(one)
  yield `- ${placeCount(findings)}${exposed === '' ? '' : `: ${inline(exposed)}`}\n`
  for (const place of firstPlaces(findings, placeLimit)) {
    const when = whenAndForWhom(place)
    yield `  - ${link(place.url, code(whereFound(place)))}${when === '' ? '' : ` (${inline(when)})`}\n`
  }
  if (findings.length > placeLimit) yield `  - and ${number(findings.length - placeLimit)} more\n`
  if (runbook === undefined) return
  yield `\nRevoke it: ${link(runbook.where, inline(runbook.where))}\n\n`
  for (const [index, step] of runbook.steps.entries()) yield `${index + 1}. [ ] ${inline(step)}\n`
  yield `\nThe way back: ${inline(sentence(runbook.wayBack))}\n`
}

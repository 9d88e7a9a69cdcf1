import { chanceWords } from '../model/chance-words.ts'
import type { Case } from '../model/credential.ts'
import type { Report } from '../model/run.ts'
import { decisionWords } from './case-words.ts'
import { whatDecides } from './decide.ts'
import { headline } from './headline.ts'
import { markdownCase } from './markdown-case.ts'
import { code, inline, row } from './markdown-text.ts'
import { firstPlace, whereFound } from './places.ts'
import { byStanding } from './standing.ts'
import { type Group, groups } from './undecided.ts'
import { isRanked, isTold } from './urgency.ts'
import { alsoTold } from './urgent-headline.ts'
import { count, identityWords, moment, nameOf, number, reasonCounts, sentence, span, warningText } from './words.ts'

/** Fit for a ticket: the summary, what works, what is undecided and why, and the steps for each live key. */
export function* markdown(report: Report): Generator<string> {
  const ranked = isRanked(report.cases)
  yield `## ${inline(headline(report))}\n\n`
  const also = ranked ? alsoTold(report) : ''
  if (also !== '') yield `${inline(also)}\n\n`
  const size = `${count(report.summary.findings, 'finding')}, ${count(report.summary.cases, 'key')}`
  yield `${size}. Checked ${span(report.run)} by afterleak ${inline(report.run.version)}, run ${code(report.run.id)}.\n`
  yield* ranked ? work(report) : standings(report)
  if (report.warnings.length > 0) yield `\n### ${count(report.warnings.length, 'warning')}\n\n`
  for (const warning of report.warnings) yield `- ${inline(warningText(warning))}\n`
}

function* standings({ cases }: Report): Generator<string> {
  const { live, undecided, dead, aside } = byStanding(cases)
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
  for (const one of live) yield* markdownCase(one)
}

/** What there is to do, in the order of work. */
function* work({ cases }: Report): Generator<string> {
  const told = cases.filter(isTold)
  if (told.length > 0) {
    yield '\n'
    yield row(['Do', 'Due', 'Provider', 'Key', 'Belongs to', 'Works', 'Misuse', 'Exposure'])
    yield '| --- | --- | --- | --- | --- | --- | --- | --- |\n'
    for (const one of told) yield workRow(one)
  }
  const rest = cases.filter(one => !isTold(one))
  if (rest.length > 0) yield `\n- Nothing to do: ${number(rest.length)} (${reasonCounts(rest)})\n`
  for (const one of told) yield* markdownCase(one)
}

function workRow(one: Case): string {
  const { verdict, misuse, priority } = one
  return row([
    decisionWords[priority?.decision ?? 'none'],
    priority?.due === undefined ? '' : moment(priority.due),
    inline(nameOf(one)),
    code(one.shown),
    code(identityWords(verdict.identity)),
    code(`${verdict.state}/${verdict.reason}`),
    misuse === undefined ? '' : code(misuse.p < 0.2 ? misuse.level : `${misuse.level} ${chanceWords(misuse.p)}`),
    priority?.exposure.value ?? '',
  ])
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

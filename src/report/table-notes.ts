import type { Case } from '../model/credential.ts'
import type { Warning } from '../model/finding.ts'
import type { Report } from '../model/run.ts'
import { clean } from './clean.ts'
import type { Standing } from './standing.ts'
import { wrap } from './width.ts'
import { count, number, span, warningText } from './words.ts'

const warningLimit = 5
const canaryLimit = 5

/** What stands below the list: canaries, warnings, when it was taken, what to do next. */
export function* tableNotes(
  report: Report,
  heaps: Readonly<Record<Standing, readonly Case[]>>,
  width: number,
): Generator<string> {
  yield* canaries(heaps.aside, width)
  yield* warnings(report.warnings, width)
  const { findings, cases } = report.summary
  const size = `${count(findings, 'finding')}, ${count(cases, 'key')}`
  yield* wrap(`Checked ${span(report.run)}: ${size}. Run ${clean(report.run.id)}.`, width)
  yield* wrap(report.cases.length === 0 ? nothing(report) : `Next: ${nextRanked(report) ?? next(heaps)}`, width)
}

function* canaries(aside: readonly Case[], width: number): Generator<string> {
  const found = aside.filter(one => one.verdict.reason === 'canary')
  if (found.length === 0) return
  const shown = found.slice(0, canaryLimit).map(one => clean(one.shown))
  const names = `${shown.join(', ')}${found.length > canaryLimit ? ', …' : ''}`
  yield* wrap(`Not touched: ${count(found.length, 'canary key')} (${names}). Using one alarms its owner.`, width)
}

function* warnings(all: readonly Warning[], width: number): Generator<string> {
  if (all.length === 0) return
  yield count(all.length, 'warning')
  for (const [index, warning] of all.slice(0, warningLimit).entries()) {
    const [first = '', ...more] = wrap(warningText(warning), width - 5)
    yield `${String(index + 1).padStart(3)}  ${first}`
    for (const line of more) yield `     ${line}`
  }
  if (all.length > warningLimit) yield `     and ${number(all.length - warningLimit)} more, in --to json`
}

/** Of a run that looked into the use of its keys: the first case. */
function nextRanked({ cases }: Report): string | undefined {
  const [first] = cases
  if (first?.priority === undefined || first.priority.decision === 'none') return undefined
  return `afterleak explain ${clean(first.id)} tells the steps for the first one. Levels and decisions are no proof: look at the events.`
}

function next(heaps: Readonly<Record<Standing, readonly Case[]>>): string {
  const [live, undecided] = [heaps.live.length, heaps.undecided.length]
  if (live > 0) return `revoke the ${count(live, 'live key')}. --to html writes the steps for each.`
  if (undecided > 0) return `${count(undecided, 'key')} may still work; do what the lines say, then check again.`
  if (heaps.aside.length > 0) return 'nothing to revoke. Keys set aside were not asked; --all lists them.'
  return 'nothing to revoke. Each of these keys is dead by its provider’s own word.'
}

function nothing({ warnings: found }: Report): string {
  if (found.some(warning => warning.unreadable)) return 'No findings, but some input could not be read: see above.'
  return 'No findings. Is it the right file? --from FORMAT names the scanner’s format.'
}

import type { Case } from '../model/credential.ts'
import { esc } from './html-text.ts'
import { firstPlace, placeCount, whereFound } from './places.ts'
import { type Standing, standing, standingName } from './standing.ts'
import { identityWords, nameOf, number, reasonWords } from './words.ts'

/** The sign beside the word, so that shape tells what colour tells. */
export const marks: Readonly<Record<Standing, string>> = { live: '●', undecided: '◐', dead: '○', aside: '–' }

/** Above so many cases, dead and set-aside ones are a row without a page of their own. */
const manyCases = 2000

/** Rows that a browser lays out together, and only once they come into sight. */
const blockSize = 200

/** Whether a case has its own details in this page. */
export function hasDetails(one: Case, total: number): boolean {
  const heap = standing(one.verdict)
  return total <= manyCases || heap === 'live' || heap === 'undecided'
}

/** One heap of the queue: its heading, and a row for each key. `numbers` gives each case the number of its details. */
export function* queue(heap: Standing, cases: readonly Case[], numbers: ReadonlyMap<Case, number>): Generator<string> {
  if (cases.length === 0) return
  yield `<section class="heap" data-heap="${heap}">\n<h2>${standingName(heap)} <b>${number(cases.length)}</b></h2>\n`
  for (let at = 0; at < cases.length; at += blockSize) {
    yield '<ol>\n'
    for (const one of cases.slice(at, at + blockSize)) yield row(heap, one, numbers.get(one) ?? 0, numbers.size)
    yield '</ol>\n'
  }
  yield '</section>\n'
}

function row(heap: Standing, one: Case, at: number, total: number): string {
  const { verdict } = one
  const identity = identityWords(verdict.identity)
  const first = firstPlace(one.findings)
  const what = identity !== '' ? identity : heap === 'live' || first === undefined ? '' : whereFound(first)
  const who = [nameOf(one), what].filter(part => part !== '').join(' · ')
  const inner =
    `<span class="mark ${heap}" aria-hidden="true">${marks[heap]}</span>` +
    `<span class="line"><code>${esc(one.shown)}</code> <span class="why ${heap}">${esc(reasonWords(verdict.reason))}</span></span>` +
    `<span class="line"><span class="who">${esc(who)}</span> <span class="amount">${esc(placeCount(one.findings))}</span></span>`
  if (!hasDetails(one, total)) return `<li><div class="row compact">${inner}</div></li>\n`
  return `<li><a class="row" href="#case-${at}">${inner}</a></li>\n`
}

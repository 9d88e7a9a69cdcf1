import type { Report } from '../model/run.ts'
import { byStanding } from './standing.ts'
import { wasInvestigated } from './urgency-words.ts'
import { urgentHeadline } from './urgent-headline.ts'
import { count, number } from './words.ts'

/** The sentence that matters, the same in every format: `14 of 380 keys still work. 6 could not be decided.` */
export function headline(report: Report): string {
  const { cases } = report
  if (cases.length === 0) return 'No findings.'
  if (wasInvestigated(report)) return urgentHeadline(report)
  const { live, undecided, dead } = byStanding(cases)
  const said = [works(live.length, cases.length, dead.length), open(undecided.length, cases.length)]
  return said.filter(part => part !== '').join(' ') || 'The key was set aside, not checked.'
}

function works(live: number, all: number, dead: number): string {
  if (all === 1) return live === 1 ? 'The key still works.' : dead === 1 ? 'The key is dead.' : ''
  if (dead === all) return `All ${count(all, 'key')} are dead.`
  if (live === 0) return `None of ${count(all, 'key')} was found to work.`
  return `${number(live)} of ${count(all, 'key')} still ${live === 1 ? 'works' : 'work'}.`
}

function open(undecided: number, all: number): string {
  if (all === 1) return undecided === 1 ? 'Whether the key works could not be decided.' : ''
  return undecided === 0 ? '' : `${number(undecided)} could not be decided.`
}

import type { Report } from '../model/run.ts'
import { standing } from './standing.ts'
import { isMisused } from './urgency.ts'
import { count, number } from './words.ts'

const aDay = 86_400_000

/** The sentence that matters after an investigation: `14 of 380 keys work; 1 is being misused; act on 2 today.` */
export function urgentHeadline({ cases, run }: Pick<Report, 'cases' | 'run'>): string {
  const live = cases.filter(({ verdict }) => verdict.state === 'live')
  const open = cases.filter(({ verdict }) => standing(verdict) === 'undecided').length
  const misused = cases.filter(isMisused)
  const still = misused.filter(({ verdict }) => verdict.state === 'live').length
  const doubtful = misused.filter(({ verdict }) => standing(verdict) === 'undecided').length
  const ended = misused.length - still - doubtful
  const parts = [
    cases.length === 1
      ? live.length === 1
        ? 'The key works'
        : open === 1
          ? 'Whether the key works could not be decided'
          : 'The key does not work'
      : `${live.length === 0 ? 'None' : number(live.length)} of ${count(cases.length, 'key')} ${live.length === 1 ? 'works' : 'work'}`,
    still === 0 ? '' : `${number(still)} ${are(still)} being misused`,
    doubtful === 0 ? '' : `${number(doubtful)} may work and ${are(doubtful)} being misused`,
    ended === 0 ? '' : `${number(ended)} that ${ended === 1 ? 'is' : 'are'} dead ${was(ended)} misused`,
    cases.length === 1 || open === 0 ? '' : `${number(open)} could not be decided`,
    todo({ cases, run }),
  ]
  return `${parts.filter(part => part !== '').join('; ')}.`
}

function todo({ cases, run }: Pick<Report, 'cases' | 'run'>): string {
  const until = Date.parse(run.finished) + aDay
  const today = cases.filter(
    ({ priority }) =>
      priority?.decision === 'act_now' || (priority?.due !== undefined && Date.parse(priority.due) <= until),
  ).length
  const look = cases.filter(({ priority }) => priority?.decision === 'investigate').length
  const parts = [
    today === 0 ? '' : `act on ${which(today, cases)} today`,
    look === 0 ? '' : `look into ${which(look, cases)}`,
  ]
  const said = parts.filter(part => part !== '').join('; ')
  if (said !== '') return said
  const later = cases.filter(({ priority }) => priority !== undefined && priority.decision !== 'none').length
  return later === 0 ? 'nothing to do' : `nothing is due today, ${number(later)} later`
}

function which(amount: number, { length }: Report['cases']): string {
  return length === 1 ? 'it' : number(amount)
}

function are(amount: number): string {
  return amount === 1 ? 'is' : 'are'
}

function was(amount: number): string {
  return amount === 1 ? 'was' : 'were'
}

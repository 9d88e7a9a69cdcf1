import type { Report } from '../model/run.ts'
import { standing } from './standing.ts'
import { isMisused } from './urgency-words.ts'
import { count, number } from './words.ts'

const aDay = 86_400_000

type Told = Pick<Report, 'cases' | 'run'>

/** The sentence that matters after an investigation: `14 of 380 keys work; 1 is being misused; act on 2 today.` */
export function urgentHeadline({ cases, run }: Told): string {
  const live = cases.filter(({ verdict }) => verdict.state === 'live').length
  const misused = cases.filter(one => isMisused(one) && isUsable(one)).length
  const parts = [
    cases.length === 1
      ? alone(cases)
      : `${live === 0 ? 'None' : number(live)} of ${count(cases.length, 'key')} ${works(cases, live)}`,
    misused === 0 ? '' : `${cases.length === 1 ? 'it' : number(misused)} ${misused === 1 ? 'is' : 'are'} being misused`,
    todo({ cases, run }),
  ]
  return `${parts.filter(part => part !== '').join('; ')}.`
}

/** What must not be overlooked either: `18 could not be decided; 1 dead key was misused.` Empty where nothing is. */
export function alsoTold({ cases }: Pick<Report, 'cases'>): string {
  const open = cases.filter(({ verdict }) => standing(verdict) === 'undecided').length
  const ended = cases.filter(one => isMisused(one) && !isUsable(one)).length
  const blind = cases.filter(one => isOpen(one) && (one.misuse?.level ?? 'no_log') === 'no_log').length
  const parts = [
    cases.length === 1 || open === 0 ? '' : `${number(open)} could not be decided`,
    ended === 0 ? '' : `${count(ended, 'key')} that no longer ${ended === 1 ? 'works was' : 'work were'} misused`,
    blind === 0 ? '' : `no log shows who uses ${count(blind, 'key')}`,
  ]
  const said = parts.filter(part => part !== '').join('; ')
  return said === '' ? '' : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}

/** Only a dead key is not: of one that was cut off, masked or not asked about nothing is known. */
function isUsable({ verdict }: Report['cases'][number]): boolean {
  return verdict.state !== 'dead'
}

function works(cases: Report['cases'], live: number): string {
  if (live > 0) return live === 1 ? 'works' : 'work'
  return cases.some(isUsable) ? 'is known to work' : 'works'
}

function isOpen({ verdict }: Report['cases'][number]): boolean {
  return verdict.state === 'live' || standing(verdict) === 'undecided'
}

function alone([one]: Report['cases']): string {
  if (one?.verdict.state === 'live') return 'The key works'
  return one !== undefined && isUsable(one) ? 'Whether the key works could not be decided' : 'The key does not work'
}

function todo({ cases, run }: Told): string {
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

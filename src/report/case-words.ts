import { chanceWords } from '../model/chance-words.ts'
import type { Case } from '../model/credential.ts'
import type { Misuse, MisuseLevel, Session } from '../model/misuse.ts'
import type { Decision, Priority } from '../model/priority.ts'
import { lookedAt, notSeen } from './coverage-words.ts'
import { firstPlace, whereFound } from './places.ts'
import { attemptSentences, readerSentences, readersUnseen } from './reader-words.ts'
import { mostTelling } from './urgency-words.ts'
import { count, day, moment, number, reasonWords } from './words.ts'

/** One case as a paragraph that a person can hand on. Every text is a sentence or several. */
export interface CaseWords {
  /** State, exposure, and what its use says. */
  readonly lead: string
  /** The evidence of the most telling session, the strongest first. */
  readonly signs: readonly { readonly family: string; readonly says: string }[]
  /** What to do, what breaks, what it made, why so urgent. */
  readonly then: readonly string[]
  /** Which logs were read, from when to when, and whose use they show. */
  readonly lookedAt: readonly string[]
  /** What could not be seen, each with its log. */
  readonly notSeen: readonly string[]
}

/** From here on the evidence of a session is worth telling. */
const telling = 0.2
const signLimit = 6
const nameLimit = 4

const levelWords: Readonly<Record<MisuseLevel, string>> = {
  likely: 'Likely misused',
  suspicious: 'Probably misused',
  review: 'Some of its use asks for a look',
  none_seen: 'No misuse is seen in what the logs show',
  insufficient: 'Too little use is logged to tell its owner from others',
  no_log: 'No log shows who uses it',
}

/** `ACT NOW`: what a decision is called above its cases. */
export const decisionWords: Readonly<Record<Decision, string>> = {
  act_now: 'Act now',
  investigate: 'Investigate',
  out_of_cycle: 'Out of cycle',
  scheduled: 'Scheduled',
  none: 'None',
}

export function caseWords(one: Case): CaseWords {
  const { misuse, priority } = one
  const told = mostTelling(misuse)
  return {
    lead: [stateOf(one), exposedOf(one), useOf(misuse, priority, told)].filter(text => text !== '').join(' '),
    signs: (told?.signals ?? [])
      .filter(({ llr, family }) => llr > 0 || family === 'exposure')
      .slice(0, signLimit)
      .map(({ family, says, attack }) => ({
        family,
        says: attack.length === 0 ? says : `${says} (${attack.slice(0, 2).join(', ')})`,
      })),
    then: [
      ...todo(priority),
      ...made(misuse),
      ...attemptSentences(misuse?.attempts),
      ...readerSentences(one.readers),
      ...ours(misuse),
      decidedBy(priority),
    ].filter(text => text !== ''),
    lookedAt: lookedAt(misuse?.coverage ?? []),
    notSeen: [...readersUnseen(one.readers), ...notSeen(misuse?.coverage ?? [])],
  }
}

function stateOf({ verdict: { state, reason } }: Case): string {
  const more = reason === 'works' || reason === 'rejected' ? '' : `, ${reasonWords(reason)}`
  if (state === 'live') return `Live${more}.`
  if (state === 'dead') return `Dead${more}.`
  return `Whether it works is not known (${reasonWords(reason)}).`
}

function exposedOf({ priority, findings }: Case): string {
  if (priority === undefined) return ''
  const first = firstPlace(findings)
  const place = first === undefined ? '' : whereFound(first)
  const where = place === '' ? '' : ` (${place})`
  const since = priority.exposedSince ?? priority.since
  const when = since === undefined ? '' : ` since ${moment(since)}`
  if (priority.exposure.value === 'open') return `Public${when}${where}.`
  const who = priority.exposure.value === 'small' ? 'In one private place' : 'Inside the organisation, as far as known'
  return `${who}${when}${where}.`
}

function useOf(misuse: Misuse | undefined, priority: Priority | undefined, told: Session | undefined): string {
  if (misuse === undefined) return 'Who uses it was not looked into.'
  const chance = misuse.p >= telling ? ` (chance of misuse ${chanceWords(misuse.p)})` : ''
  const since = misuse.firstAt === undefined ? '' : ` since ${moment(misuse.firstAt)}${after(misuse, priority)}`
  const events = misuse.sessions.reduce((sum, session) => sum + session.count, misuse.before?.events ?? 0)
  const of = chance === '' && misuse.level !== 'no_log' ? ` (${count(events, 'event')})` : ''
  const flagged = misuse.sessions.filter(({ p }) => p >= 0.5).length
  const many = flagged > 1 ? ` In ${number(flagged)} sessions, most tellingly` : ' Seen'
  const from = told === undefined ? '' : `${many} ${sessionWords(told)}:`
  return `${levelWords[misuse.level]}${chance}${since}${of}.${from}`
}

/** `, 6 min after it could first be read`. */
function after({ firstAt }: Misuse, priority: Priority | undefined): string {
  const leaked = Date.parse(priority?.exposedSince ?? priority?.since ?? '')
  const minutes = Math.round((Date.parse(firstAt ?? '') - leaked) / 60_000)
  if (!(minutes >= 0)) return ''
  if (minutes < 120) return `, ${minutes} min after the leak`
  return minutes < 48 * 60
    ? `, ${Math.round(minutes / 60)} h after the leak`
    : `, ${number(Math.round(minutes / 1440))} days after the leak`
}

function sessionWords({ ip, asn, country, client, start, end, count: events, actions }: Session): string {
  const network = [asn === undefined ? '' : `AS${asn}`, country ?? ''].filter(text => text !== '').join(', ')
  const from = ip === undefined ? '' : `from ${ip}${network === '' ? '' : ` (${network})`}`
  const by = client === undefined ? '' : `by ${client}`
  const to = day(start) === day(end) ? moment(end).slice(11) : moment(end)
  const when = moment(start) === moment(end) ? moment(start) : `${moment(start).replace(' UTC', '')}–${to}`
  return [from, by, `${when}, ${count(events, 'event')} (${listed(actions)})`].filter(text => text !== '').join(' ')
}

function todo(priority: Priority | undefined): readonly string[] {
  if (priority === undefined) return []
  const { how, breaks, decision } = priority
  const clients = breaks.map(({ network, client }) => `${network} ${client}`)
  const own = `${count(breaks.length, 'client')} of your own`
  const yours = breaks.length === 0 ? '' : ` (${listed(clients)})`
  if (how === 'revoke_now')
    return [breaks.length === 0 ? 'Revoke it now.' : `Revoke it now: ${own} will break${yours}.`]
  if (how === 'revoke') return ['Revoke it: no client of yours was seen in the last seven days.']
  if (how === 'rotate_first')
    return [
      breaks.length === 0
        ? 'Make a new key first, then revoke this one: whether your own programs use it is not known.'
        : `Make a new key first, then revoke this one: ${own} use it${yours}.`,
    ]
  return decision === 'investigate' ? ['Nothing is left to revoke. Find out what was done with it.'] : []
}

function made(misuse: Misuse | undefined): readonly string[] {
  const { children = [] } = misuse ?? {}
  return children.length === 0 ? [] : [`Keys made by it, which must go too: ${listed(children)}.`]
}

function ours(misuse: Misuse | undefined): readonly string[] {
  const known = misuse?.ours ?? 0
  const were =
    known === 1 ? 'was a call of our own, by the ledger, and is' : 'were calls of our own, by the ledger, and are'
  return known === 0 ? [] : [`${count(known, 'event')} of it ${were} left out.`]
}

function decidedBy(priority: Priority | undefined): string {
  if (priority === undefined) return ''
  const { row, overrides, exploitation, exposure, automatable, impact } = priority
  const by = row === undefined ? `By the rule ${overrides[0] ?? 'unnamed'}` : `By SSVC deployer 1.0.0, row ${row}`
  return `${by}: exploitation ${exploitation.value}, exposure ${exposure.value}, automatable ${automatable.value}, impact ${impact.value} (${impact.because}).`
}

function listed(words: readonly string[]): string {
  const more = words.length - nameLimit
  return `${words.slice(0, nameLimit).join(', ')}${more > 0 ? ` and ${number(more)} more` : ''}`
}

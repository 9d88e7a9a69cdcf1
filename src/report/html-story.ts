import { chanceWords } from '../model/chance-words.ts'
import type { Case } from '../model/credential.ts'
import type { Place } from '../model/finding.ts'
import type { Signal } from '../model/misuse.ts'
import { wasRead } from './coverage-words.ts'
import { techniques, weight } from './html-attack.ts'
import { esc, time } from './html-text.ts'
import { exposedWords, firstPlaces, whereFound } from './places.ts'
import { standing, standingName } from './standing.ts'
import { isStrange, lasting, leakOf, mostTelling } from './urgency-words.ts'
import { count, reasonWords, sentence } from './words.ts'

/** The paragraph that can be forwarded: state, exposure, who, evidence with numbers, what breaks, what could not be seen. */
export function story(one: Case): string {
  const items = signsOf(one).map(
    ({ family, says, attack, llr }) =>
      `<li><b>${esc(family.replaceAll('_', ' '))}</b><span>${esc(says)} ${techniques(attack)}</span><span class="weight">${weight(llr)}</span></li>\n`,
  )
  const evidence =
    items.length === 0
      ? ''
      : `<ul class="signs" aria-label="Evidence: how many times likelier from a stranger than from the owner">\n${items.join('')}</ul>\n`
  return `${lead(one)}${evidence}${ending(one)}`
}

/** The same with no more than the strongest evidence in full. */
export function briefStory(one: Case): string {
  const [first, ...rest] = signsOf(one)
  const others = rest.map(({ family, llr }) => `${family.replaceAll('_', ' ')} ${weight(llr)}`).join(', ')
  const evidence =
    first === undefined
      ? ''
      : `<p class="lead">${esc(`${first.family.replaceAll('_', ' ')} ${weight(first.llr)}: ${sentence(first.says)}${others === '' ? '' : ` Also ${sentence(others)}`}`)}</p>\n`
  return `${lead(one)}${evidence}${ending(one)}`
}

function lead(one: Case): string {
  return `<p class="lead">${[state(one), exposure(one), use(one)].filter(part => part !== '').join(' ')}</p>\n`
}

function ending(one: Case): string {
  const after = [breaks(one), children(one), unseen(one)].filter(part => part !== '').join(' ')
  return after === '' ? '' : `<p class="lead">${after}</p>\n`
}

/** What speaks for a stranger in the session that stands out most. */
function signsOf(one: Case): readonly Signal[] {
  return (mostTelling(one.misuse)?.signals ?? []).filter(({ llr, family }) => llr > 0 || family === 'exposure')
}

function state({ verdict }: Case): string {
  const heap = standing(verdict)
  const reason = verdict.reason === 'works' ? '' : ` (${esc(reasonWords(verdict.reason))})`
  return `${standingName(heap)}${reason}. ${esc(sentence(verdict.because))}`
}

function exposure(one: Case): string {
  const since = one.priority?.exposedSince
  const open = firstPlaces(one.findings, 200).find(place => place.exposure === 'public')
  const where = open === undefined ? '' : ` (${esc(site(open))})`
  if (since !== undefined) return `Public since ${time(since)}${where}.`
  const words = one.priority?.exposure.because ?? exposedWords(one)
  return words === '' ? 'Who could read it is not known.' : `Who could read it: ${esc(sentence(words))}`
}

/** `github.com/falko/shop`: the place as people call it. */
function site(place: Place): string {
  const { repository, url } = place
  if (url === undefined || !URL.canParse(url)) return repository ?? whereFound(place)
  const { host, pathname } = new URL(url)
  return [
    host,
    ...pathname
      .split('/')
      .filter(part => part !== '')
      .slice(0, 2),
  ].join('/')
}

function use(one: Case): string {
  const { misuse } = one
  if (misuse === undefined) return 'Who has been using it was not looked into.'
  const { level, p: chance, firstAt, sessions, confidence } = misuse
  if (level === 'no_log') return 'Nothing shows who uses it: no log of its use could be read.'
  if (level === 'insufficient') return 'Its log is too short to tell its owner from others.'
  if (level === 'none_seen') return `No misuse was seen in what its log shows (confidence ${confidence}).`
  const strange = sessions.filter(level === 'review' ? isStrange : ({ p }) => p >= 0.5).length
  const amount = strange > 1 ? `, in ${count(strange, 'session')}` : ''
  if (level === 'review') return `Some of its use deserves a look (chance of misuse ${chanceWords(chance)}${amount}).`
  const word = level === 'likely' ? 'Likely misused' : 'It may be misused'
  return `${word} (chance of misuse ${chanceWords(chance)}, confidence ${confidence})${firstAt === undefined ? '' : ` since ${time(firstAt)}${delay(firstAt, leakOf(one))}`}${amount}${sessions.length > 0 ? ':' : '.'}`
}

function delay(firstAt: string, leak: number | undefined): string {
  const after = leak === undefined ? Number.NaN : Date.parse(firstAt) - leak
  return after >= 0 ? `, ${lasting(after)} after the leak` : ''
}

function breaks({ priority }: Case): string {
  if (priority === undefined || priority.breaks.length === 0) return ''
  const names = priority.breaks.slice(0, 5).map(({ network, client }) => `${network} ${client}`)
  const more = priority.breaks.length > 5 ? ` and ${priority.breaks.length - 5} more` : ''
  const when = priority.how === 'revoke_now' ? 'Revoke it now' : 'When it is revoked'
  return `${when}: ${count(priority.breaks.length, 'client')} of your own will break (${esc(names.join(', '))}${more}).`
}

function children({ misuse }: Case): string {
  const made = misuse?.children ?? []
  if (made.length === 0) return ''
  const more = made.length > 5 ? ` and ${made.length - 5} more` : ''
  return `It made other keys, which must go too: ${esc(made.slice(0, 5).join(', '))}${more}.`
}

function unseen({ misuse }: Case): string {
  const spots = (misuse?.coverage ?? []).filter(wasRead).flatMap(({ blind = [] }) => blind)
  return spots.length === 0 ? '' : `Not seen: ${esc(sentence([...new Set(spots)].slice(0, 4).join('; ')))}`
}

import { chanceWords } from '../model/chance-words.ts'
import type { Case } from '../model/credential.ts'
import type { Dependent } from '../model/inventory.ts'
import type { Misuse, MisuseLevel } from '../model/misuse.ts'
import type { Priority } from '../model/priority.ts'
import { lookedAt, notSeen } from './coverage-words.ts'
import { readersUnseen, usedWords } from './reader-words.ts'
import { mostTelling } from './urgency-words.ts'
import { connectionWords, identityWords, moment, sentence } from './words.ts'

/**
 * The first sentence: nobody decides well in a hurry, so it says what comes first, and why.
 * @param twoAtOnce whether its provider lets an old and a new key work side by side
 */
export function calm({ verdict, priority, misuse }: Case, twoAtOnce: boolean): string {
  if (verdict.reason === 'canary')
    return 'Stay calm: this is a decoy. Nothing needs to be revoked; whoever used it is the finding.'
  if (verdict.reason === 'not_a_secret') return 'Stay calm: this is meant to be public. Nothing needs to be revoked.'
  if (verdict.reason === 'out_of_scope' && verdict.identity !== undefined)
    return 'Stay calm: this key is not yours to revoke. Tell its owner.'
  if (verdict.state === 'dead')
    return priority?.decision === 'investigate'
      ? 'Stay calm: it does not work any more. Find out what was done with it before it ended.'
      : 'Stay calm: it does not work any more. Nothing needs to be revoked.'
  const doubt = verdict.state === 'live' ? '' : ' Whether it works is not known, so treat it as if it did.'
  return `Stay calm. ${wayWords(priority, misuse, twoAtOnce)}${doubt}`
}

function wayWords(priority: Priority | undefined, misuse: Misuse | undefined, twoAtOnce: boolean): string {
  const clients = priority?.breaks.length ?? 0
  if (priority?.how === 'revoke_now') {
    const breaks =
      clients === 0 ? '' : `, and mend ${clients === 1 ? 'the one client' : `the ${clients} clients`} that it breaks`
    const why =
      misuse !== undefined && misuse.p >= 0.5 ? 'somebody else is using it' : 'waiting costs more than what it breaks'
    return `Revoke it now, because ${why}${breaks}.`
  }
  if (priority?.how === 'revoke') return 'Revoke it: no program of yours has used it for seven days.'
  const used =
    clients > 0 ? 'your own programs use it, and nobody else was seen' : 'whether your own programs use it is not known'
  const first = twoAtOnce
    ? 'Make a new key first and revoke this one then'
    : 'Get its programs ready for a new key first and revoke this one then'
  return `${first}, because ${used}.`
}

/** What is known, a sentence each: state, owner, rights, exposure, misuse, what could not be seen. */
export function known({ verdict, lookup = [], misuse, readers, priority, dependents = [] }: Case): readonly string[] {
  const { identity, grants = [], expiresAt, checkedAt, because } = verdict
  const owner = identityWords(identity)
  const exposure = priority?.exposure
  const unused = priority?.unused ?? []
  return [
    `${stateWords(verdict)}${because === '' ? '' : ` ${sentence(because)}`} Checked ${moment(checkedAt)}.`,
    owner === '' ? '' : `It belongs to ${sentence(owner)}`,
    grants.length === 0 ? '' : `It may ${sentence(listed(grants))}`,
    unused.length === 0
      ? ''
      : `Its owner was not seen to use ${sentence(listed(unused))} The new key needs none of it.`,
    connectedWords(verdict),
    expiresAt === undefined ? '' : `It expires ${moment(expiresAt)}.`,
    ...lookup.map(lookedWords),
    exposure === undefined ? '' : `Who could read it: ${sentence(exposure.because)}`,
    ...misuseWords(misuse),
    ...usedWords({ readers, misuse }),
    ...readersUnseen(readers).map(text => `Not seen: ${text}`),
    dependents.length === 0 ? '' : `Services that use it: ${sentence(listed(dependents.map(dependentWords)))}`,
  ].filter(text => text !== '')
}

function connectedWords({ connections }: Case['verdict']): string {
  if (connections === undefined) return ''
  if (connections.length === 0) return 'Nobody else was connected as its user when it was checked.'
  return `Connected as its user when it was checked: ${sentence(listed(connections.map(connectionWords)))}`
}

/** What stood in a key list before the key was touched. */
function lookedWords({ source, state, marks, identity = {}, why }: NonNullable<Case['lookup']>[number]): string {
  const wasRead = state === 'ok' || state === 'empty' || state === 'partial'
  if (why !== undefined)
    return `${wasRead ? 'Looked for' : 'Not read'} before it was touched: ${source} (${why.replace(/\.$/, '')}).`
  const likely = Object.entries(identity).filter(([name]) => name.startsWith('likely_'))
  const said = [...likely, ...Object.entries(marks ?? {})].map(
    ([name, values]) => `${name.replaceAll('_', ' ')} ${[values].flat().join(', ')}`,
  )
  return said.length === 0 ? '' : `Before it was touched, by ${source}: ${said.join('; ')}.`
}

function dependentWords({ service, owner, by, lastAt }: Dependent): string {
  const seen = lastAt === undefined ? '' : `, last seen ${moment(lastAt)}`
  return `${service} (${owner === undefined ? '' : `${owner}, `}by ${by === 'log' ? 'the log' : 'the inventory'}${seen})`
}

function stateWords({ state, reason }: Case['verdict']): string {
  if (state === 'live') return reason === 'works' ? 'It works.' : `It works (${reason.replaceAll('_', ' ')}).`
  if (state === 'dead') return 'It does not work any more.'
  return 'Whether it works is not known.'
}

const levelWords: Readonly<Record<MisuseLevel, string>> = {
  likely: 'Somebody else is very likely using it',
  suspicious: 'Somebody else may be using it',
  review: 'Some of its use deserves a look',
  none_seen: 'No misuse was seen in what its log shows',
  insufficient: 'Its log is too short to tell its owner from others',
  no_log: 'Nothing shows who uses it',
}

function misuseWords(misuse: Misuse | undefined): readonly string[] {
  if (misuse === undefined) return ['Who has been using it was not looked into: afterleak investigate does.']
  const { level, p, firstAt, coverage, children = [] } = misuse
  const signs =
    p >= 0.2
      ? (mostTelling(misuse)?.signals ?? []).filter(({ llr }) => llr > 0).map(({ says }) => sentence(begun(says)))
      : []
  const since = firstAt === undefined ? '' : ` since ${moment(firstAt)}`
  return [
    `${levelWords[level]}${since}${p >= 0.2 ? ` (chance of misuse ${chanceWords(p)})` : ''}.`,
    ...signs,
    children.length === 0 ? '' : `It made other keys, which must go too: ${sentence(listed(children))}`,
    ...lookedAt(coverage).map(text => `Looked at: ${text}.`),
    ...notSeen(coverage).map(text => `Not seen: ${text}`),
  ]
}

function listed(words: readonly string[], most = 8): string {
  const more = words.length - most
  return `${words.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** A word at the beginning of a sentence; names such as `iam:PutUserPolicy` stay as they are. */
function begun(text: string): string {
  return /^[a-z]+ /.test(text) ? `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}` : text
}

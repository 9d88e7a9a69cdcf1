import { type ImpactWord, impactWords } from '../catalog/impact.ts'
import type { About, Reasoned, Subject } from './input.ts'
import { administers, furthest, lacksSecondFactor, onlyReads, type Reach } from './rights.ts'
import { type Inputs, points } from './ssvc-table.ts'

type Impact = Inputs['impact']

const ofWord: Readonly<Record<ImpactWord, Impact>> = {
  administers: 'very high',
  'moves-money': 'high',
  'grants-access': 'high',
  'reads-secrets': 'high',
  'writes-code': 'high',
  'destroys-data': 'high',
  'runs-compute': 'high',
  'reads-personal-data': 'medium',
  'reads-code': 'medium',
  'sends-messages': 'medium',
  'forges-messages': 'medium',
  'sends-data': 'low',
}

/** What a key of one kind can do at most, by its provider's file. */
export function impactOfKind(kind: string | null, about: About | undefined): readonly ImpactWord[] {
  const own = about?.kinds[kind ?? '']?.impact?.filter(isWord) ?? []
  return own.length > 0 ? own : (about?.impact ?? [])
}

/**
 * What the worst use of the key costs: what its provider says of it (rights, role) over what keys of its kind can do;
 * one step less in test mode, one more where its owner signs in without a second factor; never below low.
 */
export function impactOf({ kind, facts, verdict }: Subject, about: About | undefined): Reasoned<Impact> {
  const { level, because } = beforeSteps(impactOfKind(kind, about), verdict.grants ?? [], verdict.identity)
  const test = /^(?:test|sandbox|development)$/i.test(facts.mode ?? facts.environment ?? '')
  const open = lacksSecondFactor(verdict.identity)
  const changed = [
    ...(test ? ['test_mode: impact one step lower'] : []),
    ...(open ? ['no_second_factor: impact one step higher'] : []),
  ]
  const value = step(level, (open ? 1 : 0) - (test ? 1 : 0))
  const notes = [...(test ? ['test mode'] : []), ...(open ? ['no second factor'] : [])]
  return { value, because: [because, ...notes].join('; '), changed }
}

function beforeSteps(
  words: readonly ImpactWord[],
  grants: readonly string[],
  identity: Readonly<Record<string, string>> | undefined,
): { readonly level: Impact; readonly because: string } {
  const worst = highest(words.map(word => ofWord[word]))
  const can = words.filter(word => ofWord[word] === worst).map(spoken)
  const role = administers(identity)
  if (role !== undefined) return { level: 'very high', because: role }
  const rights = furthest(grants)
  if (rights !== undefined) {
    const named = rights.of.slice(0, 3).join(', ')
    const more = rights.of.length > 3 ? ` and ${rights.of.length - 3} more` : ''
    return { level: levelOf(rights.reach, words), because: `may ${named}${more}` }
  }
  const viewer = onlyReads(identity)
  if (viewer !== undefined) return { level: levelOf('read', words), because: `role ${viewer}` }
  return words.length === 0
    ? { level: 'low', because: 'what it opens is not known' }
    : { level: worst, because: can.slice(0, 3).join(', ') }
}

function levelOf(reach: Reach, words: readonly ImpactWord[]): Impact {
  const personal = words.some(word => word === 'reads-personal-data' || word === 'reads-code')
  if (reach === 'admin' || reach === 'deploy') return 'very high'
  if (reach === 'manage' || reach === 'secrets') return 'high'
  if (reach === 'write')
    return highest(['medium', ...words.map(word => ofWord[word]).filter(each => each !== 'very high')])
  return reach === 'read' && personal ? 'medium' : 'low'
}

function highest(levels: readonly Impact[]): Impact {
  return points.impact[Math.max(0, ...levels.map(level => points.impact.indexOf(level)))] ?? 'low'
}

function step(level: Impact, by: number): Impact {
  return points.impact[Math.min(3, Math.max(0, points.impact.indexOf(level) + by))] ?? level
}

/** `moves-money` → moves money. */
function spoken(word: ImpactWord): string {
  return word === 'administers' ? 'administers the whole account' : word.replaceAll('-', ' ')
}

function isWord(text: string): text is ImpactWord {
  return impactWords.some(word => word === text)
}

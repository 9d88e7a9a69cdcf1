import type { Signal } from '../model/misuse.ts'
import type { Use } from './activity.ts'
import { builder, hostileTactics, maturity, operation as numbers } from './constants.ts'
import { isBuilder } from './doer.ts'
import { type Case, clip, counted, signal } from './evidence.ts'
import { isNewNetwork } from './network.ts'
import type { OperationFact } from './operations/fact.ts'

const meaning: Readonly<Record<string, string>> = {
  '1': 'a way in',
  '2': 'runs commands',
  '3': 'persistence',
  '4': 'privilege escalation',
  '5': 'gets round defences',
  '6': 'takes credentials',
  '7': 'discovery',
  '8': 'moves to other machines',
  '10': 'takes data out',
  '40': 'damage or abuse',
  T1531: 'takes access away from others',
}

/** Classes whose names say little to a stranger. */
const plain: Readonly<Record<string, string>> = {
  other: 'ordinary by itself',
  write: 'changes something',
  identity: 'asks whose key it is',
}

/** What was called, by what it is good for and whether this key ever called it: the most telling one, and how many kinds. */
export function operation(of: Case): Signal | undefined {
  const { session, history } = of
  const uses = [...session.uses.values()]
  if (uses.length === 0) return undefined
  const untold = history.sessions === 0
  const byHand =
    session.client?.chatty === true && !untold && session.ip !== undefined && !isNewNetwork(session, history)
  const built = isBuilder(of)
  const isNew = (use: Use): boolean => untold || !history.operations.has(use.operation)
  const weigh = (use: Use): number => {
    const base =
      weightOf(use.fact) * (byHand && use.fact.class === 'write' ? numbers.ownConsole : 1) * (built ? builder : 1)
    if (!isNew(use)) return base * numbers.seen
    return history.sessions < maturity.baseline ? base * numbers.noHistory : base
  }
  const top = uses.reduce((best, use) => (before(weigh(best), best, weigh(use), use) ? best : use))
  const fresh = uses.filter(isNew)
  if (fresh.length === 0) {
    const llr = Math.min(weigh(top), numbers.allSeen.most) - numbers.allSeen.off
    return signal('operation', llr, [], `every operation was used by this key before (${counted(uses.length, 'kind')})`)
  }
  const tactics = new Set(fresh.flatMap(({ fact }) => fact.tactics.slice(0, 1)).filter(one => hostileTactics.has(one)))
  const further = built ? 0 : Math.max(0, tactics.size - 1)
  const llr = clip(weigh(top) + numbers.tactic * further, numbers.floor, numbers.cap)
  const also = further === 0 ? '' : `; ${counted(further, 'further kind')} of hostile purpose in one session`
  return signal('operation', llr, top.fact.techniques, `${wordsFor(top, isNew(top), history.sessions)}${also}`)
}

function weightOf({ class: of, incidents }: OperationFact): number {
  const more = of === 'sensitive' ? numbers.incident * Math.log(1 + incidents) : 0
  return numbers.weight[of] + more
}

function before(weightA: number, a: Use, weightB: number, b: Use): boolean {
  return weightA > weightB || (weightA === weightB && a.operation <= b.operation)
}

function wordsFor({ operation: name, fact, count, failures }: Use, fresh: boolean, sessions: number): string {
  const purpose = [...fact.techniques, ...fact.tactics].map(one => meaning[one]).find(one => one !== undefined)
  const kind = fact.class === 'sensitive' ? (purpose ?? 'sensitive') : (plain[fact.class] ?? fact.class)
  const known = sessions === 0 ? 'no earlier use to compare' : fresh ? 'never used by this key' : 'used before'
  const times = count === 1 ? '' : ` ${count} times`
  const refused = failures === 0 ? '' : `, ${failures} refused or failed`
  const reports = fact.incidents === 0 ? '' : `, named in ${counted(fact.incidents, 'published incident')}`
  return `${name}${times}: ${kind}, ${known}${reports}${refused}`
}

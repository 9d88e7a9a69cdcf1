import type { Signal } from '../model/misuse.ts'
import { builder, bulk as numbers } from './constants.ts'
import { isBuilder } from './doer.ts'
import { type Case, clip, counted, listed, signal } from './evidence.ts'
import { type Taking, takings } from './taken.ts'

/** Many distinct things of one kind in one session, more than this key ever took; worse from a place it never read. */
export function bulk(of: Case): Signal | undefined {
  let best: Signal | undefined
  for (const kind of of.session.taken.calls.keys()) {
    const found = taking(kind, of)
    if (found !== undefined && (best === undefined || found.llr > best.llr)) best = found
  }
  return best
}

function taking(kind: Taking, of: Case): Signal | undefined {
  const { session, history } = of
  const { many, from, what, attack } = takings[kind]
  const things = session.taken.things.get(kind)?.size ?? 0
  const amount = session.taken.amountOf(kind)
  const usual = history.mostTaken.get(kind) ?? 0
  if (amount < from || amount < 2 * usual) return undefined
  const fresh =
    history.sessions === 0 ? [] : [...session.taken.containers].filter(one => !history.containers.has(one)).toSorted()
  const more =
    (amount >= 2 * many ? numbers.doubled : 0) + (kind === 'objects' && fresh.length > 0 ? numbers.doubled : 0)
  const where =
    kind !== 'objects' || fresh.length === 0
      ? ''
      : `, from ${counted(fresh.length, 'bucket')} that it never read before (${listed(fresh)})`
  const tool = isBuilder(of) ? builder : 1
  const says = `${amount} ${things === 0 ? 'calls for ' : ''}${what} in one session; ${usual === 0 ? 'none' : `at most ${usual}`} before${where}`
  return signal('bulk', clip(numbers.llr * Math.min(1, amount / many) + more, 0, numbers.cap) * tool, attack, says)
}

import type { Signal } from '../model/misuse.ts'
import { request as numbers } from './constants.ts'
import { weightOfDoer } from './doer.ts'
import { type Case, clip, signal } from './evidence.ts'

/** What single requests asked for: the most telling, and a little for each further kind. */
export function requested(of: Case): Signal | undefined {
  const { session, history } = of
  const place = weightOfDoer(of)
  const found = [...session.asked.values()]
    .map(one => ({ ...one, llr: one.llr * place * (history.asked.has(one.rule) ? numbers.seen : 1) }))
    .toSorted((a, b) => b.llr - a.llr || (a.rule < b.rule ? -1 : 1))
  const [top, ...further] = found
  if (top === undefined) return undefined
  const llr = clip(top.llr + further.reduce((sum, one) => sum + Math.min(one.llr, numbers.further), 0), 0, numbers.cap)
  const attack = [...new Set(found.flatMap(one => one.attack))]
  const also =
    further.length === 0
      ? ''
      : `; also: ${further
          .map(one => one.rule)
          .slice(0, 4)
          .join(', ')}`
  return signal('request', llr, attack, `${top.says}${also}`)
}

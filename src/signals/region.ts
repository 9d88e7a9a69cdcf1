import type { Signal } from '../model/misuse.ts'
import { region as numbers } from './constants.ts'
import { isBuilder } from './doer.ts'
import { type Case, counted, listed, signal, trust } from './evidence.ts'

/** Something changed in a region in which this key never did anything; before that can be known, in many regions at once. */
export function region(of: Case): Signal | undefined {
  const { session, history } = of
  const fresh = [...session.regions].filter(one => !history.regions.has(one)).toSorted()
  if (fresh.length === 0) return undefined
  if (history.regions.sessions < numbers.sessions) {
    if (fresh.length < numbers.many || isBuilder(of)) return undefined
    return signal('region', numbers.spread, ['T1535'], `changes in ${counted(fresh.length, 'region')} in one session`)
  }
  const says = `changes in ${listed(fresh)}, never used by this key in ${counted(history.sessions, 'session')}`
  return signal('region', numbers.llr * trust(history.sessions), ['T1535'], says)
}

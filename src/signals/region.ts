import type { Signal } from '../model/misuse.ts'
import { region as numbers } from './constants.ts'
import { type Case, counted, listed, signal, trust } from './evidence.ts'

/** Something changed in a region in which this key never did anything. */
export function region({ session, history }: Case): Signal | undefined {
  if (history.regions.sessions < numbers.sessions) return undefined
  const fresh = [...session.regions].filter(one => !history.regions.has(one)).toSorted()
  if (fresh.length === 0) return undefined
  const says = `changes in ${listed(fresh)}, never used by this key in ${counted(history.sessions, 'session')}`
  return signal('region', numbers.llr * trust(history.sessions), ['T1535'], says)
}

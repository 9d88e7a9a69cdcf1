import type { Signal } from '../model/misuse.ts'
import { alarm as numbers } from './constants.ts'
import { type Case, listed, signal } from './evidence.ts'

/** What the log itself found wrong with calls of this session. */
export function alarm({ session }: Case): Signal | undefined {
  if (session.alarms.size === 0) return undefined
  return signal('alarm', numbers.llr, ['T1078'], `the log itself says: ${listed([...session.alarms].toSorted())}`)
}

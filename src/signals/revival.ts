import type { Signal } from '../model/misuse.ts'
import { day, revival as numbers } from './constants.ts'
import { type Case, counted, lasting, signal } from './evidence.ts'

/** A key that had gone quiet before it leaked, used after it. */
export function revival({ session, history, around }: Case): Signal | undefined {
  const { leakedAt } = around
  if (leakedAt === undefined || session.start < leakedAt) return undefined
  const last = around.lastBefore ?? around.from
  if (last === undefined) return undefined
  const quiet = leakedAt - last
  if (quiet < numbers.days * day || quiet < numbers.gaps * median(history.gaps)) return undefined
  const since = around.lastBefore === undefined ? 'not seen in the log for' : 'unused for'
  const says = `${since} ${lasting(quiet)}, then ${counted(session.count, 'call')} ${lasting(session.start - leakedAt)} after the leak`
  return signal('revival', numbers.llr, ['T1078'], says)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

import type { Signal } from '../model/misuse.ts'
import { hour, change as numbers } from './constants.ts'
import { type Case, counted, lasting, rarely, signal } from './evidence.ts'
import { isNewNetwork } from './network.ts'
import { binomialTail } from './tails.ts'

/** Sessions from new networks, before and after; times in milliseconds. */
export interface Change {
  readonly before: number
  readonly after: number
  readonly spanBefore: number
  readonly spanAfter: number
}

/** The chance that so many of them fall after the leak if nothing changed; undefined where it is nothing unusual. */
export function changed({ before, after, spanBefore, spanAfter }: Change): number | undefined {
  if (after === 0 || spanBefore <= 0 || spanAfter <= 0) return undefined
  const ratio = after / spanAfter / (Math.max(before, 0.5) / spanBefore)
  if (ratio < numbers.times) return undefined
  const chance = binomialTail(after, before + after, spanAfter / (spanBefore + spanAfter))
  return chance < numbers.tail ? chance : undefined
}

/** Strangers who change their address with every request make many short sessions: their number is what tells. */
export function changePoint({ session, history, around }: Case): Signal | undefined {
  const { leakedAt, from, newBefore, newAfter } = around
  if (leakedAt === undefined || from === undefined || session.start < leakedAt) return undefined
  if (!isNewNetwork(session, history)) return undefined
  // This one counts too; a change is judged over an hour at least.
  const spanAfter = Math.max(hour, session.last - leakedAt)
  return changeSignal({ before: newBefore, after: newAfter + 1, spanBefore: leakedAt - from, spanAfter })
}

/** The evidence of a change, for a session that is part of it. */
export function changeSignal(change: Change): Signal | undefined {
  const chance = changed(change)
  if (chance === undefined) return undefined
  const says = `${counted(change.after, 'session')} from new networks in ${lasting(change.spanAfter)} after the leak, ${change.before} in ${lasting(change.spanBefore)} before; by chance alone that happens ${rarely(chance)}`
  return signal('change point', numbers.llr, ['T1078'], says)
}

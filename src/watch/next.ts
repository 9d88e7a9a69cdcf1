import type { Standing } from '../model/watch.ts'
import { cadence, deadCadence, outageAgain, type Policy, undecidedAgain } from './policy.ts'

export interface When {
  readonly now: number
  readonly policy: Policy
  /** Its provider's answers are not believed for now. */
  readonly outage: boolean
  /** It can be asked about without being used. */
  readonly byLookup: boolean
  /** The provider wants to be left alone until then. */
  readonly retryAt?: number | undefined
  /** A time at which its state has to be known, as the deadline of a rotation. */
  readonly deadline?: number | undefined
}

/** When a key is asked about next. Keys of one age are spread over a tenth of their interval, always the same way. */
export function nextAt(id: string, standing: Standing, when: When): number {
  const { now, retryAt = 0, deadline } = when
  const at = Math.max(now + waiting(id, standing, when), retryAt)
  return deadline !== undefined && deadline > now && deadline < at ? deadline : at
}

function waiting(id: string, standing: Standing, { now, policy, outage, byLookup }: When): number {
  if (outage) return outageAgain
  if (standing.doubtedAt !== undefined) return policy.apart
  const usual = every(standing.state === 'dead' && !byLookup ? deadCadence : cadence, now - standing.calmFrom)
  if (standing.undecided > 0) return Math.min(usual, undecidedAgain * 2 ** Math.min(standing.undecided - 1, 20))
  return Math.round(usual * (1 + spread(id) / 10))
}

function every(steps: typeof cadence, calm: number): number {
  return steps.findLast(({ calmFor }) => calm >= calmFor)?.every ?? cadence[0]?.every ?? undecidedAgain
}

/** A number from 0 to 1 that is the same for an id at all times. */
function spread(id: string): number {
  let sum = 0
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) % 1009
  return sum / 1009
}

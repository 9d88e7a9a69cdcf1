import type { Misuse } from '../model/misuse.ts'
import type { Decision, Priority } from '../model/priority.ts'
import { points } from './ssvc-table.ts'

/** What the order of work is read from. */
export interface Ranked {
  readonly id: string
  readonly misuse?: Misuse
  readonly priority: Priority
}

const buckets: readonly Decision[] = ['act_now', 'investigate', 'out_of_cycle', 'scheduled', 'none']

/** The order of work: by decision, then by p, impact, time in public and age, each the most first, then by id. No weights. */
export function byUrgency(a: Ranked, b: Ranked): number {
  return (
    buckets.indexOf(a.priority.decision) - buckets.indexOf(b.priority.decision) ||
    (b.misuse?.p ?? 0) - (a.misuse?.p ?? 0) ||
    points.impact.indexOf(b.priority.impact.value) - points.impact.indexOf(a.priority.impact.value) ||
    earlier(a.priority.exposedSince, b.priority.exposedSince) ||
    earlier(a.priority.since, b.priority.since) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  )
}

/** What began earlier has lasted longer; what has no time has lasted for none. */
function earlier(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1
  return Date.parse(a) - Date.parse(b)
}

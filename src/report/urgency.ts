import type { Case } from '../model/credential.ts'
import type { Decision } from '../model/priority.ts'

/** Decisions in the order of work. */
export const decisions: readonly Decision[] = ['act_now', 'investigate', 'out_of_cycle', 'scheduled', 'none']

/** Whether a run looked into the use of its keys, so that its cases have an order of work. */
export function isRanked(cases: readonly Case[]): boolean {
  return cases.some(({ priority }) => priority !== undefined)
}

/** Every case under its decision, in the report's own order. */
export function byDecision(cases: readonly Case[]): Readonly<Record<Decision, readonly Case[]>> {
  const heaps: Record<Decision, Case[]> = { act_now: [], investigate: [], out_of_cycle: [], scheduled: [], none: [] }
  for (const one of cases) heaps[one.priority?.decision ?? 'none'].push(one)
  return heaps
}

/** Nothing needs to be done about the key itself, but somebody used it who should not have: that is told all the same. */
export function isTold({ priority, misuse, verdict }: Case): boolean {
  if (priority === undefined) return false
  const used = (misuse?.sessions.length ?? 0) > 0
  return priority.decision !== 'none' || (misuse?.p ?? 0) >= 0.2 || (verdict.reason === 'canary' && used)
}

/** `2026-11-24 10:55 UTC (1 h)`: when the earliest of them is due, and how long that is from the end of the run. */
export function dueOf(cases: readonly Case[], finished: string): string | undefined {
  const [first] = cases.flatMap(({ priority }) => priority?.due ?? []).toSorted()
  return first === undefined ? undefined : dueWords(first, finished)
}

function dueWords(due: string, finished: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(due) - Date.parse(finished)) / 60_000))
  const left =
    minutes < 60
      ? `${minutes} min`
      : minutes < 48 * 60
        ? `${Math.round(minutes / 60)} h`
        : `${Math.round(minutes / 1440)} days`
  return `${due.slice(0, 16).replace('T', ' ')} UTC (${left})`
}

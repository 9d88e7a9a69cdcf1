import type { LocalTime } from './local-time.ts'

/** When people work, by their own word; where, is said elsewhere. */
export interface StatedHours {
  /** Hours since midnight, minutes as a fraction; `to` before `from` is the next morning. */
  readonly from: number
  readonly to: number
  /** Days on which work begins; 0 is Sunday. */
  readonly days: ReadonlySet<number>
}

/** Whether a local time is one of work. */
export function isAtWork({ hour, weekday }: LocalTime, { from, to, days }: StatedHours): boolean {
  if (from < to) return days.has(weekday) && hour >= from && hour < to
  return hour >= from ? days.has(weekday) : hour < to && days.has((weekday + 6) % 7)
}

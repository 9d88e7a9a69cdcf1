import type { UsageEvent } from '../../src/model/usage.ts'

/** A line of a log, and what an analyst needs to see of it. */
export type Example<Line> = readonly [what: string, line: Line, event: Partial<UsageEvent>]

/** When everything in the examples happened. */
export const time = '2026-11-01T10:00:00Z'
export const at = Date.parse(time)

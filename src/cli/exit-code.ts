import type { Report } from '../model/run.ts'
import type { Reason } from '../model/verdict.ts'
import type { ExitCode } from './terminal.ts'

/** Set aside, and somebody has to do something before it can be decided. */
const undecided: ReadonlySet<Reason> = new Set(['no_validator', 'incomplete', 'redacted', 'needs_host', 'effect', 'no_touch'])

/** 0 all decided and nothing live; 1 something live; 3 nothing live but something undecided, or not read. */
export function exitCode({ cases, warnings }: Report, failOn: 'live' | 'unknown' | 'never'): ExitCode {
  if (failOn === 'never') return 0
  if (cases.some(({ verdict }) => verdict.state === 'live')) return 1
  if (failOn === 'live') return 0
  const open = cases.some(({ verdict }) => verdict.state === 'unknown' || undecided.has(verdict.reason))
  return open || warnings.some(({ unreadable }) => unreadable) ? 3 : 0
}

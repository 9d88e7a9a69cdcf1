import type { Report } from '../model/run.ts'
import { standing } from '../report/standing.ts'
import type { ExitCode } from './terminal.ts'

/** 0 all decided and nothing live; 1 something live; 3 nothing live but something undecided, or not read. */
export function exitCode({ cases, warnings }: Report, failOn: 'live' | 'unknown' | 'never'): ExitCode {
  if (failOn === 'never') return 0
  if (cases.some(({ verdict }) => verdict.state === 'live')) return 1
  if (failOn === 'live') return 0
  const open = cases.some(({ verdict }) => standing(verdict) === 'undecided')
  return open || warnings.some(({ unreadable }) => unreadable) ? 3 : 0
}

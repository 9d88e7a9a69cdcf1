import type { Case } from '../model/credential.ts'
import type { Warning } from '../model/finding.ts'
import type { Report } from '../model/run.ts'
import { rank } from '../model/verdict.ts'
import { byUrgency } from '../priority/order.ts'
import { version } from '../version.ts'
import type { OpenRun } from './run.ts'

/** The report of a run: cases in the order in which a person should read them, what works first. */
export function reportOf(
  run: Pick<OpenRun, 'id' | 'started' | 'ledgerHead' | 'resumed'>,
  cases: readonly Case[],
  warnings: readonly Warning[],
  command: string,
): Report {
  const count = (state: string): number => cases.filter(({ verdict }) => verdict.state === state).length
  const findings = cases.reduce((sum, one) => sum + one.findings.length, 0)
  return {
    schema: 1,
    run: {
      id: run.id,
      version,
      started: run.started,
      finished: new Date().toISOString(),
      command,
      ledgerHead: run.ledgerHead(),
      ...(run.resumed !== undefined && { resumed: run.resumed }),
    },
    summary: {
      findings,
      cases: cases.length,
      live: count('live'),
      dead: count('dead'),
      unknown: count('unknown'),
      skipped: count('skipped'),
    },
    cases: cases.toSorted(
      (a, b) =>
        urgency(a, b) ||
        rank(a.verdict) - rank(b.verdict) ||
        (a.provider ?? '~').localeCompare(b.provider ?? '~') ||
        (a.id < b.id ? -1 : 1),
    ),
    warnings,
  }
}

/** What was investigated has an order of work; what was only checked has none. */
function urgency(a: Case, b: Case): number {
  if (a.priority === undefined || b.priority === undefined) return 0
  return byUrgency({ ...a, priority: a.priority }, { ...b, priority: b.priority })
}

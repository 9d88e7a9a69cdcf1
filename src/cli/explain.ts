import { existsSync } from 'node:fs'
import type { Case } from '../model/credential.ts'
import { isRecord } from '../model/path.ts'
import { decide } from '../priority/decide.ts'
import { explainMarkdown } from '../report/explain-markdown.ts'
import { explainText } from '../report/explain-text.ts'
import { explanationOf } from '../report/explanation.ts'
import { nameOf } from '../report/words.ts'
import { lastReportFile, withAllPlaces } from '../store/last-report.ts'
import { reportIn } from './report.ts'
import { catalogFrom, stateFrom } from './settings.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

export interface ExplainOptions {
  readonly to: string
  readonly validators?: string
}

/** Cases that are named where none or several fit. */
const candidatesNamed = 12

/** `afterleak explain ID [RUN.json]`: one case in words, and what to do about it, in order. Sends nothing. */
export async function explainCommand(
  terminal: Terminal,
  id: string | undefined,
  file: string | undefined,
  { to, validators }: ExplainOptions,
): Promise<ExitCode> {
  if (to !== 'text' && to !== 'markdown' && to !== 'json')
    throw new UsageError(`--to ${to}: a case can be explained as text, markdown or json`)
  const kept = lastReportFile(stateFrom(terminal.environment))
  if (file === undefined && !existsSync(kept))
    throw new UsageError(
      'there is no run yet on this machine. Check something first, or name a report: afterleak explain ID RUN.json',
    )
  const report = await reportIn(file ?? kept)
  const one = theOne(withAllPlaces(report), id)
  if (!isWhole(one))
    throw new UsageError(
      `${file ?? kept}: what it says of the misuse or the priority of ${one.id} has another form than this version writes.`,
    )
  const catalog = await catalogFrom(validators)
  const provider = catalog.providers.get(one.provider ?? '')
  // A run that looked at no log has none: then the verdict alone decides, as of the time of the run.
  const priority = one.priority ?? decide(one, provider, { now: new Date(report.run.finished) })
  const explanation = explanationOf({ ...one, priority }, provider)
  if (to === 'json')
    await terminal.out(`${JSON.stringify({ schema: 1, run: report.run.id, ...explanation }, null, 2)}\n`)
  else
    for (const text of to === 'markdown' ? explainMarkdown(explanation) : explainText(explanation, terminal.width))
      await terminal.out(text)
  return 0
}

/** The case that a word means: its id or the beginning of it, the end of the key as it is shown, or the only one of a provider. */
function theOne(cases: readonly Case[], word: string | undefined): Case {
  if (cases.length === 0) throw new UsageError('this run has no case to explain.')
  const wanted = (word ?? '').toLowerCase()
  const exact = cases.find(({ id }) => id === word)
  if (exact !== undefined) return exact
  const fitting = cases.filter(
    one =>
      one.id.toLowerCase().startsWith(wanted) ||
      one.shown.toLowerCase().endsWith(wanted) ||
      one.provider === wanted ||
      one.name?.toLowerCase() === wanted,
  )
  const [only, ...others] = fitting
  if (only !== undefined && others.length === 0) return only
  const among = fitting.length > 0 ? fitting : cases
  const why =
    word === undefined
      ? 'which case? Give its id, or the beginning of it'
      : fitting.length > 0
        ? `"${word}" fits ${fitting.length} cases`
        : `no case of this run begins with "${word}"`
  const width = Math.max(...among.slice(0, candidatesNamed).map(({ id }) => id.length))
  const named = among
    .slice(0, candidatesNamed)
    .map(one => `  ${one.id.padEnd(width)}  ${nameOf(one)} ${one.shown}  ${one.verdict.state}\n`)
  const more =
    among.length > candidatesNamed
      ? `  and ${among.length - candidatesNamed} more: afterleak report RUN.json --to csv\n`
      : ''
  throw new UsageError(`${why}. There are:\n${named.join('')}${more}`.trimEnd())
}

/** A report comes from a file, so it may hold anything; what is read below must be there. */
function isWhole(one: Case): boolean {
  const misuse: unknown = one.misuse
  const priority: unknown = one.priority
  const points = ['exploitation', 'exposure', 'automatable', 'impact']
  return (
    (misuse === undefined ||
      (isRecord(misuse) &&
        typeof misuse.p === 'number' &&
        typeof misuse.level === 'string' &&
        isRecords(misuse.sessions) &&
        misuse.sessions.every(session => isRecords(session.signals) && Array.isArray(session.actions)) &&
        isRecords(misuse.coverage))) &&
    (priority === undefined ||
      (isRecord(priority) &&
        points.every(point => isRecord(priority[point])) &&
        Array.isArray(priority.overrides) &&
        isRecords(priority.breaks)))
  )
}

function isRecords(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.every(isRecord)
}

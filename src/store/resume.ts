import { readLedger } from '../ledger/read.ts'
import type { SafeRequest } from '../model/request.ts'
import type { Judged } from '../model/verdict.ts'
import { keyOf, readJournal } from './journal.ts'
import { journalFile, ledgerFile, runsOf, type State } from './state.ts'

/** What a stopped run left: its answers, and what it had under way when it ended. */
export interface Left {
  readonly run: string
  readonly answers: ReadonlyMap<string, Judged>
  readonly underWay: (request: SafeRequest) => boolean
}

/** The run to resume: the one that is named, or the last one that did not come to its end, by itself or resumed. */
export async function leftBy(state: State, name: string | undefined): Promise<Left | undefined> {
  const candidates = name === undefined ? runsOf(state).toReversed() : runsOf(state).filter(run => run === name)
  const over = new Set<string>()
  for (const run of candidates) {
    if (over.has(run)) continue
    const { answers, finished } = await readJournal(journalFile(state, run))
    const { sent, runs } = await chainOf(state, run)
    if (!finished || name !== undefined)
      return { run, answers, underWay: request => sent.has(keyOf(request)) && !answers.has(keyOf(request)) }
    for (const done of runs) over.add(done)
  }
  return undefined
}

/** A run, the one that it resumed, and so on; with all that they sent. The last journal of a chain has the answers of all. */
async function chainOf(
  state: State,
  last: string,
): Promise<{ readonly runs: ReadonlySet<string>; readonly sent: ReadonlySet<string> }> {
  const sent = new Set<string>()
  const runs = new Set<string>()
  for (let run: string | undefined = last; run !== undefined && !runs.has(run); ) {
    runs.add(run)
    let earlier: string | undefined
    try {
      for await (const line of readLedger(ledgerFile(state, run))) {
        if (line.type === 'run' && typeof line['resumes'] === 'string') earlier = line['resumes']
        if (line.type === 'sent')
          sent.add(
            keyOf({
              credential: text(line['credential']),
              name: text(line['request']),
              method: asMethod(line['method']),
              origin: text(line['origin']),
              path: text(line['path']),
            }),
          )
      }
    } catch (error) {
      // A run that sent nothing has no ledger.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
    run = earlier
  }
  return { runs, sent }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function asMethod(value: unknown): SafeRequest['method'] {
  return value === 'HEAD' || value === 'POST' ? value : 'GET'
}

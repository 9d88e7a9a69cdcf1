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

/** The run to resume: the one that is named, or the last one that did not come to its end. */
export async function leftBy(state: State, name: string | undefined): Promise<Left | undefined> {
  const candidates = name === undefined ? runsOf(state).toReversed() : runsOf(state).filter(run => run === name)
  for (const run of candidates) {
    const { answers, finished } = await readJournal(journalFile(state, run))
    if (finished && name === undefined) continue
    const sent = new Set<string>()
    for await (const line of readLedger(ledgerFile(state, run)))
      if (line.type === 'sent') sent.add(keyOf({ credential: String(line['credential']), method: asMethod(line['method']), origin: String(line['origin']), path: String(line['path']) }))
    return { run, answers, underWay: request => sent.has(keyOf(request)) && !answers.has(keyOf(request)) }
  }
  return undefined
}

function asMethod(value: unknown): SafeRequest['method'] {
  return value === 'HEAD' || value === 'POST' ? value : 'GET'
}

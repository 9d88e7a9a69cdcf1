import { readLedger } from '../ledger/read.ts'
import type { SafeRequest } from '../model/request.ts'
import type { Judged } from '../model/verdict.ts'
import { keyOf, readJournal } from './journal.ts'
import { journalFile, ledgerFile, ledgersOf, runsOf, type State } from './state.ts'

/** What a stopped run left: its answers, and what it had under way when it ended. */
export interface Left {
  readonly run: string
  readonly answers: ReadonlyMap<string, Judged>
  readonly underWay: (request: SafeRequest) => boolean
}

/** The run to resume: the one that is named, or the last one that did not come to its end and was not resumed yet. */
export async function leftBy(state: State, name: string | undefined): Promise<Left | undefined> {
  const run = name === undefined ? await lastStopped(state) : runsOf(state).find(each => each === name)
  if (run === undefined) return undefined
  const answers = new Map<string, Judged>()
  const sent = new Set<string>()
  // With what it had resumed itself: a run can end while it takes answers over.
  for (let each: string | undefined = run; each !== undefined; each = await resumedBy(state, each)) {
    const earlier = await present(readJournal(journalFile(state, each)))
    for (const [key, judged] of earlier?.answers ?? []) if (!answers.has(key)) answers.set(key, judged)
    for (const key of (await present(sentBy(state, each))) ?? []) sent.add(key)
  }
  return { run, answers, underWay: request => sent.has(keyOf(request)) && !answers.has(keyOf(request)) }
}

async function lastStopped(state: State): Promise<string | undefined> {
  const runs = runsOf(state).toReversed()
  // Not told by the order of their names: those of one second have none.
  const resumed = new Set<string | undefined>()
  for (const run of ledgersOf(state)) resumed.add(await resumedBy(state, run))
  for (const run of runs) if (!resumed.has(run) && !(await readJournal(journalFile(state, run))).finished) return run
  return undefined
}

async function resumedBy(state: State, run: string): Promise<string | undefined> {
  const first = await present(readLedger(ledgerFile(state, run)).next())
  const resumes = first?.done === false ? first.value['resumes'] : undefined
  return typeof resumes === 'string' ? resumes : undefined
}

async function sentBy(state: State, run: string): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const line of readLedger(ledgerFile(state, run))) {
    if (line.type !== 'sent') continue
    const { credential, request: name, origin, path } = line
    const method = line['method'] === 'HEAD' || line['method'] === 'POST' ? line['method'] : 'GET'
    keys.push(keyOf({ credential: text(credential), name: text(name), method, origin: text(origin), path: text(path) }))
  }
  return keys
}

/** A file that is not there (a run that sent nothing has no ledger) is no error. */
async function present<T>(read: Promise<T>): Promise<T | undefined> {
  return read.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

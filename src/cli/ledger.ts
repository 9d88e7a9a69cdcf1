import { readdir } from 'node:fs/promises'
import { readLedger, verifyLedger } from '../ledger/read.ts'
import { ledgerFile, openState, type State } from '../store/state.ts'
import { stateFrom } from './settings.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

/** `afterleak ledger show [RUN]`: what was sent, a line for each call. */
export async function showLedger(terminal: Terminal, named: string | undefined): Promise<ExitCode> {
  const state = openState(stateFrom(terminal.environment))
  const run = named ?? (await ledgers(state)).at(-1)
  if (run === undefined) throw new UsageError('nothing was ever sent from here: there is no ledger.')
  await known(state, [run])
  const calls = new Map<unknown, string>()
  for await (const line of readLedger(ledgerFile(state, run))) {
    if (line.type === 'run')
      await terminal.out(
        `run ${text(line.run)}, afterleak ${text(line.version)}${line.resumes === undefined ? '' : `, resumes ${text(line.resumes)}`}\n`,
      )
    if (line.type === 'sent')
      calls.set(
        line.n,
        `${line.at}  ${text(line.method)} ${text(line.origin)}${text(line.path)}  ${text(line.credential)}`,
      )
    if (line.type !== 'answered') continue
    const outcome = line.status === undefined ? text(line.failed) : line.status === 0 ? 'answered' : text(line.status)
    await terminal.out(
      `${calls.get(line.n) ?? ''}  ${outcome}${line.requestId === undefined ? '' : `  ${text(line.requestId)}`}\n`,
    )
    calls.delete(line.n)
  }
  for (const call of calls.values()) await terminal.out(`${call}  no answer was recorded\n`)
  return 0
}

/** `afterleak ledger verify [RUN...]`: whether each chain is whole. */
export async function verifyLedgers(terminal: Terminal, named: readonly string[]): Promise<ExitCode> {
  const state = openState(stateFrom(terminal.environment))
  const runs = named.length > 0 ? named : await ledgers(state)
  await known(state, runs)
  let broken = 0
  for (const run of runs) {
    const chain = await verifyLedger(ledgerFile(state, run))
    if (!chain.whole) broken += 1
    await terminal.out(
      chain.whole
        ? `${run}  whole, ${chain.lines} lines, head ${chain.head ?? 'none'}\n`
        : `${run}  BROKEN at line ${chain.line}: ${chain.why}\n`,
    )
  }
  if (runs.length === 0) await terminal.out('Nothing was ever sent from here: there is no ledger.\n')
  return broken === 0 ? 0 : 1
}

async function ledgers({ ledgers: folder }: State): Promise<readonly string[]> {
  return (await readdir(folder))
    .filter(name => name.endsWith('.jsonl'))
    .map(name => name.slice(0, -6))
    .toSorted()
}

async function known(state: State, runs: readonly string[]): Promise<void> {
  const there = await ledgers(state)
  const missing = runs.find(run => !there.includes(run))
  if (missing !== undefined)
    throw new UsageError(
      `there is no ledger of a run "${missing}". The last ones: ${there.slice(-3).join(', ') || 'none'}`,
    )
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

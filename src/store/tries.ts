import { statSync } from 'node:fs'
import { readLedger } from '../ledger/read.ts'
import { ledgerFile, ledgersOf, type State } from './state.ts'

/** Accounts that runs of this machine tried since then (milliseconds since 1970), and when last, ISO 8601: from their ledgers. */
export async function triedSince(state: State, since: number): Promise<ReadonlyMap<string, string>> {
  const tried = new Map<string, string>()
  for (const run of ledgersOf(state)) {
    const file = ledgerFile(state, run)
    if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) < since) continue
    for await (const { type, at, account } of readLedger(file))
      if (type === 'sent' && typeof account === 'string' && at !== undefined && at > (tried.get(account) ?? ''))
        tried.set(account, at)
  }
  return tried
}

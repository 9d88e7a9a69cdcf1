import { hash } from 'node:crypto'
import { unlinkSync } from 'node:fs'
import { accountOf } from '../model/account.ts'
import type { SafeRequest } from '../model/request.ts'
import { LineFile } from './line-file.ts'

/** What the first line of a ledger says. */
export interface LedgerOpening {
  readonly run: string
  readonly version: string
  readonly started: string
  readonly resumes?: string
}

/** How a call ended, as the ledger keeps it. */
type Outcome = { readonly status: number; readonly requestId?: string } | { readonly failed: string }

/** What was sent, by us: one file a run, append-only JSON lines, each holding the hash of the one before. */
export interface Ledger {
  /** Comes back when the line is with the operating system, with the number that `answered` refers to. */
  sent(request: SafeRequest, at: string): Promise<number>
  answered(sent: number, outcome: Outcome, at: string): void
  /** SHA-256 of the last line, hex. Null while nothing was sent. */
  head(): string | null
  close(): void
}

/** How long a line may wait until it is on the disk itself, in milliseconds. */
const syncEvery = 1000

export function openLedger(file: string, opening: LedgerOpening): Ledger {
  const lines = new LineFile(file, 'ax')
  let previous: string | null = null
  let number = 0
  const append = (line: object): void => {
    const text = `${JSON.stringify(line).slice(0, -1)},"prev":${JSON.stringify(previous)}}`
    lines.add(text)
    previous = digest(text)
  }
  append({ type: 'run', ...opening })
  lines.write()
  const timer = setInterval(() => lines.sync(), syncEvery).unref()
  return {
    async sent(request, at) {
      const n = ++number
      const { method, origin, path, credential, provider, name, effect, channel = 'probe' } = request
      append({
        type: 'sent',
        n,
        at,
        channel,
        provider,
        request: name,
        method,
        origin,
        path,
        credential,
        effect,
        account: accountOf(request),
      })
      await lines.written()
      return n
    },
    answered(n, outcome, at) {
      append({ type: 'answered', n, at, ...outcome })
    },
    head: () => (number === 0 ? null : previous),
    close() {
      clearInterval(timer)
      append({ type: 'end', at: new Date().toISOString() })
      lines.close()
      // What resumes another run is a link of a chain, even where it sent nothing.
      if (number === 0 && opening.resumes === undefined) unlinkSync(file)
    },
  }
}

/** For runs that send nothing. */
export const noLedger: Ledger = {
  sent: () => Promise.reject(new Error('nothing may be sent without a ledger')),
  answered: () => undefined,
  head: () => null,
  close: () => undefined,
}

export function digest(text: string): string {
  return hash('sha256', text)
}

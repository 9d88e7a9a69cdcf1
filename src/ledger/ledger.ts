import { createHash } from 'node:crypto'
import { closeSync, fdatasync, fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { accountOf } from '../model/account.ts'
import type { SafeRequest } from '../model/request.ts'

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
  /** Hands the line to the operating system before it returns; gives the number that `answered` refers to. */
  sent(request: SafeRequest, at: string): number
  answered(sent: number, outcome: Outcome, at: string): void
  /** SHA-256 of the last line, hex. Null while nothing was sent. */
  head(): string | null
  close(): void
}

/** How long a line may wait until it is on the disk itself, in milliseconds. It is with the operating system at once. */
const syncEvery = 1000

export function openLedger(file: string, opening: LedgerOpening): Ledger {
  const descriptor = openSync(file, 'ax', 0o600)
  let previous: string | null = null
  let number = 0
  let calls = 0
  let dirty = false
  const append = (line: object): void => {
    const text = JSON.stringify({ ...line, prev: previous })
    writeSync(descriptor, `${text}\n`)
    previous = digest(text)
    dirty = true
  }
  append({ type: 'run', ...opening })
  const timer = setInterval(() => {
    if (!dirty) return
    dirty = false
    fdatasync(descriptor, () => undefined)
  }, syncEvery).unref()
  return {
    sent(request, at) {
      const { method, origin, path, credential, provider, name, effect } = request
      const account = accountOf(request)
      number += 1
      calls += 1
      append({
        type: 'sent',
        n: number,
        at,
        channel: 'probe',
        provider,
        request: name,
        method,
        origin,
        path,
        credential,
        effect,
        ...(account !== undefined && { account }),
      })
      return number
    },
    answered(n, outcome, at) {
      append({ type: 'answered', n, at, ...outcome })
    },
    head: () => (calls === 0 ? null : previous),
    close() {
      clearInterval(timer)
      append({ type: 'end', at: new Date().toISOString() })
      fdatasyncSync(descriptor)
      closeSync(descriptor)
      // What resumes another run is a link of a chain, even where it sent nothing.
      if (calls === 0 && opening.resumes === undefined) unlinkSync(file)
    },
  }
}

/** For runs that send nothing. */
export const noLedger: Ledger = {
  sent: () => {
    throw new Error('nothing may be sent without a ledger')
  },
  answered: () => undefined,
  head: () => null,
  close: () => undefined,
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

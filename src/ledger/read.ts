import { isRecord } from '../model/path.ts'
import { digest } from './ledger.ts'
import { linesOf } from './lines.ts'

/** One line of a ledger as it was written. */
export interface LedgerLine {
  readonly type: 'run' | 'sent' | 'answered' | 'end'
  readonly at?: string
  readonly n?: number
  readonly [key: string]: unknown
}

export type ChainState =
  | { readonly whole: true; readonly lines: number; readonly head: string | null }
  | { readonly whole: false; readonly line: number; readonly why: string }

/** Reads a ledger line by line. A last line that was cut off by a crash is passed over. */
export async function* readLedger(file: string): AsyncGenerator<LedgerLine> {
  for await (const text of linesOf(file)) {
    const line = parse(text)
    if (line !== undefined) yield line
  }
}

/** Whether every line still holds the hash of the one before it. The head is the one that the report of the run shows: of the last line before the end. */
export async function verifyLedger(file: string): Promise<ChainState> {
  const lines = wholeLines(file)
  for (;;) {
    const next = await lines.next()
    if (next.done === true) return next.value
  }
}

/** The lines of a ledger as far as each holds the hash of the one before it, and what became of the chain. */
export async function* wholeLines(file: string): AsyncGenerator<LedgerLine, ChainState> {
  let previous: string | null = null
  let head: string | null = null
  let number = 0
  for await (const text of linesOf(file)) {
    number += 1
    const line = parse(text)
    if (line === undefined) return { whole: false, line: number, why: 'is not a line of a ledger (cut off, or edited)' }
    if (line['prev'] !== previous)
      return {
        whole: false,
        line: number,
        why: 'does not follow from the line before it: one of them was changed, or a line is missing',
      }
    previous = digest(text)
    if (line.type !== 'end') head = previous
    yield line
  }
  return { whole: true, lines: number, head }
}

function parse(text: string): LedgerLine | undefined {
  try {
    const line: unknown = JSON.parse(text)
    return isLine(line) ? line : undefined
  } catch {
    return undefined
  }
}

function isLine(line: unknown): line is LedgerLine {
  return isRecord(line) && typeof line['type'] === 'string' && ['run', 'sent', 'answered', 'end'].includes(line['type'])
}

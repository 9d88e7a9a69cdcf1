/** The outside world of a command: what a test replaces. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly input: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean }
  /** Resolves when more can be written. Rejects with EPIPE where the reader has left. */
  out(text: string): Promise<void>
  error(text: string): void
  readonly outIsTerminal: boolean
  readonly errorIsTerminal: boolean
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Asks for a text that is not shown while it is typed. */
  ask(question: string): Promise<string>
}

/** Wrong use: the message says what happened, why it matters and what to do. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What a command ends with. */
export type ExitCode = 0 | 1 | 2 | 3

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

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is nothing of this name',
  EACCES: 'permission was denied',
  EPERM: 'it is not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
}

/** Why a file could not be opened, in words. */
export function whyUnread(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? (error instanceof Error ? error.message : String(error))
}

/** What a command ends with. */
export type ExitCode = 0 | 1 | 2 | 3

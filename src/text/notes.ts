import type { Warning } from '../model/finding.ts'

const most = 20

/** What is wrong with one input, told to the caller. The same complaint is made 20 times, and the rest are counted. */
export class Notes {
  readonly #file: string
  readonly #warn: (warning: Warning) => void
  readonly #counts = new Map<string, number>()

  constructor(file: string, warn: (warning: Warning) => void) {
    this.#file = file
    this.#warn = warn
  }

  /** Nothing of the input could be read. */
  unreadable(message: string): void {
    this.#warn({ file: this.#file, message, unreadable: true })
  }

  /** Something is wrong, once. Text of the input must not be in the message: it may be a secret. */
  note(message: string, line?: number): void {
    this.#warn({ file: this.#file, ...(line !== undefined && { line }), message })
  }

  /** Something is wrong that can be wrong a million times; `kind` is its plural: `lines are not JSON`. */
  each(kind: string, message: string, line?: number): void {
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    if (count <= most) this.note(message, line)
  }

  /** Tells how many were not told. */
  end(): void {
    for (const [kind, count] of this.#counts) if (count > most) this.note(`${count - most} more ${kind}.`)
    this.#counts.clear()
  }
}

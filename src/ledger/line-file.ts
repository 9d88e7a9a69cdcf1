import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from 'node:fs'

/** So many lines go at once; fewer wait for the end of the turn. More would hold up what waits for them. */
const handful = 32

/**
 * A file that only grows, line by line. Lines that come in one turn of the event loop are handed to the operating
 * system by the handful, as what costs is the call, not the bytes.
 */
export class LineFile {
  readonly #descriptor: number
  #waiting: string[] = []
  #turn: Turn | undefined
  #dirty = false

  /** @param flags as for `open`: `ax` where the file must be new. */
  constructor(file: string, flags: 'a' | 'ax') {
    this.#descriptor = openSync(file, flags, 0o600)
  }

  add(line: string): void {
    this.#waiting.push(line)
    if (this.#turn === undefined) {
      this.#turn = new Turn()
      setImmediate(() => this.write())
    }
    if (this.#waiting.length >= handful) this.write()
  }

  /** Until every line so far is with the operating system: it survives the end of the process. Rejects where the disk is full. */
  written(): Promise<void> | undefined {
    return this.#turn?.over
  }

  /** Hands over what waits, now. */
  write(): void {
    const turn = this.#turn
    if (turn === undefined) return
    const lines = this.#waiting
    this.#waiting = []
    this.#turn = undefined
    try {
      writeSync(this.#descriptor, `${lines.join('\n')}\n`)
      turn.end()
    } catch (error) {
      turn.fail(error)
    }
    this.#dirty = true
  }

  /** Asks for what was written to be on the disk itself: it survives the end of the machine. */
  sync(): void {
    if (!this.#dirty) return
    this.#dirty = false
    fdatasync(this.#descriptor, () => undefined)
  }

  close(): void {
    this.write()
    if (this.#dirty) fdatasyncSync(this.#descriptor)
    closeSync(this.#descriptor)
  }
}

/** The time until the lines that wait are handed over. */
class Turn {
  readonly over: Promise<void>
  end = (): void => undefined
  fail = (_: unknown): void => undefined

  constructor() {
    this.over = new Promise((resolve, reject) => {
      this.end = resolve
      this.fail = reject
    })
    // Whoever needs a line to be there waits for it, and hears of it.
    this.over.catch(() => undefined)
  }
}

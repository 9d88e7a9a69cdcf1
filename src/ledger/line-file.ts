import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from 'node:fs'

/**
 * A file that only grows, line by line. Lines that come in one turn of the event loop are handed to the operating
 * system together, as what they cost is the call, not the bytes.
 */
export class LineFile {
  readonly #descriptor: number
  #waiting = ''
  #turn: Promise<void> | undefined
  #dirty = false

  /** @param flags as for `open`: `ax` where the file must be new. */
  constructor(file: string, flags: 'a' | 'ax') {
    this.#descriptor = openSync(file, flags, 0o600)
  }

  add(line: string): void {
    this.#waiting += `${line}\n`
    if (this.#turn !== undefined) return
    this.#turn = new Promise<void>((resolve, reject) => setImmediate(() => settle(() => this.write(), resolve, reject)))
    // Whoever needs the line to be there waits for it, and hears of it.
    this.#turn.catch(() => undefined)
  }

  /** Comes back when every line so far is with the operating system: it survives the end of the process. Rejects where the disk is full. */
  async written(): Promise<void> {
    await this.#turn
  }

  /** Hands over what waits, now. */
  write(): void {
    const lines = this.#waiting
    this.#waiting = ''
    this.#turn = undefined
    if (lines === '') return
    writeSync(this.#descriptor, lines)
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

function settle(work: () => void, resolve: () => void, reject: (error: unknown) => void): void {
  try {
    work()
    resolve()
  } catch (error) {
    reject(error)
  }
}

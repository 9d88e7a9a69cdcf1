import { createHash } from 'node:crypto'
import type { Ended } from '../model/goes-on.ts'
import type { LogMark } from '../store/logs.ts'

/** So much of the beginning, and of the end of what was read, tells a log from every other; in bytes. */
export const telling = 4096

export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64')
}

/** So long after the last write a line without an end may still get one, in milliseconds. */
const settled = 10 * 60_000
/** A row that is still being written is waited for up to this length, in bytes. */
const longestRow = 64 * 1024
const [LINE_FEED, CLOSE_BRACE, CLOSE_BRACKET] = [10, 125, 93]

/** What stands before a part. */
interface Before {
  readonly head: Buffer
  readonly tail: Buffer
  readonly offset: number
}

/** Looks at a log, or a part of one, as it flows by: what it begins and ends with, and how far its lines are whole. */
export class Passing {
  readonly #mayGrow: boolean
  #head: Buffer
  #tail: Buffer
  #offset: number
  /** What came after the last line feed. */
  #rest: Uint8Array[] = []
  /** Its end is still to come: a line is being written, or reading broke off. */
  #goesOnLater = true

  constructor(modified: number, { head, tail, offset }: Before = { head: empty, tail: empty, offset: 0 }) {
    this.#mayGrow = modified > Date.now() - settled
    this.#head = head
    this.#tail = tail
    this.#offset = offset
  }

  /** Whole lines as they come; at the end what is left, unless it is a line that is still being written. */
  async *through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      const end = chunk.lastIndexOf(LINE_FEED) + 1
      if (end > 0) yield* this.#passed(chunk.subarray(0, end))
      if (end < chunk.length) this.#rest.push(chunk.subarray(end))
    }
    const last = this.#rest.at(-1)?.at(-1)
    // A document may well end without a line feed.
    this.#goesOnLater = this.#mayGrow && !this.#head.includes(0) && last !== undefined && !closing.has(last)
    if (!this.#goesOnLater) yield* this.#passed()
  }

  mark(file: Pick<LogMark, 'path' | 'name' | 'size' | 'modified'>, found: Ended | undefined): LogMark {
    const { unread = 0, ...goesOn } = found ?? {}
    // In UTF-16 a line feed is half a character.
    const isWide = this.#head.includes(0)
    const left = isWide || unread > longestRow ? 0 : unread
    const head = this.#head.subarray(0, this.#offset - left)
    return {
      ...file,
      ...(this.#goesOnLater && { modified: 0 }),
      head: digest(head),
      headLength: head.length,
      offset: this.#offset - left,
      tail: digest(this.#tail.subarray(0, this.#tail.length - left).subarray(-telling)),
      ...(found !== undefined && !isWide && { goesOn }),
    }
  }

  *#passed(more: Uint8Array = empty): Generator<Uint8Array> {
    for (const piece of [...this.#rest, more]) {
      if (this.#head.length < telling)
        this.#head = Buffer.concat([this.#head, piece.subarray(0, telling - this.#head.length)])
      this.#offset += piece.length
      this.#tail = Buffer.concat([this.#tail, piece.subarray(-telling - longestRow)]).subarray(-telling - longestRow)
      yield piece
    }
    this.#rest = []
  }
}

const empty = Buffer.alloc(0)
const closing = new Set([CLOSE_BRACE, CLOSE_BRACKET])

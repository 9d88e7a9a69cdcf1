import type { Warning } from '../model/finding.ts'
import { gunzip } from '../text/gunzip.ts'
import type { Input } from '../text/input.ts'
import { Notes } from '../text/notes.ts'

/** The bytes of a log, unpacked, from any place on. */
export interface LogContent {
  /** Its first bytes. */
  readonly head: Buffer
  from(start: number): AsyncIterable<Uint8Array>
}

/** Looks into a log: at so many first bytes of it. Rejects where it can't be opened. */
export async function contentOf(file: Input, length: number, warn: (warning: Warning) => void): Promise<LogContent> {
  const [first = 0, second = 0] = await whole(taken(file.open(), 2))
  const packed = first === 0x1f && second === 0x8b
  const unpacked = (notes: Notes): AsyncIterable<Uint8Array> => (packed ? gunzip(file.open(), notes) : file.open())
  return {
    head: await whole(taken(unpacked(new Notes(file.name, () => undefined)), length)),
    from: start =>
      packed || file.from === undefined ? dropped(unpacked(new Notes(file.name, warn)), start) : file.from(start),
  }
}

/** The first bytes, and no more is read than they need. */
export async function* taken(bytes: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length
  if (left === 0) return
  for await (const chunk of bytes) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}

export async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* dropped(bytes: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length
  for await (const chunk of bytes) {
    if (left < chunk.length) yield chunk.subarray(left)
    left = Math.max(0, left - chunk.length)
  }
}

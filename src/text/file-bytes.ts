import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

/** So many bytes are handed on at once: their text is gone before it would grow old in memory. */
const piece = 64 * 1024
/** So many pieces are read at once: each reading waits. */
const pieces = 4

/** The bytes of a file. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  // A stream on a folder fails late and in other words.
  if ((await stat(path)).isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' })
  const reads: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: pieces * piece })
  for await (const read of reads)
    for (let start = 0; start < read.length; start += piece) yield read.subarray(start, start + piece)
}

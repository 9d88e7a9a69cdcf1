import { once } from 'node:events'
import { createGunzip, type Gunzip } from 'node:zlib'
import type { Notes } from './notes.ts'

/** A piece this small can grow to 16 MB at most. */
const piece = 16_384

/** Unpacks gzip, piece by piece. Data that is cut off or damaged gives what comes before, and a note. */
export async function* gunzip(bytes: AsyncIterable<Uint8Array>, notes: Notes): AsyncGenerator<Uint8Array> {
  const stream = createGunzip()
  const ready: Uint8Array[] = []
  let failed: Error | undefined
  const failing = new Promise<void>(resolve => {
    stream.once('error', error => {
      failed = error
      resolve()
    })
  })
  stream.on('data', (chunk: Uint8Array) => ready.push(chunk))
  try {
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.length; from += piece) {
        if (failed !== undefined) break
        await Promise.race([failing, written(stream, chunk.subarray(from, from + piece))])
        yield* ready.splice(0)
      }
      if (failed !== undefined) break
    }
    if (failed === undefined) {
      stream.end()
      await Promise.race([failing, once(stream, 'end')])
    }
    yield* ready.splice(0)
  } finally {
    stream.destroy()
  }
  if (failed === undefined) return
  const cut = 'code' in failed && failed.code === 'Z_BUF_ERROR'
  notes.note(
    `is ${cut ? 'cut off' : 'damaged'}: its gzip data ${cut ? 'ends too early' : 'is wrong'}. What came before was read.`,
  )
}

async function written(stream: Gunzip, bytes: Uint8Array): Promise<void> {
  await new Promise<void>(resolve => {
    stream.write(bytes, () => resolve())
  })
}

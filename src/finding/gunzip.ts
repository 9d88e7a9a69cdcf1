import { createGunzip } from 'node:zlib'
import type { Notes } from './notes.ts'

/** A piece this small can grow to 16 MB at most. */
const piece = 16_384

/** Unpacks gzip, piece by piece. Data that is cut off or damaged gives what comes before, and a note. */
export async function* gunzip(bytes: AsyncIterable<Uint8Array>, notes: Notes): AsyncGenerator<Uint8Array> {
  const stream = createGunzip()
  const ready: Uint8Array[] = []
  let failed: Error | undefined
  let wake: () => void = () => undefined
  stream.on('data', (chunk: Uint8Array) => ready.push(chunk))
  stream.on('error', error => {
    failed = error
    wake()
  })
  try {
    for await (const chunk of bytes) {
      for (let from = 0; from < chunk.length && failed === undefined; from += piece) {
        await new Promise<void>(resolve => {
          wake = resolve
          stream.write(chunk.subarray(from, from + piece), () => resolve())
        })
        yield* ready.splice(0)
      }
      if (failed !== undefined) break
    }
    if (failed === undefined) {
      await new Promise<void>(resolve => {
        wake = resolve
        stream.once('end', resolve)
        stream.end()
      })
    }
    yield* ready.splice(0)
  } finally {
    stream.destroy()
  }
  if (failed === undefined) return
  const cut = 'code' in failed && failed.code === 'Z_BUF_ERROR'
  notes.note(`is ${cut ? 'cut off' : 'damaged'}: its gzip data ${cut ? 'ends too early' : 'is wrong'}. What came before was read.`)
}

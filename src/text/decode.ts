import { StringDecoder } from 'node:string_decoder'
import { failure } from './failure.ts'
import { gunzip } from './gunzip.ts'
import type { Notes } from './notes.ts'

const sniffed = 4096

const archives: readonly (readonly [magic: string, name: string])[] = [
  ['504b0304', 'a zip archive'],
  ['425a68', 'compressed with bzip2'],
  ['fd377a585a00', 'compressed with xz'],
  ['28b52ffd', 'compressed with zstd'],
  ['377abcaf271c', 'a 7z archive'],
]

/** Bytes to text, piece by piece: gzip, byte order marks, UTF-8 and UTF-16. What cannot be read is noted, never thrown. */
export async function* decode(open: () => AsyncIterable<Uint8Array>, notes: Notes): AsyncGenerator<string> {
  let started = false
  try {
    const bytes = peeked(open())
    const head = (await bytes.next()).value
    if (head === undefined) return
    const packed = head[0] === 0x1f && head[1] === 0x8b
    const plain = packed ? peeked(gunzip(joined(head, bytes), notes)) : bytes
    const start = packed ? (await plain.next()).value : head
    if (start === undefined) return
    const read = decoder(start)
    if (typeof read === 'string') {
      notes.unreadable(read)
      return
    }
    for await (const chunk of joined(start, plain)) {
      const text = read.write(chunk)
      if (text !== '') yield text
      started = true
    }
    const rest = read.end()
    if (rest !== '') yield rest
  } catch (error) {
    if (started) notes.note(`${failure(error)} What came before was read.`)
    else notes.unreadable(failure(error))
  }
}

/** The same bytes, with a first chunk that is long enough to tell what they are. */
async function* peeked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] | undefined = []
  let length = 0
  for await (const chunk of source) {
    if (held === undefined) {
      yield chunk
      continue
    }
    held.push(chunk)
    length += chunk.length
    if (length < sniffed) continue
    yield Buffer.concat(held)
    held = undefined
  }
  if (held !== undefined && length > 0) yield Buffer.concat(held)
}

async function* joined(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  yield* rest
}

interface Decoder {
  write(chunk: Uint8Array): string
  end(): string
}

/** The decoder for bytes that start like this, or what they are where they are not text. */
function decoder(start: Uint8Array): Decoder | string {
  const head = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, sniffed))
  const hex = head.subarray(0, 8).toString('hex')
  const archive = archives.find(([magic]) => hex.startsWith(magic))
  if (archive !== undefined) return `is ${archive[1]}. Unpack it first (gzip is read as it is).`
  if (hex.startsWith('fffe')) return wide('utf-16le')
  if (hex.startsWith('feff')) return wide('utf-16be')
  const zeros = [0, 0]
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > head.length / 5 && even === 0) return wide('utf-16le')
  if (even > head.length / 5 && odd === 0) return wide('utf-16be')
  return even + odd > 0 || isNoise(head.toString('utf8')) ? 'is not text.' : narrow()
}

/** More than a tenth of it is control characters or not UTF-8. */
function isNoise(text: string): boolean {
  const odd = text.match(/(?!\s)\p{Cc}|\ufffd/gu)?.length ?? 0
  return odd > 1 && odd * 10 > text.length
}

function narrow(): Decoder {
  const utf8 = new StringDecoder('utf8')
  let first = true
  return {
    write(chunk) {
      const text = utf8.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      if (!first || text === '') return text
      first = false
      return text.startsWith('\ufeff') ? text.slice(1) : text
    },
    end: () => utf8.end(),
  }
}

function wide(encoding: 'utf-16le' | 'utf-16be'): Decoder {
  const utf16 = new TextDecoder(encoding)
  return { write: chunk => utf16.decode(chunk, { stream: true }), end: () => utf16.decode() }
}

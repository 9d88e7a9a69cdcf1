const block = 1 << 20
const longest = 4096
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Ids in as little room as they need: sixteen bytes for a UUID, their own bytes for others. */
export class IdColumn {
  readonly #blocks: Buffer[] = [Buffer.alloc(block)]
  readonly #clean: (text: string) => string
  #used = 1
  #places = new Uint32Array(1024)
  #count = 0

  /** `clean` takes secrets out of ids that are not UUIDs. */
  constructor(clean: (text: string) => string) {
    this.#clean = clean
  }

  push(id: string | undefined): void {
    if (this.#count === this.#places.length) {
      const grown = new Uint32Array(this.#count * 2)
      grown.set(this.#places)
      this.#places = grown
    }
    this.#places[this.#count++] = id === undefined ? 0 : this.#put(id)
  }

  at(row: number): string | undefined {
    const place = this.#places[row] ?? 0
    if (place === 0) return undefined
    const bytes = this.#blocks[Math.floor(place / block)]
    const start = place % block
    const length = bytes?.readUInt16LE(start) ?? 0
    if (length > 0) return bytes?.toString('utf8', start + 2, start + 2 + length)
    const hex = bytes?.toString('hex', start + 2, start + 18) ?? ''
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }

  #put(id: string): number {
    const packed = uuid.test(id)
    const text = packed ? id : this.#clean(id).slice(0, longest)
    const most = packed ? 16 : text.length * 3
    if (this.#used + most + 2 > block) {
      this.#blocks.push(Buffer.alloc(block))
      this.#used = 0
    }
    const last = this.#blocks.length - 1
    const bytes = this.#blocks[last]
    const start = this.#used
    if (bytes === undefined) return 0
    if (packed) pack(text, bytes, start + 2)
    const length = packed ? 0 : bytes.write(text, start + 2)
    bytes.writeUInt16LE(length, start)
    this.#used += (packed ? 16 : length) + 2
    return last * block + start
  }
}

/** Hex digits, two a byte, past the dashes. */
function pack(id: string, bytes: Buffer, start: number): void {
  let place = start
  for (let i = 0; i < 36; i += 2) {
    if (id.charCodeAt(i) === 45) i++
    bytes[place++] = (digit(id.charCodeAt(i)) << 4) | digit(id.charCodeAt(i + 1))
  }
}

function digit(code: number): number {
  return code < 58 ? code - 48 : code - 87
}

import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { type Column, emptyColumn, RangeTable } from './range-table.ts'

/** A table with what there is to say of it as JSON. */
export interface Packed<About> {
  readonly about: About
  readonly table: RangeTable
}

/**
 * Several tables in one file: a line of JSON (what each is, how many ranges it has), then every column as differences in
 * LEB128 (seven bits a byte, the lowest first), all of it under Brotli.
 */
export function pack(entries: readonly Packed<unknown>[]): Uint8Array {
  const bytes: number[] = []
  for (const { table } of entries)
    for (const numbers of [...differences(table.v4, 1), ...differences(table.v6, 4)])
      for (const number of numbers) pushNumber(bytes, number)
  const head = entries.map(({ about, table: { v4, v6 } }) => ({ about, v4: v4.label.length, v6: v6.label.length }))
  const whole = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), Uint8Array.from(bytes)])
  return brotliCompressSync(whole, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length },
  })
}

/** Reads what `pack` wrote; `isAbout` holds the JSON of each table against its form. Throws where the file is damaged. */
export function unpack<About>(file: Uint8Array, isAbout: (value: unknown) => value is About): readonly Packed<About>[] {
  const whole = brotliDecompressSync(file)
  const end = whole.indexOf(10)
  const head: unknown = JSON.parse(whole.subarray(0, end).toString('utf8'))
  if (!Array.isArray(head)) throw new TypeError('this is no table of addresses')
  const reader = new Reader(whole, end + 1)
  return head.map((entry: { readonly about?: unknown; readonly v4?: unknown; readonly v6?: unknown }) => {
    if (!isAbout(entry.about)) throw new TypeError('this is no table of addresses of this kind')
    return {
      about: entry.about,
      table: new RangeTable(
        restored(reader, emptyColumn(Number(entry.v4), 'v4'), 1),
        restored(reader, emptyColumn(Number(entry.v6), 'v6'), 4),
      ),
    }
  })
}

/** First addresses as differences from the one before, last ones as what they differ in from their first; then labels. */
function* differences({ first, last, label }: Column, words: number): Generator<Iterable<number>> {
  yield first.map((value, index) => value - (first[index - words] ?? 0))
  yield last.map((value, index) => value - (first[index] ?? 0))
  yield label
}

function restored(reader: Reader, column: Column, words: number): Column {
  const { first, last, label } = column
  for (let index = 0; index < first.length; index++) first[index] = reader.number() + (first[index - words] ?? 0)
  for (let index = 0; index < last.length; index++) last[index] = reader.number() + (first[index] ?? 0)
  for (let index = 0; index < label.length; index++) label[index] = reader.number()
  return column
}

function pushNumber(bytes: number[], number: number): void {
  let rest = number >>> 0
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  bytes.push(rest)
}

class Reader {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  number(): number {
    let number = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new TypeError('this table of addresses ends too early')
      number |= (byte & 127) << shift
      if (byte < 128) break
    }
    return number >>> 0
  }
}

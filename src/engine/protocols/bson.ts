import { NotSpoken } from './login.ts'

/** What is written: enough for the commands of a sign-in. */
export type Written = string | number | boolean | Buffer | readonly Written[] | { readonly [name: string]: Written }
/** What is read; values of kinds that nobody looks at are null. */
export type Read = string | number | boolean | Buffer | null | readonly Read[] | { readonly [name: string]: Read }

const deepest = 32
/** Sizes of values that are passed over, by their types: https://bsonspec.org/spec.html */
const passed: Readonly<Record<number, number>> = { 6: 0, 7: 12, 9: 8, 10: 0, 17: 8, 19: 16, 127: 0, 255: 0 }

/** A document in MongoDB's binary form: https://bsonspec.org/spec.html */
export function writeBson(document: { readonly [name: string]: Written }): Buffer {
  const pieces = Object.entries(document).map(([name, value]) => {
    const [type, bytes] = written(value)
    return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), bytes])
  })
  const body = Buffer.concat([...pieces, Buffer.from([0])])
  return Buffer.concat([integer(body.length + 4), body])
}

function written(value: Written): readonly [type: number, bytes: Buffer] {
  if (typeof value === 'string')
    return [2, Buffer.concat([integer(Buffer.byteLength(value) + 1), Buffer.from(`${value}\0`)])]
  if (typeof value === 'number') return [16, integer(value)]
  if (typeof value === 'boolean') return [8, Buffer.from([value ? 1 : 0])]
  if (Buffer.isBuffer(value)) return [5, Buffer.concat([integer(value.length), Buffer.from([0]), value])]
  if (isList(value)) return [4, writeBson(Object.fromEntries(value.entries()))]
  return [3, writeBson(value)]
}

function isList(value: Written): value is readonly Written[] {
  return Array.isArray(value)
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

/** Reads a document. Throws NotSpoken for anything that is none. */
export function readBson(bytes: Buffer): { readonly [name: string]: Read } {
  return Object.fromEntries(elements(bytes, 0))
}

function elements(bytes: Buffer, depth: number): readonly (readonly [string, Read])[] {
  const found: (readonly [string, Read])[] = []
  const size = at(bytes, 0)
  if (size < 5 || size > bytes.length || depth > deepest) throw broken()
  for (let here = 4; here < size - 1; ) {
    const type = bytes[here] ?? 0
    const end = bytes.indexOf(0, here + 1)
    if (end === -1) throw broken()
    const [value, length] = read(type, bytes.subarray(end + 1, size - 1), depth)
    found.push([bytes.toString('utf8', here + 1, end), value])
    here = end + 1 + length
    if (here > size - 1) throw broken()
  }
  return found
}

function read(type: number, bytes: Buffer, depth: number): readonly [value: Read, length: number] {
  if (type === 1 && bytes.length >= 8) return [bytes.readDoubleLE(0), 8]
  if (type === 2 || type === 13 || type === 14) return [bytes.toString('utf8', 4, 3 + at(bytes, 0)), 4 + at(bytes, 0)]
  if (type === 3) return [Object.fromEntries(elements(bytes, depth + 1)), at(bytes, 0)]
  if (type === 4) return [elements(bytes, depth + 1).map(([, value]) => value), at(bytes, 0)]
  if (type === 5) return [bytes.subarray(5, 5 + at(bytes, 0)), 5 + at(bytes, 0)]
  if (type === 8) return [bytes[0] === 1, 1]
  if (type === 16) return [at(bytes, 0), 4]
  if (type === 18 && bytes.length >= 8) return [Number(bytes.readBigInt64LE(0)), 8]
  const length = passed[type]
  if (length === undefined) throw broken()
  return [null, length]
}

function at(bytes: Buffer, offset: number): number {
  if (bytes.length < offset + 4) throw broken()
  const value = bytes.readInt32LE(offset)
  if (value < -2_147_483_647) throw broken()
  return value
}

function broken(): NotSpoken {
  return new NotSpoken('answered with something that is not MongoDB')
}

import { type Address, compareAddresses, type Span } from './parse-address.ts'

/** A span with the number of what is said of it. */
export type Labelled = Span & { readonly label: number }

/** Words of one address in each family's columns. */
const wordsOf = { v4: 1, v6: 4 } as const

/** Ranges of one family, sorted, without overlap: `first` and `last` hold one or four words a range. */
export interface Column {
  readonly first: Uint32Array
  readonly last: Uint32Array
  readonly label: Uint32Array
}

/** Ranges of addresses that are found by halving; a few nanoseconds a look-up, eight or thirty-six bytes a range. */
export class RangeTable {
  readonly v4: Column
  readonly v6: Column

  constructor(v4: Column, v6: Column) {
    this.v4 = v4
    this.v6 = v6
  }

  /** Sorts, and joins what overlaps or touches and says the same. Where two say different things, the later one gives way. */
  static of(spans: Iterable<Labelled>): RangeTable {
    const v4: Labelled[] = []
    const v6: Labelled[] = []
    for (const span of spans) (typeof span.first === 'number' ? v4 : v6).push(span)
    return new RangeTable(columnOf(joined(v4), 'v4'), columnOf(joined(v6), 'v6'))
  }

  /** The label of the range that holds an address; undefined where none does. */
  find(address: Address): number | undefined {
    return typeof address === 'number' ? inShort(this.v4, address) : inLong(this.v6, address)
  }
}
// Two loops instead of one that calls what differs: this runs several times for each line of a log.

function inShort({ first, last, label }: Column, address: number): number | undefined {
  let low = 0
  let high = label.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((first[middle] ?? 0) <= address) low = middle + 1
    else high = middle
  }
  return low > 0 && address <= (last[low - 1] ?? 0) ? label[low - 1] : undefined
}

function inLong({ first, last, label }: Column, address: readonly number[]): number | undefined {
  let low = 0
  let high = label.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareWords(first, middle, address) <= 0) low = middle + 1
    else high = middle
  }
  return low > 0 && compareWords(last, low - 1, address) >= 0 ? label[low - 1] : undefined
}

function compareWords(column: Uint32Array, index: number, address: readonly number[]): number {
  for (let word = 0; word < 4; word++) {
    const difference = (column[index * 4 + word] ?? 0) - (address[word] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function joined(spans: readonly Labelled[]): readonly Labelled[] {
  const result: Labelled[] = []
  for (const span of spans.toSorted((a, b) => compareAddresses(a.first, b.first))) {
    const before = result.at(-1)
    if (before === undefined || compareAddresses(before.last, span.first) < 0) {
      if (before?.label === span.label && compareAddresses(next(before.last), span.first) === 0)
        result[result.length - 1] = { ...before, last: span.last }
      else result.push(span)
    } else if (compareAddresses(before.last, span.last) < 0) {
      if (before.label === span.label) result[result.length - 1] = { ...before, last: span.last }
      else result.push({ ...span, first: next(before.last) })
    }
  }
  return result
}

/** The address behind this one; behind the last there is none, so it stays. */
export function next(address: Address): Address {
  if (typeof address === 'number') return Math.min(address + 1, 0xffffffff)
  const [a, b, c, d] = address
  if (d < 0xffffffff) return [a, b, c, d + 1]
  if (c < 0xffffffff) return [a, b, c + 1, 0]
  if (b < 0xffffffff) return [a, b + 1, 0, 0]
  return a < 0xffffffff ? [a + 1, 0, 0, 0] : address
}

function columnOf(spans: readonly Labelled[], family: 'v4' | 'v6'): Column {
  const words = wordsOf[family]
  const column = emptyColumn(spans.length, family)
  for (const [index, { first, last, label }] of spans.entries()) {
    put(column.first, index * words, first)
    put(column.last, index * words, last)
    column.label[index] = label
  }
  return column
}

function put(column: Uint32Array, at: number, address: Address): void {
  if (typeof address === 'number') column[at] = address
  else column.set(address, at)
}

export function emptyColumn(length: number, family: 'v4' | 'v6'): Column {
  const words = wordsOf[family]
  return {
    first: new Uint32Array(length * words),
    last: new Uint32Array(length * words),
    label: new Uint32Array(length),
  }
}

import type { Partner } from './half.ts'
import { perSpot, type Spots } from './spots.ts'

export type Place = readonly [file: number, line: number, column: number, commit: number]

/** So many others are looked at to either side of a place: those beyond are better ones for others. */
const mostBeside = 32

/** Places of many halves in the order of files, lines and columns. */
export class SpotRow {
  readonly #partners: readonly Partner[]
  readonly #owner: Uint32Array
  readonly #at: Uint32Array
  readonly #order: Uint32Array

  constructor(partners: readonly Partner[]) {
    this.#partners = partners
    const count = partners.reduce((sum, { spots }) => sum + spots.length / perSpot, 0)
    this.#owner = new Uint32Array(count)
    this.#at = new Uint32Array(count)
    let index = 0
    for (const [owner, { spots }] of partners.entries())
      for (let at = 0; at < spots.length; at += perSpot) {
        this.#owner[index] = owner
        this.#at[index++] = at
      }
    this.#order = new Uint32Array(count).map((_, number) => number)
    this.#order.sort((a, b) => inOrder(this.#place(a), this.#place(b)) || a - b)
  }

  /** What stands in the same file within so many lines, the nearest first to either side. */
  *around(place: Place, near: number): Generator<readonly [Partner, Place]> {
    const [file, line] = place
    if (file === 0 || line === 0) return
    let low = 0
    for (let high = this.#order.length; low < high; ) {
      const middle = (low + high) >> 1
      if (inOrder(this.#place(this.#order[middle] ?? 0), place) < 0) low = middle + 1
      else high = middle
    }
    for (const step of [-1, 1]) {
      const seen = new Set<Partner>()
      for (let index = step < 0 ? low - 1 : low; seen.size < mostBeside; index += step) {
        const number = this.#order[index]
        const partner = this.#partners[this.#owner[number ?? 0] ?? 0]
        if (number === undefined || partner === undefined) break
        const other = this.#place(number)
        if (other[0] !== file || other[1] === 0 || Math.abs(other[1] - line) > near) break
        seen.add(partner)
        yield [partner, other]
      }
    }
  }

  #place(number: number): Place {
    return placeAt(this.#partners[this.#owner[number] ?? 0]?.spots ?? noSpots, this.#at[number] ?? 0)
  }
}

const noSpots: Spots = new Int32Array(0)

/** Every place of a half. */
export function* each({ spots }: { readonly spots: Spots }): Generator<Place> {
  for (let at = 0; at < spots.length; at += perSpot) yield placeAt(spots, at)
}

function placeAt(spots: Spots, at: number): Place {
  return [spots[at] ?? 0, spots[at + 1] ?? 0, spots[at + 2] ?? 0, spots[at + 3] ?? 0]
}

function inOrder(a: Place, b: Place): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

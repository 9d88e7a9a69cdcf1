import type { UsageEvent } from '../model/usage.ts'

interface Kept {
  readonly id: string
  readonly at: number
  readonly weight: number
}

/** The ids of the events that say most, a few of however many; the same ones whatever order equal times come in. */
export class Telling {
  readonly #most: number
  #kept: Kept[] = []
  #least = Number.NEGATIVE_INFINITY

  constructor(most: number) {
    this.#most = most
  }

  add({ id, at }: Pick<UsageEvent, 'id' | 'at'>, weight: number): void {
    if (this.#kept.length >= this.#most * 2 && weight < this.#least) return
    this.#kept.push({ id, at, weight })
    if (this.#kept.length > this.#most * 4) this.#shorten()
  }

  /** In the order of time. */
  ids(): readonly string[] {
    this.#shorten()
    return this.#kept.toSorted((a, b) => a.at - b.at || compare(a.id, b.id)).map(({ id }) => id)
  }

  #shorten(): void {
    this.#kept = this.#kept
      .toSorted((a, b) => b.weight - a.weight || a.at - b.at || compare(a.id, b.id))
      .slice(0, this.#most)
    this.#least = this.#kept.at(-1)?.weight ?? Number.NEGATIVE_INFINITY
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

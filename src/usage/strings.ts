/** Every distinct text once, by number from 1; 0 is none. What is new is cleaned before it is kept. */
export class Strings {
  readonly #numbers = new Map<string, number>()
  readonly #texts: string[] = ['']
  readonly #clean: (text: string) => string

  constructor(clean: (text: string) => string) {
    this.#clean = clean
  }

  of(text: string | undefined): number {
    if (text === undefined) return 0
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    // A slice would keep alive the whole text that it was cut from.
    const own = Buffer.from(text).toString()
    const number = this.#texts.push(this.#clean(own)) - 1
    this.#numbers.set(own, number)
    return number
  }

  at(number: number): string | undefined {
    return number === 0 ? undefined : this.#texts[number]
  }
}

/** Numbers of some rows; nothing is kept for a column that no row has. */
export class Amounts {
  #values = new Float64Array(0)

  set(row: number, value: number | undefined): void {
    if (value === undefined) return
    if (row >= this.#values.length) {
      const grown = new Float64Array(Math.max(1024, row * 2)).fill(Number.NaN)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[row] = value
  }

  get(row: number): number | undefined {
    const value = this.#values[row]
    return value === undefined || Number.isNaN(value) ? undefined : value
  }
}

const bits = 1 << 24

/** Remembers which keys were met, in 2 MB however many: may say yes for one that was not, never no for one that was. */
export class SeenKeys {
  readonly #bits = new Uint8Array(bits >> 3)

  add(key: string): void {
    for (const slot of slots(key)) this.#bits[slot >> 3] = (this.#bits[slot >> 3] ?? 0) | (1 << (slot & 7))
  }

  has(key: string): boolean {
    return slots(key).every(slot => ((this.#bits[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0)
  }
}

function slots(key: string): readonly number[] {
  let a = 0x811c9dc5
  let b = 0x9e3779b1
  for (let i = 0; i < key.length; i++) {
    a = Math.imul(a ^ key.charCodeAt(i), 0x01000193)
    b = Math.imul(b + key.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13)
  }
  return [(a >>> 0) % bits, (b >>> 0) % bits]
}

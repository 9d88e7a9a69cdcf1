import type { SourceText } from './source-text.ts'

/** Characters that are kept; a file's text is the most of what it takes. */
const room = 64 * 1024 * 1024
const least = 512

/** Texts that were read, the latest used; findings come file by file, but not always. */
export class TextCache<Other> {
  readonly #kept = new Map<string, { readonly found: SourceText | Other; readonly size: number }>()
  #size = 0

  async get(key: string, read: () => Promise<SourceText | Other>, sizeOf: (found: SourceText | Other) => number) {
    const known = this.#kept.get(key)
    if (known !== undefined) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return known.found
    }
    const found = await read()
    const size = sizeOf(found) + least
    this.#kept.set(key, { found, size })
    this.#size += size
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#size <= room) break
      this.#kept.delete(oldest)
      this.#size -= freed
    }
    return found
  }
}

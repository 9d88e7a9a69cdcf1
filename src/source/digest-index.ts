import { baselineHashes } from './confirm.ts'
import type { SourceText } from './source-text.ts'
import { tokensIn } from './tokens.ts'

/** Files with more characters than this are not searched from end to end. */
const longest = 2 * 1024 * 1024
const longestToken = 4096
/** An index takes several times its text. */
const mostKept = 8

/** The hashes of everything in a file that may be a value: lines move, and a baseline's numbers stay behind. */
export class DigestIndex {
  readonly #made = new Map<SourceText, ReadonlyMap<string, string>>()

  /** The text in a file that detect-secrets hashes so. */
  textOf(hex: string, source: SourceText): string | undefined {
    return this.#of(source).get(hex)
  }

  #of(source: SourceText): ReadonlyMap<string, string> {
    const known = this.#made.get(source)
    if (known !== undefined) return known
    const index = new Map<string, string>()
    if (source.text.length <= longest)
      for (const token of new Set(tokensIn(source.text)))
        for (const hex of token.length <= longestToken ? baselineHashes(token) : [])
          if (!index.has(hex)) index.set(hex, token)
    this.#made.set(source, index)
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= mostKept) break
      this.#made.delete(oldest)
    }
    return index
  }
}

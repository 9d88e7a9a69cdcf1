import type { Case } from '../model/credential.ts'

/** A page that a mail server takes and a mail client's preview opens: 3 MB, with a little room. In bytes. */
export const pageLimit = 2_900_000

/** How a case can be told: at length, in short, or by its row alone. */
export interface Telling {
  readonly full: (one: Case) => string
  readonly brief: (one: Case) => string
}

/** What the page has room for. */
export interface Fitted {
  readonly texts: ReadonlyMap<Case, string>
  /** Cases that are told in short. */
  readonly short: number
}

/**
 * The details of every case that the page has room for, in order: none of the later ones is told at length before an
 * earlier one is, and each is told in short before any is told at length.
 * @param room bytes
 */
export function fitted(cases: readonly Case[], telling: Telling, room: number): Fitted {
  const texts = new Map<Case, string>()
  let left = room
  for (const one of cases) {
    const text = telling.brief(one)
    const size = Buffer.byteLength(text)
    if (size > left) break
    texts.set(one, text)
    left -= size
  }
  let whole = 0
  for (const [one, brief] of texts) {
    const text = telling.full(one)
    const more = Buffer.byteLength(text) - Buffer.byteLength(brief)
    if (more > left) break
    texts.set(one, text)
    left -= more
    whole += 1
  }
  return { texts, short: texts.size - whole }
}

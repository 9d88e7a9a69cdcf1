import type { Missing } from './source.ts'

/** Why a value could not be read back. */
export type Unrecovered = Missing | 'several' | 'nothing' | 'unconfirmed'

const words: Readonly<Record<Unrecovered, string>> = {
  several: 'several texts there could be it',
  nothing: 'nothing there fits',
  unconfirmed: "nothing there has the scanner's hash",
  outside: 'path leads out of the folder',
  several_files: 'several files could be meant',
  no_file: 'file not there',
  no_commit: 'commit not there',
  no_place: 'the report names no file',
  no_git: 'Git could not be started',
  too_big: 'file larger than 10 MiB',
  unreadable: 'file could not be read',
}

/** Counts what was read back, and why the rest was not. */
export class Tally {
  #byHash = 0
  #byPlace = 0
  readonly #reasons = new Map<Unrecovered, number>()

  add(found: Unrecovered | { readonly by: 'hash' | 'place' }): void {
    if (typeof found === 'string') this.#reasons.set(found, (this.#reasons.get(found) ?? 0) + 1)
    else if (found.by === 'hash') this.#byHash += 1
    else this.#byPlace += 1
  }

  /** `12 of 30 redacted values were read back (9 confirmed by the scanner's hash); 18 could not be: file not there 10, …` */
  *said(): Generator<string> {
    const read = this.#byHash + this.#byPlace
    const left = [...this.#reasons].toSorted(([, a], [, b]) => b - a)
    const unread = left.reduce((sum, [, count]) => sum + count, 0)
    if (read + unread === 0) return
    const confirmed = this.#byHash === 0 ? '' : ` (${this.#byHash} confirmed by the scanner's hash)`
    const why = left.map(([reason, count]) => `${words[reason]} ${count}`).join(', ')
    yield `${read} of ${read + unread} redacted values were read back${confirmed}${unread === 0 ? '.' : `; ${unread} could not be: ${why}.`}`
    if (this.#reasons.has('no_git'))
      yield 'Git could not be started, so that no commit could be looked into. Install it, or check its commits out; files as they are were read.'
  }
}

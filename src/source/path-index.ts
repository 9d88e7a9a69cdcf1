import type { Path } from './path-segments.ts'

/** Paths by their last name, to find the one that a report means though the two begin at different folders. */
export class PathIndex {
  readonly #byName = new Map<string, (readonly string[])[]>()

  add(names: readonly string[]): void {
    const name = names.at(-1) ?? ''
    const known = this.#byName.get(name)
    if (known === undefined) this.#byName.set(name, [names])
    else known.push(names)
  }

  /** Those with the longest end in common: the whole of one of the two, or, of an absolute path, a folder and a name. */
  best({ names, absolute }: Path): readonly string[] {
    let found: string[] = []
    let longest = 1
    for (const other of this.#byName.get(names.at(-1) ?? '') ?? []) {
      const length = common(names, other)
      const whole = length === names.length || length === other.length || (absolute && length >= 2)
      if (!whole || length < longest) continue
      if (length > longest) found = []
      found.push(other.join('/'))
      longest = length
    }
    return found
  }
}

/** How many names two paths have in common at their ends. */
function common(one: readonly string[], other: readonly string[]): number {
  let length = 0
  while (length < one.length && length < other.length && one.at(-1 - length) === other.at(-1 - length)) length++
  return length
}

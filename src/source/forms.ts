import type { Candidate, Catalog } from '../catalog/catalog.ts'
import type { Finding } from '../model/finding.ts'
import type { Matcher } from '../model/secret.ts'

/** Longer texts are not searched for forms. */
const longest = 1024 * 1024

/** The forms of the keys that a rule stands for, or, of an unknown rule, those that only one provider's keys have. */
export class Forms {
  readonly #sets: readonly (readonly Matcher[])[]
  /** The rule is known: what has none of these forms is not what it means. */
  readonly known: boolean

  constructor(sets: readonly (readonly Matcher[])[], known: boolean) {
    this.#sets = sets
    this.known = known
  }

  /** What has one of the forms: of the unmistakable ones, and only if there is none of those, of the others. */
  within(text: string, wanted: (found: string) => boolean): readonly string[] {
    if (text.length > longest) return []
    for (const set of this.#sets) {
      const found = new Set(set.flatMap(matcher => matcher.within(text)).filter(wanted))
      if (found.size > 0) return [...found]
    }
    return []
  }

  /** Those of several texts that have one of the forms. */
  among(texts: readonly string[]): readonly string[] {
    return texts.filter(text => this.#sets.some(set => set.some(matcher => matcher.whole(text) !== undefined)))
  }
}

/** Looks a finding's rule up, once for each. */
export function formsIn(catalog: Catalog): (finding: Finding) => Forms {
  const unknown = new Forms([catalog.unmistakable.map(({ matcher }) => matcher)], false)
  const made = new Map<string, Forms>()
  return ({ provider, tool, rule }) => {
    const key = JSON.stringify([provider, tool, rule])
    const forms = made.get(key) ?? formsOf(candidates(catalog, { provider, tool, rule })) ?? unknown
    made.set(key, forms)
    return forms
  }
}

/** Without a catalog nothing is known of any form. */
export const noForms = new Forms([], false)

function candidates(
  catalog: Catalog,
  { provider: word, tool, rule }: { provider: string | undefined; tool: string; rule: string | undefined },
): readonly Candidate[] {
  if (word !== undefined) {
    const provider = catalog.byWord(word)
    return provider === undefined ? [] : catalog.kindsOf(provider)
  }
  return rule === undefined ? [] : catalog.byRule(tool, rule)
}

function formsOf(found: readonly Candidate[]): Forms | undefined {
  const parts = found.flatMap(candidate => candidate.parts)
  if (parts.length === 0) return undefined
  const matchers = (unmistakable: boolean): readonly Matcher[] =>
    parts.filter(({ part }) => (part.unmistakable === true) === unmistakable).map(({ matcher }) => matcher)
  return new Forms([matchers(true), matchers(false)], true)
}

import type { Secret } from '../model/secret.ts'
import { type Form, linear, native } from './matcher.ts'
import { hasOwnNames, nameKey, namesFor } from './rule-names.ts'
import type { CompiledProvider, Kind, Part } from './schema.ts'

/** A part of a kind, with what finds it: its form, and the names under which people and tools write it, folded. */
export interface KnownPart {
  readonly name: string
  readonly part: Part
  readonly matcher: Form
  readonly names: ReadonlySet<string>
}

/** A kind of key of a provider, as identification sees it. Parts are in the order of the file. */
export interface Candidate {
  readonly provider: CompiledProvider
  readonly id: string
  readonly kind: Kind
  readonly parts: readonly KnownPart[]
}

/** A part whose form alone tells the provider. */
interface Unmistakable {
  readonly candidate: Candidate
  readonly part: string
  readonly matcher: Form
}

/** Forms are found by so many first letters. */
const telling = 3

/** All providers that can be recognised, with their ways in: by id, by a scanner's rule, by form. */
export class Catalog {
  readonly providers: ReadonlyMap<string, CompiledProvider>
  readonly #own: ReadonlySet<string>
  readonly #rules = new Map<string, Map<string, Candidate[]>>()
  readonly #matchers = new Map<string, Form>()
  readonly #kinds = new Map<CompiledProvider, readonly Candidate[]>()
  readonly #unmistakable: Unmistakable[] = []
  /** First letters → the parts that may begin so; for texts that begin otherwise, those that say less. */
  readonly #byStart = new Map<string, readonly Unmistakable[]>()
  readonly #anyStart: readonly Unmistakable[]

  /** @param users providers from the user's own files; they replace shipped ones of the same id. */
  constructor(shipped: readonly CompiledProvider[], users: readonly CompiledProvider[] = []) {
    this.providers = new Map([...shipped, ...users].map(provider => [provider.id, provider]))
    this.#own = new Set(users.map(({ id }) => id))
    for (const provider of this.providers.values())
      for (const candidate of this.kindsOf(provider)) {
        for (const { name, part, matcher } of candidate.parts)
          if (part.unmistakable) this.#unmistakable.push({ candidate, part: name, matcher })
        this.#index(candidate, candidate.kind.scanners)
        this.#index(candidate, provider.scanners)
      }
    const starts = new Set(this.#unmistakable.map(({ matcher }) => matcher.start.slice(0, telling)))
    for (const letters of starts)
      if (letters.length === telling)
        this.#byStart.set(
          letters,
          this.#unmistakable.filter(({ matcher }) => letters.startsWith(matcher.start.slice(0, telling))),
        )
    this.#anyStart = this.#unmistakable.filter(({ matcher }) => matcher.start.length < telling)
  }

  /** Every kind of key of a provider. */
  kindsOf(provider: CompiledProvider): readonly Candidate[] {
    const known = this.#kinds.get(provider)
    if (known !== undefined) return known
    const kinds = Object.entries(provider.kinds).map(([id, kind]) => ({
      provider,
      id,
      kind,
      parts: Object.entries(kind.parts).map(([name, part]) => ({
        name,
        part,
        matcher: this.matcher(provider.id, part.pattern),
        names: new Set([name, ...(part.also ?? [])].map(folded)),
      })),
    }))
    this.#kinds.set(provider, kinds)
    return kinds
  }

  /**
   * Kinds that a scanner's rule stands for: all those of a provider, or just the ones that name the rule themselves. A
   * tool without names of its own may use any scanner's, as long as they mean one provider.
   */
  byRule(tool: string, rule: string): readonly Candidate[] {
    for (const { scheme, name } of namesFor(tool, rule)) {
      const found = this.#rules.get(scheme)?.get(name)
      if (found !== undefined) return found
    }
    return hasOwnNames(tool, this.#rules) ? [] : this.#anyones(rule)
  }

  #anyones(rule: string): readonly Candidate[] {
    const name = nameKey(rule)
    const found = [...this.#rules.values()].flatMap(names => names.get(name) ?? [])
    return new Set(found.map(({ provider }) => provider)).size === 1 ? [...new Set(found)] : []
  }

  /** A provider by the word that a user typed: its id or its name. */
  byWord(word: string): CompiledProvider | undefined {
    const wanted = word.trim().toLowerCase()
    return this.providers.get(wanted) ?? [...this.providers.values()].find(({ name }) => name.toLowerCase() === wanted)
  }

  /** Parts whose form alone tells the provider. */
  get unmistakable(): readonly Unmistakable[] {
    return this.#unmistakable
  }

  /** Of those, the ones whose form a whole text has. */
  unmistakableOf(secret: Secret): readonly Unmistakable[] {
    const likely = secret.digest(text => this.#byStart.get(text.slice(0, telling)) ?? this.#anyStart)
    return likely.filter(({ matcher }) => secret.fits(matcher) !== undefined)
  }

  matcher(provider: string, pattern: string): Form {
    const key = `${provider} ${pattern}`
    const known = this.#matchers.get(key)
    if (known !== undefined) return known
    const made = this.#own.has(provider) ? linear(pattern) : native(pattern)
    this.#matchers.set(key, made)
    return made
  }

  #index(candidate: Candidate, scanners: Kind['scanners']): void {
    for (const [scheme, names] of Object.entries(scanners ?? {})) {
      const rules = this.#rules.get(scheme) ?? new Map<string, Candidate[]>()
      this.#rules.set(scheme, rules)
      for (const name of names.map(nameKey)) {
        const known = rules.get(name) ?? []
        if (!known.some(other => other.provider === candidate.provider && other.id === candidate.id))
          known.push(candidate)
        rules.set(name, known)
      }
    }
  }
}

/** `AWS_ACCESS_KEY_ID`, `access-key-id` and `accessKeyId` are one name. */
export function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

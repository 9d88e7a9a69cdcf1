import type { Finding } from '../model/finding.ts'
import type { Secret } from '../model/secret.ts'

type Words = Pick<Finding, 'tool' | 'rule' | 'provider' | 'hint' | 'incidental'>

/** What was recognised already: findings alike in scanner, rule, provider, hint and secrets are one and the same. */
export class Seen<Found> {
  readonly #byWords = new Map<string, Map<Secret | string | undefined, Found>>()
  readonly #numbers = new Map<Secret, number>()
  #words: Words | undefined
  #alike = new Map<Secret | string | undefined, Found>()

  /** What was found for such a finding, or what `recognise` finds now. A redacted one is like no other. */
  of(finding: Finding, recognise: () => Found): Found {
    if (finding.redacted) return recognise()
    const alike = this.#alikeTo(finding)
    const key = this.#key(finding)
    const known = alike.get(key)
    if (known !== undefined) return known
    const found = recognise()
    alike.set(key, found)
    return found
  }

  /** Reports come in runs of one rule, so the last words are tried before any are put together. */
  #alikeTo({ tool, rule, provider, hint, incidental }: Finding): Map<Secret | string | undefined, Found> {
    const last = this.#words
    if (
      last?.tool === tool &&
      last.rule === rule &&
      last.provider === provider &&
      last.hint === hint &&
      last.incidental === incidental
    )
      return this.#alike
    const words = JSON.stringify([tool, rule, provider, hint, incidental])
    this.#words = {
      tool,
      ...(rule && { rule }),
      ...(provider && { provider }),
      ...(hint && { hint }),
      ...(incidental && { incidental }),
    }
    this.#alike = this.#byWords.get(words) ?? new Map()
    this.#byWords.set(words, this.#alike)
    return this.#alike
  }

  #key({ value, parts }: Finding): Secret | string | undefined {
    if (parts === undefined) return value
    const named = Object.entries(parts).map(([name, secret]) => [name, this.#number(secret)])
    return JSON.stringify([value === undefined ? null : this.#number(value), named])
  }

  #number(secret: Secret): number {
    const known = this.#numbers.get(secret) ?? this.#numbers.size
    this.#numbers.set(secret, known)
    return known
  }
}

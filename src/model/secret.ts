import { formsOf, shortestForm } from './forms.ts'

/** A prefix is shown only if so many characters stay hidden behind it; without it twelve do, as nothing says how telling it is. */
const leastHidden = 16

/** What a pattern needs to offer so that a secret can be compared with it without being revealed. */
export interface Matcher {
  /** Named groups of a match of the whole value; undefined where it does not match. */
  whole(value: string): Readonly<Record<string, string>> | undefined
  /** Every distinct match inside a longer text. */
  within(text: string): readonly string[]
}

/**
 * A secret that cannot be printed by accident: every way of turning it into text gives `sk_live_…wXyZ`.
 * Its text leaves only through `reveal`, which only `engine/auth` may import (test/architecture.test.ts).
 */
export class Secret {
  readonly #value: string
  #forms: readonly string[] | undefined

  constructor(value: string) {
    this.#value = value
  }

  static #open(secret: Secret): string {
    return secret.#value
  }

  /** @internal */
  static readonly opener: (secret: Secret) => string = secret => Secret.#open(secret)

  get length(): number {
    return this.#value.length
  }

  fits(matcher: Matcher): Readonly<Record<string, string>> | undefined {
    return matcher.whole(this.#value)
  }

  within(matcher: Matcher): readonly Secret[] {
    return matcher.within(this.#value).map(found => new Secret(found))
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value
  }

  /** Applies a one-way function (a digest, a checksum test) to the text. It must not return the text. */
  digest<T>(oneWay: (value: string) => T): T {
    return oneWay(this.#value)
  }

  /** The prefix up to its last separator and the last four characters; less of a short secret, and no character that means something elsewhere. */
  toString(): string {
    const value = this.#value
    if (value.length < 12) return '…'
    if (value.length < 20) return plain(`${value.slice(0, 2)}…${value.slice(-2)}`)
    const prefix = /^[A-Za-z0-9]{1,10}(?:[_.-][A-Za-z]{1,6})?[_.-]/.exec(value.slice(0, 14))?.[0] ?? ''
    const telling = prefix !== '' && value.length - prefix.length >= leastHidden + 4 ? prefix : value.slice(0, 4)
    return plain(`${telling}…${value.slice(-4)}`)
  }

  /** A text without this secret, in whatever form it stands there. */
  outOf(text: string): string {
    // No form is shorter than the secret itself.
    if (text.length < Math.max(shortestForm, this.#value.length)) return text
    this.#forms ??= formsOf(this.#value)
    return this.#forms.reduce(
      (rest, form) => (rest.includes(form) ? rest.replaceAll(form, () => String(this)) : rest),
      text,
    )
  }

  toJSON(): string {
    return this.toString()
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}

/** Only what has no meaning in JSON, HTML, Markdown or a terminal: a secret's own ends are printed everywhere. */
function plain(text: string): string {
  return text.replaceAll(/[^\w.+/=:…-]/g, '·')
}

/** The text of a secret. Only what puts it into a request may call this. */
export function reveal(secret: Secret): string {
  return Secret.opener(secret)
}

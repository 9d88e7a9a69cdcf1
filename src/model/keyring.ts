import { Secret } from './secret.ts'

/** Every secret of a run, one object for each distinct text, so that secrets can be compared by identity. */
export class Keyring {
  readonly #secrets = new Map<string, Secret>()

  of(text: string): Secret {
    const known = this.#secrets.get(text)
    if (known !== undefined) return known
    const secret = new Secret(text)
    this.#secrets.set(text, secret)
    return secret
  }
}

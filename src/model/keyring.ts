import { Secret } from './secret.ts'

/** Texts shorter than this, or plain lower-case words, would turn up in any report by chance. */
const shortest = 8
const prefixLength = 6

/**
 * Every secret of a run, one object for each distinct text, so that secrets can be compared by identity;
 * and the net under everything that is printed: `scrub` takes their text out in every form in which it could stand there.
 */
export class Keyring {
  readonly #secrets = new Map<string, Secret>()
  readonly #public = new Set<string>()
  /** Not yet in the index. */
  #fresh: string[] = []
  readonly #needles = new Map<string, { readonly text: string; readonly shown: string }[]>()
  readonly #seen = new Uint8Array(1 << 17)

  of(text: string): Secret {
    const known = this.#secrets.get(text)
    if (known !== undefined) return known
    const secret = new Secret(text)
    this.#secrets.set(text, secret)
    this.#fresh.push(text)
    return secret
  }

  /** This text is no secret by itself (a key id) and may be printed. */
  allow(text: string): void {
    this.#public.add(text)
  }

  /** The text without any secret of this run: raw, JSON-escaped, URL-encoded or in base64, alone or within a longer one. */
  scrub(text: string): string {
    this.#index()
    let result = ''
    let copied = 0
    for (let at = 0; at + prefixLength <= text.length; at++) {
      const slot = slotOf(text, at)
      if ((this.#seen[slot >> 3] ?? 0) & (1 << (slot & 7))) {
        const found = this.#needles.get(text.slice(at, at + prefixLength))?.find(needle => text.startsWith(needle.text, at))
        if (found !== undefined && !this.#public.has(found.text)) {
          result += text.slice(copied, at) + found.shown
          copied = at + found.text.length
          at = copied - 1
        }
      }
    }
    return copied === 0 ? text : result + text.slice(copied)
  }

  #index(): void {
    const fresh = this.#fresh
    if (fresh.length === 0) return
    this.#fresh = []
    for (const text of fresh) {
      if (text.length < shortest || /^[a-z\s_-]{1,20}$/.test(text)) continue
      const shown = String(this.#secrets.get(text))
      for (const needle of formsOf(text)) this.#add(needle, shown)
    }
  }

  #add(text: string, shown: string): void {
    if (text.length < shortest) return
    const slot = slotOf(text, 0)
    this.#seen[slot >> 3] = (this.#seen[slot >> 3] ?? 0) | (1 << (slot & 7))
    const prefix = text.slice(0, prefixLength)
    const same = this.#needles.get(prefix)
    if (same === undefined) this.#needles.set(prefix, [{ text, shown }])
    else {
      same.push({ text, shown })
      same.sort((a, b) => b.text.length - a.text.length)
    }
  }
}

function slotOf(text: string, at: number): number {
  const hash =
    Math.imul(text.charCodeAt(at), 0x9e3779b1) ^
    Math.imul(text.charCodeAt(at + 1), 0x85ebca6b) ^
    Math.imul(text.charCodeAt(at + 2), 0xc2b2ae35) ^
    Math.imul(text.charCodeAt(at + 3), 0x27d4eb2f) ^
    Math.imul(text.charCodeAt(at + 4), 0x165667b1)
  return (hash ^ (hash >>> 15)) & 0xfffff
}

function formsOf(text: string): Set<string> {
  const url = encodeURIComponent(text)
  const forms = new Set([text, JSON.stringify(text).slice(1, -1), url, url.replaceAll(/%[0-9A-F]{2}/g, code => code.toLowerCase())])
  // Within a longer base64 text the secret can start at three places of the first byte; the characters it shares with its neighbours vary.
  for (const shift of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
    const whole = bytes.toString('base64').slice(Math.ceil((shift * 8) / 6), Math.floor((bytes.length * 8) / 6))
    forms.add(whole)
    forms.add(whole.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return forms
}

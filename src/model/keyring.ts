import { formsOf, shortestForm } from './forms.ts'
import { Secret } from './secret.ts'

const prefixLength = 6
/** Characters of the quick test that goes before the look-up of a prefix. */
const windowLength = 5

/** What is written instead of a form, and whether that form could be a piece of JSON's own syntax. */
interface Needle {
  readonly shown: string
  readonly syntax: boolean
}

/** The forms that begin alike; lengths from the longest down, so that the longest is found first. */
interface Bucket {
  readonly needles: Map<string, Needle>
  readonly lengths: number[]
}

/**
 * Every secret of a run, one object for each distinct text, so that secrets can be compared by identity;
 * and the net under everything that is printed: `scrub` takes their text out in every form in which it could stand there.
 */
export class Keyring {
  readonly #secrets = new Map<string, Secret>()
  readonly #public = new Set<string>()
  /** Not yet in the index. */
  #fresh: string[] = []
  readonly #buckets = new Map<string, Bucket>()
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

  /**
   * The text without any secret of this run, in whatever form, alone or within a longer one. Text that is `json` already
   * stays JSON: what only its syntax could match (quotes, bare numbers) is left to the strings it was made of.
   */
  scrub(text: string, written: 'text' | 'json' = 'text'): string {
    this.#index()
    let result = ''
    let copied = 0
    let slot = 0
    for (let end = 0; end < text.length; end++) {
      slot = slotAfter(slot, text, end)
      const at = end - windowLength + 1
      if (at < copied || ((this.#seen[slot >> 3] ?? 0) & (1 << (slot & 7))) === 0) continue
      const found = this.#at(text, at, written)
      if (found === undefined) continue
      result += text.slice(copied, at) + found.shown
      copied = at + found.length
      end = copied - 1
    }
    return copied === 0 ? text : result + text.slice(copied)
  }

  #at(text: string, at: number, written: 'text' | 'json'): { shown: string; length: number } | undefined {
    const bucket = this.#buckets.get(text.slice(at, at + prefixLength))
    for (const length of bucket?.lengths ?? []) {
      const form = text.slice(at, at + length)
      const needle = bucket?.needles.get(form)
      if (needle === undefined || this.#public.has(form) || (written === 'json' && needle.syntax)) continue
      return { shown: needle.shown, length }
    }
    return undefined
  }

  #index(): void {
    const fresh = this.#fresh
    if (fresh.length === 0) return
    this.#fresh = []
    for (const text of fresh) {
      // Plain words turn up by chance, too.
      if (text.length < shortestForm || /^[a-z\s_-]{1,20}$/.test(text)) continue
      const shown = String(this.#secrets.get(text))
      for (const form of formsOf(text)) this.#add(form, { shown, syntax: /["\n\r]|^[-+.\d]+$/.test(form) })
    }
  }

  #add(form: string, needle: Needle): void {
    let slot = 0
    for (let end = 0; end < windowLength; end++) slot = slotAfter(slot, form, end)
    this.#seen[slot >> 3] = (this.#seen[slot >> 3] ?? 0) | (1 << (slot & 7))
    const prefix = form.slice(0, prefixLength)
    const bucket: Bucket = this.#buckets.get(prefix) ?? { needles: new Map(), lengths: [] }
    if (bucket.needles.size === 0) this.#buckets.set(prefix, bucket)
    bucket.needles.set(form, needle)
    const place = bucket.lengths.findIndex(length => length <= form.length)
    if (place < 0) bucket.lengths.push(form.length)
    else if (bucket.lengths[place] !== form.length) bucket.lengths.splice(place, 0, form.length)
  }
}

/** A hash of the last five characters, 20 bits, rolled on by one: each character leaves after five steps of four bits. */
function slotAfter(slot: number, text: string, end: number): number {
  return ((slot << 4) & 0xfffff) ^ (Math.imul(text.charCodeAt(end) + 1, 0x9e3779b1) >>> 12)
}

import { leastOf, leastOfForm } from './cut-short.ts'
import { formsFrom, shortestForm, startsOf } from './forms.ts'
import { Secret } from './secret.ts'

const prefixLength = 6
/** Characters of the quick test that goes before the look-up of a prefix. */
const windowLength = 4
/** Within its first eight characters, a form has a window at every place modulo this: only each fifth is tested. */
const stride = shortestForm - windowLength + 1

/** A form of a secret. */
interface Needle {
  readonly secret: string
  readonly form: string
}

/** The forms that begin alike; made when a text begins so, too, which most never see. */
class Bucket {
  readonly #prefix: string
  #unmade: string[] = []
  readonly #byForm = new Map<string, Needle>()
  /** From the longest down, so that the longest is found first. */
  #lengths: readonly number[] = []
  readonly #byStart = new Map<string, Needle>()
  readonly #leasts = new Set<number>()

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** A secret of which some form begins so. */
  put(secret: string): this {
    this.#unmade.push(secret)
    return this
  }

  /** The longest form that stands whole in the text here, of those that count. */
  wholeAt(text: string, at: number, counts: (form: string) => boolean): Needle | undefined {
    this.#make()
    for (const length of this.#lengths) {
      const needle = this.#byForm.get(text.slice(at, at + length))
      if (needle !== undefined && counts(needle.form)) return needle
    }
    return undefined
  }

  /** The form of which the telling part stands in the text here, and how much more of it. */
  cutAt(
    text: string,
    at: number,
    lengthOf: (needle: Needle) => number,
  ): { needle: Needle; length: number } | undefined {
    this.#make()
    for (const least of this.#leasts) {
      const needle = this.#byStart.get(text.slice(at, at + least))
      const length = needle === undefined ? 0 : lengthOf(needle)
      if (needle !== undefined && length > 0) return { needle, length }
    }
    return undefined
  }

  #make(): void {
    if (this.#unmade.length === 0) return
    const lengths = new Set(this.#lengths)
    for (const secret of this.#unmade) {
      const whole = leastOf(secret)
      for (const form of formsFrom(this.#prefix, secret)) {
        const least = leastOfForm(whole, secret, form)
        const needle = { secret, form }
        this.#byForm.set(form, needle)
        lengths.add(form.length)
        if (least === undefined) continue
        this.#byStart.set(form.slice(0, least), needle)
        this.#leasts.add(least)
      }
    }
    this.#unmade = []
    this.#lengths = [...lengths].toSorted((a, b) => b - a)
  }
}

/**
 * Every secret of a run, one object for each distinct text, so that secrets can be compared by identity;
 * and the net under everything that is printed: `scrub` takes their text out in every form in which it could stand there.
 */
export class Keyring {
  readonly #secrets = new Map<string, Secret>()
  readonly #public = new Set<string>()
  readonly #publicLengths = new Set<number>()
  /** Not yet in the index. */
  #fresh: string[] = []
  readonly #buckets = new Map<string, Bucket>()
  /** A bit for each of 2^23 slots. */
  readonly #seen = new Uint8Array(1 << 20)

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
    this.#publicLengths.add(text.length)
  }

  /**
   * The text without any secret of this run, in whatever form, alone or within a longer one. Text that is `json` already
   * stays JSON: what only its syntax could match (quotes, bare numbers) is left to the strings it was made of.
   */
  scrub(text: string, written: 'text' | 'json' = 'text'): string {
    this.#index()
    let result = ''
    let copied = 0
    for (let probe = 0; probe + windowLength <= text.length; probe += stride) {
      const slot = slotOf(text, probe)
      if (((this.#seen[slot >> 3] ?? 0) & (1 << (slot & 7))) === 0) continue
      for (let at = Math.max(copied, probe - stride + 1); at <= probe; at++) {
        const found = this.#at(text, at, written)
        if (found === undefined) continue
        result += text.slice(copied, at) + found.shown
        copied = at + found.length
        probe = copied - stride
        break
      }
    }
    return copied === 0 ? text : result + text.slice(copied)
  }

  #at(text: string, at: number, written: 'text' | 'json'): { shown: string; length: number } | undefined {
    const bucket = this.#buckets.get(text.slice(at, at + prefixLength))
    if (bucket === undefined) return undefined
    const whole = bucket.wholeAt(text, at, form => !(this.#public.has(form) || (written === 'json' && isSyntax(form))))
    if (whole !== undefined) return { shown: String(this.#secrets.get(whole.secret)), length: whole.form.length }
    const cut = bucket.cutAt(text, at, needle => this.#cut(needle, text, at, written))
    if (cut === undefined) return undefined
    return { shown: String(this.#secrets.get(cut.needle.secret)).replace(/…[^…]*$/, '…'), length: cut.length }
  }

  /** How much of a secret stands here, if that is enough to give it away; else 0. */
  #cut({ secret, form }: Needle, text: string, at: number, written: 'text' | 'json'): number {
    const shared = Math.max(0, ...[...this.#publicLengths].filter(own => this.#public.has(secret.slice(0, own))))
    const least = leastOfForm(leastOf(secret, shared), secret, form)
    let length = 0
    while (length < form.length && text[at + length] === form[length]) length++
    // Within JSON half of an escape must not stay behind.
    const syntax = written === 'json' ? form.slice(0, length).search(/["\\\n\r]/) : -1
    if (syntax >= 0) length = syntax
    return least !== undefined && length >= least ? length : 0
  }

  #index(): void {
    const fresh = this.#fresh
    if (fresh.length === 0) return
    this.#fresh = []
    for (const secret of fresh) {
      // Plain words turn up by chance, too.
      if (secret.length < shortestForm || /^[a-z\s_-]{1,20}$/.test(secret)) continue
      for (const start of startsOf(secret)) this.#add(secret, start)
    }
  }

  #add(secret: string, start: string): void {
    for (let at = 0; at < stride; at++) {
      const slot = slotOf(start, at)
      this.#seen[slot >> 3] = (this.#seen[slot >> 3] ?? 0) | (1 << (slot & 7))
    }
    const prefix = start.slice(0, prefixLength)
    const bucket = this.#buckets.get(prefix) ?? new Bucket(prefix)
    this.#buckets.set(prefix, bucket.put(secret))
  }
}

/** Whether a form could be a piece of JSON's own syntax. */
function isSyntax(form: string): boolean {
  return /["\n\r]|^[-+.\d]+$/.test(form)
}

/** A hash of four characters, 23 bits. */
function slotOf(text: string, at: number): number {
  const first = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8)
  const second = text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 8)
  return Math.imul(first ^ Math.imul(second, 0x85ebca6b), 0x9e3779b1) >>> 9
}

import { seal, shortestSealKey, unseal } from '../engine/auth/seal.ts'
import type { Parts } from '../model/credential.ts'
import type { Secret } from '../model/secret.ts'
import type { Keep, Watched } from '../model/watch.ts'

/** How values of watched keys are come by. */
export interface Values {
  readonly resolve: (reference: string) => Promise<Secret>
  readonly secret: (text: string) => Secret
  /** Opens what was sealed; undefined where none was given. */
  readonly sealKey?: Secret | undefined
}

/** A sealed value, or a public one as it is. */
const [sealed, plain] = ['sealed:', 'public:']

/** Whether a key is too short to seal with, in words. */
export function whyNotSealKey({ length }: Secret): string | undefined {
  if (length >= shortestSealKey) return undefined
  return `it has ${length} characters, and needs ${shortestSealKey}. Make one with: openssl rand -base64 32`
}

/** Every part of a key as it may lie in a file: secret ones sealed for this one key and part. */
export function keepEncrypted(id: string, parts: Parts, sealKey: Secret): Keep {
  const kept = Object.entries(parts).map(([name, part]) => [
    name,
    part.public ? `${plain}${part.text}` : `${sealed}${seal(part.secret, sealKey, `${id} ${name}`)}`,
  ])
  return { by: 'encrypted', parts: Object.fromEntries(kept) }
}

/** Its public parts alone (a key id), by which it is found in its provider's lists. */
export function keepPublic(parts: Parts): Keep {
  return { by: 'lookup', parts: publicTexts(parts) }
}

export function publicTexts(parts: Parts): Readonly<Record<string, string>> {
  const kept = Object.entries(parts).flatMap(([name, part]) => (part.public ? [[name, part.text] as const] : []))
  return Object.fromEntries(kept)
}

/** What is public of a watched key (a key id), by which logs and lists name it. */
export function publicParts({ keep, names = {} }: Pick<Watched, 'keep' | 'names'>): Parts {
  const texts = Object.entries(keep.by === 'reference' ? names : keep.parts).flatMap(([name, text]) => {
    if (keep.by !== 'encrypted') return [[name, text] as const]
    return text.startsWith(plain) ? [[name, text.slice(plain.length)] as const] : []
  })
  return Object.fromEntries(texts.map(([name, text]) => [name, { public: true, text }]))
}

/** The parts of a watched key, read anew; a text says why they can't be had. */
export async function valuesOf(
  { id, keep }: Pick<Watched, 'id' | 'keep'>,
  { resolve, secret, sealKey }: Values,
): Promise<Readonly<Record<string, Secret>> | string> {
  if (keep.by === 'lookup') return 'Its value is not kept, and no look-up tells of it.'
  const found: Record<string, Secret> = {}
  for (const [name, text] of Object.entries(keep.parts)) {
    if (text.startsWith(plain)) found[name] = secret(text.slice(plain.length))
    else if (text.startsWith(sealed)) {
      if (sealKey === undefined) return 'Its value is kept encrypted, and no key was given: --keep-key REF.'
      const opened = unseal(text.slice(sealed.length), sealKey, `${id} ${name}`)
      if (opened === undefined) return 'Its value is kept encrypted, under another key than --keep-key gives.'
      found[name] = secret(opened)
    } else {
      const read = await resolve(text).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      )
      if (typeof read === 'string') return read
      found[name] = read
    }
  }
  return found
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { reveal, type Secret } from '../../model/secret.ts'

/** The shortest key that seals, in characters: what people can remember can be guessed. */
export const shortestSealKey = 32

/** A shorter tag, as of a text that was cut off, is none. */
const tagLength = { authTagLength: 16 }

/** AES-256-GCM (NIST SP 800-38D) under a key that was derived by HKDF (RFC 5869); `about` binds it to its place. */
export function seal(secret: Secret, key: Secret, about: string): string {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', derived(key, salt), nonce).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([cipher.update(reveal(secret), 'utf8'), cipher.final()])
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** The text that was sealed; undefined where the key is another, or the text was changed or moved. */
export function unseal(text: string, key: Secret, about: string): string | undefined {
  const bytes = Buffer.from(text, 'base64')
  const [salt, nonce, tag] = [bytes.subarray(0, 16), bytes.subarray(16, 28), bytes.subarray(28, 44)]
  try {
    const cipher = createDecipheriv('aes-256-gcm', derived(key, salt), nonce, tagLength).setAAD(Buffer.from(about))
    return Buffer.concat([cipher.setAuthTag(tag).update(bytes.subarray(44)), cipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

function derived(key: Secret, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', reveal(key), salt, 'afterleak watch', 32))
}

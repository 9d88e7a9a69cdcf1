import { createCipheriv, randomBytes } from 'node:crypto'

const unit = 16

/**
 * Makes what is put on a disk unreadable to everyone else: AES-128 in counter mode (NIST SP 800-38A, 6.5) under a key
 * that lives as long as this object, so that each stretch can be read by itself.
 */
export class Veil {
  readonly #key = randomBytes(unit)

  /** Veils the bytes that stand at this offset, or lifts the veil from them. No offset may be written twice. */
  over(bytes: Uint8Array, offset: number): Buffer {
    const counter = Buffer.alloc(unit)
    counter.writeBigUInt64BE(BigInt(Math.floor(offset / unit)), unit / 2)
    const cipher = createCipheriv('aes-128-ctr', this.#key, counter)
    cipher.update(Buffer.alloc(offset % unit))
    return cipher.update(bytes)
  }
}

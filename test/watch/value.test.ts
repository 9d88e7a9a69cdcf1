import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { seal, unseal } from '../../src/engine/auth/seal.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { keepEncrypted, valuesOf, whyNotSealKey } from '../../src/watch/value.ts'

const keyring = new Keyring()
const secret = (text: string) => keyring.of(text)
const text = madeUp('{alnum:40}', 'a value to keep')
const [key, other] = [secret('k'.repeat(32)), secret('o'.repeat(32))]
const values = { secret, resolve: () => Promise.reject(new Error('there is no variable OLD')) }
const parts = {
  id: { public: true, text: 'AC-public' },
  key: { public: false, secret: secret(text) },
} as const

function partsOf(id: string) {
  const keep = keepEncrypted(id, parts, key)
  if (keep.by !== 'encrypted') throw new TypeError('it was to be encrypted')
  return keep
}

describe('a sealed text', () => {
  const sealed = seal(secret(text), key, 'a place')

  it('opens with its key, at its place, and is another each time', () => {
    expect(unseal(sealed, key, 'a place')).toBe(text)
    expect(seal(secret(text), key, 'a place')).not.toBe(sealed)
  })

  it('does not open with another key, at another place, changed in any byte, or cut off', () => {
    expect(unseal(sealed, other, 'a place')).toBeUndefined()
    expect(unseal(sealed, key, 'another place')).toBeUndefined()
    const bytes = Buffer.from(sealed, 'base64')
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i)
      expect(unseal(changed.toString('base64'), key, 'a place')).toBeUndefined()
      expect(unseal(bytes.subarray(0, i).toString('base64'), key, 'a place')).toBeUndefined()
    }
  })

  it('has a tag of whole length: one of four bytes could be guessed', () => {
    const bytes = Buffer.from(seal(secret(''), key, 'a place'), 'base64')
    expect(unseal(bytes.toString('base64'), key, 'a place')).toBe('')
    expect(unseal(bytes.subarray(0, 32).toString('base64'), key, 'a place')).toBeUndefined()
  })
})

describe('the value of a watched key', () => {
  it('lies sealed, and is had by its key alone', async () => {
    const keep = partsOf('stripe-1')
    expect(JSON.stringify(keep)).not.toContain(text)
    const found = await valuesOf({ id: 'stripe-1', keep }, { ...values, sealKey: key })
    expect(typeof found === 'string' ? found : Object.keys(found)).toEqual(['id', 'key'])
    expect(await valuesOf({ id: 'stripe-1', keep }, { ...values, sealKey: other })).toContain('under another key')
    expect(await valuesOf({ id: 'stripe-1', keep }, values)).toContain('no key was given')
  })

  it('is not had where it was moved to another key or part', async () => {
    const keep = partsOf('stripe-1')
    expect(await valuesOf({ id: 'stripe-2', keep }, { ...values, sealKey: key })).toContain('under another key')
    const moved = { by: 'encrypted', parts: { password: keep.parts['key'] ?? '' } } as const
    expect(await valuesOf({ id: 'stripe-1', keep: moved }, { ...values, sealKey: key })).toContain('under another key')
  })

  it('that can not be read is told in words', async () => {
    const keep = { by: 'reference', parts: { key: 'env:OLD' } } as const
    expect(await valuesOf({ id: 'stripe-1', keep }, values)).toBe('there is no variable OLD')
    expect(await valuesOf({ id: 'stripe-1', keep: { by: 'lookup' } }, values)).toContain('is not kept')
  })

  it('is sealed under no key that can be guessed', () => {
    expect([whyNotSealKey(secret('k'.repeat(31))), whyNotSealKey(key)]).toEqual([
      expect.stringContaining('needs 32'),
      undefined,
    ])
  })
})

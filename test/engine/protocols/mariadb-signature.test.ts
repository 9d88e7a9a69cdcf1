import { createPublicKey, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import { publicKeyOf, signedByPassword } from '../../../src/engine/protocols/mariadb-signature.ts'

// That of 'secret' stands in MariaDB's documentation, that of 'foo' is what its server 10.11 keeps: https://mariadb.com/kb/en/authentication-plugin-ed25519
it.each([
  ['ZIgUREUg5PVgQ6LskhXmO+eZLS0nC8be6HPjYWR4YJY', 'secret'],
  ['vubFBzIrapbfHct1/J72dnUryz5VS7lA6XHH8sIx4TI', 'foo'],
])('keeps %s of %s, as MariaDB does', (kept, password) => expect(publicKeyOf(password)).toBe(kept))

it('signs so that others can verify it, and nothing else', () => {
  const x = Buffer.from(publicKeyOf('right'), 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  for (let nth = 0; nth < 20; nth++) {
    const message = Buffer.alloc(32, nth)
    expect(verify(null, message, key, signedByPassword('right', message))).toBe(true)
    expect(verify(null, message, key, signedByPassword('wrong', message))).toBe(false)
    expect(verify(null, Buffer.alloc(32, 99), key, signedByPassword('right', message))).toBe(false)
  }
})

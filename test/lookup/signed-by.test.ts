import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isSignedBy } from '../../src/engine/signed-by.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')

function tokenOf(header: object, digest: string | null, key: Parameters<typeof sign>[2]): string {
  const text = [header, { iss: 'https://id.example.com' }]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${sign(digest, Buffer.from(text), key).toString('base64url')}`
}
const jwk = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more })

describe('a token and a published key', () => {
  it.each([
    ['RS256', rsa, 'sha256', rsa.privateKey],
    ['ES256', ec, 'sha256', { key: ec.privateKey, dsaEncoding: 'ieee-p1363' as const }],
    ['EdDSA', ed, null, ed.privateKey],
  ])('belong together by %s', (alg, pair, digest, key) => {
    const token = tokenOf({ alg, kid: 'k1' }, digest, key)
    expect(isSignedBy(token, jwk(pair.publicKey, { kid: 'k1', alg, use: 'sig' }))).toBe(true)
    expect(isSignedBy(token, jwk(pair.publicKey))).toBe(true)
    expect(isSignedBy(token, jwk(pair.publicKey, { kid: 'k2' }))).toBe(false)
    expect(isSignedBy(token, jwk(pair.publicKey, { use: 'enc' }))).toBe(false)
    expect(isSignedBy(`${token.slice(0, -8)}AAAAAAAA`, jwk(pair.publicKey))).toBe(false)
    expect(isSignedBy(token.slice(0, -20), jwk(pair.publicKey))).toBe(false)
    expect(isSignedBy(token, jwk(generateKeyPairSync('ed25519').publicKey))).toBe(false)
  })

  it('do not where the key is a shared one, or the published key is taken for one', () => {
    const shared = { kty: 'oct', k: Buffer.from('secret').toString('base64url'), alg: 'HS256' }
    const token = tokenOf({ alg: 'RS256' }, 'sha256', rsa.privateKey)
    const [, payload, signature] = token.split('.')
    for (const alg of ['HS256', 'none', 'constructor', 'ES256', 'PS256']) {
      const head = Buffer.from(JSON.stringify({ alg })).toString('base64url')
      for (const key of [shared, jwk(rsa.publicKey)])
        expect(isSignedBy(`${head}.${payload}.${signature}`, key)).toBe(false)
    }
  })

  it('do not where the key is of another type than the algorithm, whatever the signature says', () => {
    const byOther: readonly (readonly [string, string | null, typeof rsa])[] = [
      ['RS256', 'sha256', ec],
      ['ES256', 'sha256', rsa],
      ['EdDSA', null, rsa],
    ]
    for (const [alg, digest, pair] of byOther)
      expect(isSignedBy(tokenOf({ alg }, digest, pair.privateKey), jwk(pair.publicKey))).toBe(false)
  })

  it.each([null, 'key', [], {}, { kty: 'RSA' }, { kty: 'RSA', n: 5, e: {} }, { kty: 'EC', crv: 'P-1' }])(
    'do not where the key is %j',
    key => expect(isSignedBy(tokenOf({ alg: 'RS256' }, 'sha256', rsa.privateKey), key)).toBe(false),
  )

  it.each(['', 'a.b', 'a.b.c', '..', 'e30.e30.', 'bnVsbA.e30.AA'])('do not where the token is "%s"', token =>
    expect(isSignedBy(token, jwk(rsa.publicKey))).toBe(false),
  )
})

import { createPrivateKey, type KeyObject, sign } from 'node:crypto'

interface Claims {
  readonly issuer: string
  readonly key: string
  readonly keyId?: string
  readonly audience: string
  readonly scope: string
}

/** What the exchange asks for; https://www.rfc-editor.org/rfc/rfc7523#section-2.1 */
export const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** How long the signed statement may be used, in seconds: should it get lost, it is worth nothing soon. */
const lifetime = 60

/**
 * A JSON Web Token, signed RS256, by which the owner of a private key asks for an access token.
 * Source: https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests
 */
export function assertion({ issuer, key, keyId, audience, scope }: Claims, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId !== undefined && { kid: keyId }) }
  const claims = { iss: issuer, scope, aud: audience, iat: seconds, exp: seconds + lifetime }
  const signed = [header, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey(key)).toString('base64url')}`
}

/** Throws TypeError, which names no byte of the key, where it is none. */
function privateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem.replaceAll(/\\+r?n/g, '\n').replaceAll(/\\+r/g, ''))
  } catch {
    throw new TypeError('the private key can not be read')
  }
}

import { crc32 } from 'node:zlib'
import { base62 } from '../model/checksum.ts'

/** What can be told of a value without asking anyone. Pure functions of its text; none of them returns it. */

/**
 * Whether the last six characters are the CRC-32 of the rest of the body in base 62, padded with zeros.
 * Source: https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function checksumHolds(token: string): boolean {
  const body = token.slice(token.lastIndexOf('_') + 1)
  return body.length > 6 && base62(crc32(body.slice(0, -6))) === body.slice(-6)
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * The account number inside an AWS access key id; undefined for ids of the old form, which hold none.
 * Source: https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489
 */
export function awsAccount(keyId: string): string | undefined {
  let bits = 0n
  for (const char of keyId.slice(4, 14)) {
    const value = base32.indexOf(char)
    if (value < 0) return undefined
    bits = (bits << 5n) | BigInt(value)
  }
  // Ten characters are 50 bits; the account number is bits 1 to 40 of them, behind a bit that marks the new form.
  if (keyId.length !== 20 || bits >> 49n === 0n) return undefined
  return String((bits >> 9n) & 0xff_ffff_ffffn).padStart(12, '0')
}

/** Dates and issuer that a JSON Web Token states of itself (RFC 7519 §4.1). Unsigned words: shown, and used only against it. */
export function jwtClaims(token: string): Readonly<Record<string, string>> {
  const payload = /(?:^|[_.!])[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*$/.exec(token)?.[1]
  if (payload === undefined) return {}
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    if (typeof claims !== 'object' || claims === null) return {}
    const date = (name: string): Record<string, string> => {
      const value: unknown = Reflect.get(claims, name)
      return typeof value === 'number' && value > 0 && value < 8.64e12
        ? { [name === 'exp' ? 'expires_at' : 'issued_at']: new Date(value * 1000).toISOString() }
        : {}
    }
    const issuer: unknown = Reflect.get(claims, 'iss')
    return { ...date('exp'), ...date('iat'), ...(typeof issuer === 'string' && { issuer: issuer.slice(0, 100) }) }
  } catch {
    return {}
  }
}

import { createPrivateKey } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { base62 } from '../model/checksum.ts'
import { encodedJson } from '../model/encoded-json.ts'

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

/** Whether a private key in PEM can be read, also where its line breaks are written as they stand in JSON. */
export function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem.replaceAll(/\\+r?n/g, '\n').replaceAll(/\\+r/g, '')).type === 'private'
  } catch {
    return false
  }
}

const dates = { exp: 'expires_at', nbf: 'starts_at', iat: 'issued_at' } as const
const names = { iss: 'issuer', aud: 'audience', jti: 'token_id' } as const

/** A program in a cluster, by its full name: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens */
const program = /^system:serviceaccount:[\w.-]{1,63}:[\w.-]{1,253}$/

/**
 * Dates, issuer, audience, id and algorithm that a JSON Web Token states of itself (RFC 7519 §4.1, RFC 7515 §4.1.1).
 * Unsigned words: shown, and used only against it. Its subject is left out, which may be a person, but for a program's.
 */
export function jwtClaims(token: string): Readonly<Record<string, string>> {
  const [, head = '', payload] = /(?:^|[_.!])([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*$/.exec(token) ?? []
  const claims = payload === undefined ? undefined : encodedJson(payload)
  if (claims === undefined) return {}
  const algorithm = encodedJson(head)?.['alg']
  const facts: Record<string, string> = typeof algorithm === 'string' ? { algorithm: algorithm.slice(0, 20) } : {}
  for (const [claim, fact] of Object.entries(dates)) {
    const value = claims[claim]
    if (typeof value === 'number' && value > 0 && value < 8.64e12) facts[fact] = new Date(value * 1000).toISOString()
  }
  for (const [claim, fact] of Object.entries(names)) {
    const value = [claims[claim]].flat().filter(each => typeof each === 'string')
    if (value.length > 0) facts[fact] = value.join(', ').slice(0, 100)
  }
  const { sub } = claims
  if (typeof sub === 'string' && program.test(sub)) facts['service_account'] = sub
  return facts
}

/**
 * The host that an organisation's token of Sentry is for, the organisation, and when it was issued; nothing where it is
 * none. Unsigned words.
 * Source: https://github.com/getsentry/sentry/blob/master/src/sentry/utils/security/orgauthtoken_token.py
 */
export function sentryOrganization(token: string): Readonly<Record<string, string>> {
  const said = encodedJson(token.slice(token.indexOf('_') + 1, token.lastIndexOf('_'))) ?? {}
  const { url, org, iat } = said
  const host = typeof url === 'string' && URL.canParse(url) ? new URL(url).host : ''
  return {
    ...(host !== '' && { token_host: host }),
    ...(typeof org === 'string' && org !== '' && { organization: org.slice(0, 100) }),
    ...(typeof iat === 'number' && iat > 0 && iat < 8.64e12 && { issued_at: new Date(iat * 1000).toISOString() }),
  }
}

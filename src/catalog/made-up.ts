import { createHash, generateKeyPairSync } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { base62 } from '../model/checksum.ts'

const alphabets: Readonly<Record<string, string>> = {
  alnum: 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  base64url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  hex: '0123456789abcdef',
  digit: '123456789',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  lowernum: 'abcdefghijkmnpqrstuvwxyz23456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  uppernum: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789',
}

/**
 * A made-up value for an example such as `sk_live_{alnum:32}`: the same for the same seed. Besides alphabets there are
 * `{crc32}` (the checksum of what stands since the last `_`), `{aws-account:123456789012}` (16 characters that hold it)
 * `{jwt:SECONDS}` (a token that expires so many seconds from now; negative: has expired), `{date:SECONDS}` (so many
 * seconds from now, ISO 8601) and `{rsa-key}` (a private key in PEM, made anew for each seed of a process).
 */
export function madeUp(example: string, seed: string): string {
  let made = ''
  let hole = 0
  for (const [text, name, argument] of example.matchAll(/\{([a-z0-9-]+)(?::([^}]*))?\}|[^{]+|\{/g)) {
    const fill = name === undefined ? text : holeText(name, argument ?? '', made, `${seed} ${hole++}`)
    if (fill === undefined)
      throw new TypeError(
        `"${text}" is not a hole of an example. There are: ${Object.keys(alphabets).join(', ')} with a length, crc32, aws-account, jwt, date, rsa-key.`,
      )
    made += fill
  }
  return made
}

function holeText(name: string, argument: string, before: string, seed: string): string | undefined {
  if (name === 'crc32') return base62(crc32(before.slice(before.lastIndexOf('_') + 1)))
  if (name === 'aws-account') return awsId(argument, seed)
  if (name === 'jwt') return jwt(Number(argument), seed)
  if (name === 'date') return `${new Date(Date.now() + Number(argument) * 1000).toISOString().slice(0, 19)}Z`
  if (name === 'rsa-key') return rsaKey(seed)
  const alphabet = alphabets[name]
  const length = Number(argument)
  return alphabet === undefined || !Number.isInteger(length) || length < 1
    ? undefined
    : characters(alphabet, length, seed)
}

function characters(alphabet: string, length: number, seed: string): string {
  let text = ''
  for (let block = 0; text.length < length; block++)
    for (const byte of createHash('sha256').update(`${seed} ${block}`).digest())
      text += alphabet[byte % alphabet.length] ?? ''
  return text.slice(0, length)
}

function awsId(account: string, seed: string): string {
  const alphabet = alphabets.base32 ?? ''
  // A mark bit, forty bits of account number and nine that do not matter make ten characters.
  let bits = (1n << 49n) | (BigInt(account) << 9n)
  let text = ''
  for (let index = 0; index < 10; index++) {
    text = `${alphabet[Number(bits & 31n)] ?? ''}${text}`
    bits >>= 5n
  }
  return text + characters(alphabet, 6, seed)
}

function jwt(seconds: number, seed: string): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  return `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iss: 'made-up', iat: now, exp: now + seconds })}.${characters(alphabets.base64url ?? '', 86, seed)}`
}

const keys = new Map<string, string>()

/** The runtime makes no key from a seed, so each is kept: the same one for a whole run. */
function rsaKey(seed: string): string {
  const known = keys.get(seed)
  if (known !== undefined) return known
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  keys.set(seed, privateKey.trim())
  return privateKey.trim()
}

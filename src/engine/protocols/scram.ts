import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { NotSpoken } from './login.ts'

const derive = promisify(pbkdf2)
/** A server that asks for more rounds keeps us busy instead of asking: MongoDB and PostgreSQL have 4,096 to 15,000. */
const mostRounds = 1_000_000

/** One proof that a password is known, without showing it: https://www.rfc-editor.org/rfc/rfc5802 */
export interface Scram {
  /** The first message, with its header. */
  readonly first: string
  /** The second one, for what the server said to the first. */
  proof(serverFirst: string): Promise<string>
  /** Whether the server's last word shows that it knows the password too. */
  holds(serverFinal: string): boolean
}

/** @param password as the mechanism wants it: MongoDB's SCRAM-SHA-1 takes a digest of it. */
export function scram(hash: 'sha1' | 'sha256', user: string, password: string): Scram {
  const nonce = randomBytes(18).toString('base64')
  const bare = `n=${user.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`
  let expected: Buffer | undefined
  const hmac = (key: Buffer, text: string): Buffer => createHmac(hash, key).update(text).digest()
  return {
    first: `n,,${bare}`,
    async proof(serverFirst) {
      const said = fields(serverFirst)
      const salt = Buffer.from(said['s'] ?? '', 'base64')
      const rounds = Number(said['i'])
      const both = said['r'] ?? ''
      if (!both.startsWith(nonce) || both === nonce || salt.length === 0 || !(rounds >= 1 && rounds <= mostRounds))
        throw new NotSpoken('does not ask for a password as SCRAM does')
      const salted = await derive(password.normalize('NFKC'), salt, rounds, hash === 'sha1' ? 20 : 32, hash)
      const clientKey = hmac(salted, 'Client Key')
      const stored = createHash(hash).update(clientKey).digest()
      const unproved = `c=biws,r=${both}`
      const whole = `${bare},${serverFirst},${unproved}`
      const signature = hmac(stored, whole)
      const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
      expected = hmac(hmac(salted, 'Server Key'), whole)
      return `${unproved},p=${proof.toString('base64')}`
    },
    holds(serverFinal) {
      const said = Buffer.from(fields(serverFinal)['v'] ?? '', 'base64')
      return expected !== undefined && said.length === expected.length && timingSafeEqual(said, expected)
    },
  }
}

function fields(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(',').map(field => [field.slice(0, 1), field.slice(2)]))
}

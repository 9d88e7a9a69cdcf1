import { createHash } from 'node:crypto'

/** Ed25519 (https://www.rfc-editor.org/rfc/rfc8032#section-5.1) with a password of any length in place of the seed, as MariaDB has it; Node's takes 32 bytes. */
const prime = 2n ** 255n - 19n
const order = 2n ** 252n + 27742317777372353535851937790883648493n
const curve = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

/** Of a point x/z, y/z, and x·y/z besides. */
type Point = readonly [x: bigint, y: bigint, z: bigint, t: bigint]

const base: Point = (([x, y]: readonly [bigint, bigint]) => [x, y, 1n, rest(x * y)] as const)([
  15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  46316835694926478169428394003475163141307993866256225615783033603165251855960n,
])

/** What MariaDB keeps of a password: base64 without `=`. https://mariadb.com/kb/en/authentication-plugin-ed25519 */
export function publicKeyOf(password: string): string {
  return encoded(times(base, secretsOf(password).scalar))
    .toString('base64')
    .replace('=', '')
}

/** The 64 bytes by which a password answers the server's random ones. */
export function signedByPassword(password: string, message: Buffer): Buffer {
  const { scalar, prefix } = secretsOf(password)
  const nonce = number(hashed(prefix, message)) % order
  const [point, key] = [encoded(times(base, nonce)), encoded(times(base, scalar))]
  const proof = (nonce + (number(hashed(point, key, message)) % order) * scalar) % order
  return Buffer.concat([point, bytes(proof)])
}

function secretsOf(password: string): { readonly scalar: bigint; readonly prefix: Buffer } {
  const digest = hashed(Buffer.from(password))
  // Three bits are off, so is the highest, and the one below it is on.
  const scalar = (((number(digest.subarray(0, 32)) >> 3n) << 3n) % 2n ** 254n) + 2n ** 254n
  return { scalar, prefix: digest.subarray(32) }
}

function plus([ax, ay, az, at]: Point, [bx, by, bz, bt]: Point): Point {
  const [a, b] = [(ay - ax) * (by - bx), (ay + ax) * (by + bx)]
  const [c, d] = [2n * at * bt * curve, 2n * az * bz]
  const [e, f, g, h] = [rest(b - a), rest(d - c), rest(d + c), rest(b + a)]
  return [rest(e * f), rest(g * h), rest(f * g), rest(e * h)]
}

function times(point: Point, factor: bigint): Point {
  let sum: Point = [0n, 1n, 1n, 0n]
  for (const bit of factor.toString(2)) {
    sum = plus(sum, sum)
    if (bit === '1') sum = plus(sum, point)
  }
  return sum
}

/** y in 32 bytes, with whether x is odd in the highest bit. */
function encoded([x, y, z]: Point): Buffer {
  const inverse = power(z, prime - 2n)
  return bytes(rest(y * inverse) + (rest(x * inverse) % 2n) * 2n ** 255n)
}

function power(value: bigint, exponent: bigint): bigint {
  let product = 1n
  for (const bit of exponent.toString(2)) product = rest(product * product * (bit === '1' ? value : 1n))
  return product
}

function rest(value: bigint): bigint {
  const left = value % prime
  return left < 0n ? left + prime : left
}

function hashed(...pieces: readonly Buffer[]): Buffer {
  return createHash('sha512').update(Buffer.concat(pieces)).digest()
}

/** The lowest byte first. */
function number(little: Buffer): bigint {
  return BigInt(`0x${Buffer.from(little.toReversed()).toString('hex')}`)
}

function bytes(value: bigint): Buffer {
  return Buffer.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toReversed())
}

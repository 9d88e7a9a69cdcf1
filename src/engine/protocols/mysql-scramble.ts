import { createHash } from 'node:crypto'
import { signedByPassword } from './mariadb-signature.ts'

/** In place of the server's code: it asks in a way that is not spoken here. */
export const unknownPlugin = 'plugin'

export function isSpoken(plugin: string): boolean {
  return plugin === 'mysql_native_password' || plugin === 'caching_sha2_password'
}

/** The answer to a server's salt by the named plugin; undefined where that is not spoken. */
export function scrambled(plugin: string, password: string, salt: Buffer): Buffer | undefined {
  // https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_native_password_authentication.html
  if (plugin === 'mysql_native_password') {
    const once = digest('sha1', Buffer.from(password))
    return xored(once, digest('sha1', salt.subarray(0, 20), digest('sha1', once)))
  }
  // https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html
  if (plugin === 'caching_sha2_password') {
    const once = digest('sha256', Buffer.from(password))
    return xored(once, digest('sha256', digest('sha256', once), salt.subarray(0, 20)))
  }
  // https://mariadb.com/kb/en/authentication-plugin-ed25519
  if (plugin === 'client_ed25519' && salt.length >= 32) return signedByPassword(password, salt.subarray(0, 32))
  return undefined
}

/** Each byte with one of the other's, over and over. */
export function xored(bytes: Buffer, other: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ (other[index % other.length] ?? 0)))
}

function digest(name: 'sha1' | 'sha256', ...pieces: readonly Buffer[]): Buffer {
  const hash = createHash(name)
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

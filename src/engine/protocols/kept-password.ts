import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { isRecord } from '../../model/path.ts'
import type { Login, Said } from './login.ts'
import { publicKeyOf } from './mariadb-signature.ts'

const derive = promisify(pbkdf2)
/** As for a sign-in: more rounds would keep us busy. */
const mostRounds = 1_000_000

type Compared = NonNullable<Login['compared']>

/**
 * What a server keeps of passwords, held against one that leaked. Only yes, no and `undefined` (kept in a way that is
 * not compared here) leave this file: https://www.postgresql.org/docs/current/catalog-pg-authid.html,
 * https://mariadb.com/docs/server/reference/system-tables/the-mysql-database-tables/mysql-global_priv-table,
 * https://redis.io/docs/latest/commands/acl-getuser/
 */
async function fitsPostgresql(kept: string, { user, password }: Compared): Promise<boolean | undefined> {
  if (/^md5[0-9a-f]{32}$/.test(kept)) return same(kept.slice(3), hex('md5', `${password}${user}`))
  const [, rounds = '', salt = '', stored = ''] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):/.exec(kept) ?? []
  if (stored === '' || Number(rounds) < 1 || Number(rounds) > mostRounds) return undefined
  const salted = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64'), Number(rounds), 32, 'sha256')
  const client = createHmac('sha256', salted).update('Client Key').digest()
  return same(stored, createHash('sha256').update(client).digest('base64'))
}

/** Of one row of pg_authid and the methods of pg_hba.conf; `methods` is missing where that can not be read. */
export async function comparedPostgresql(
  row: readonly (string | undefined)[] | undefined,
  port: string,
  compared: Compared,
): Promise<Partial<Said>> {
  const [kept, signsIn, ended, methods, reached] = row ?? []
  const direct = reached === port
  const known = { compared: true, direct, only_passwords: methods !== undefined && passwordsOnly(methods) }
  if (signsIn === undefined) return { ...known, found: false }
  const fits = kept === undefined ? undefined : await fitsPostgresql(kept, compared)
  return {
    ...known,
    found: true,
    ...(fits !== undefined && { fits }),
    ...(kept === undefined && { kept: 'nothing' }),
    may_sign_in: signsIn === 't',
    ended: ended === 't',
  }
}

/** None of pg_hba.conf's rules for connections from outside asks somebody else whether a password is right, or nobody: https://www.postgresql.org/docs/current/auth-methods.html */
function passwordsOnly(methods: string): boolean {
  const own = new Set(['reject', 'scram-sha-256', 'md5', 'password', 'peer', 'ident', 'cert'])
  return methods.split(',').every(method => own.has(method))
}

/** One account of MySQL or MariaDB: what it asks for, and whether the password is that. */
interface Account {
  readonly anonymous: boolean
  readonly locked: boolean
  /** undefined: kept in a way that is not compared here. */
  readonly fits: boolean | undefined
}

/** Of rows of `mysql.user` (columns in hex, separated by spaces) or of `mysql.global_priv` (its JSON in hex). */
export function comparedMysql(rows: readonly string[], compared: Compared): Partial<Said> {
  const accounts = rows.map(row => accountOf(row.split(' ').map(unhexed), compared.password))
  const own = accounts.filter(({ anonymous }) => !anonymous)
  const right = own.filter(({ fits }) => fits === true)
  return {
    compared: true,
    found: own.length > 0,
    ...(right.length > 0 ? { fits: true } : own.every(({ fits }) => fits === false) && { fits: false }),
    may_sign_in: right.some(({ locked }) => !locked),
    direct: own.length === accounts.length,
  }
}

function accountOf([user = '', plugin = '', kept = '', locked = '']: readonly string[], password: string): Account {
  const anonymous = user === ''
  if (plugin !== 'json') return { anonymous, locked: locked === 'Y', fits: fitsMysql(plugin, kept, password) }
  const said = parsed(kept)
  const ways = [said, ...(Array.isArray(said['auth_or']) ? said['auth_or'].filter(isRecord) : [])]
  const fits = ways
    .filter(way => way['plugin'] !== undefined)
    .map(({ plugin: by, authentication_string: text = '' }) =>
      typeof by === 'string' && typeof text === 'string' ? fitsMysql(by, text, password) : undefined,
    )
  return {
    anonymous,
    locked: said['account_locked'] === true,
    fits: fits.includes(true) ? true : fits.length > 0 && fits.every(each => each === false) ? false : undefined,
  }
}

/** https://dev.mysql.com/doc/refman/8.4/en/native-pluggable-authentication.html ; `unix_socket` takes no password at all. */
function fitsMysql(plugin: string, kept: string, password: string): boolean | undefined {
  if (plugin === 'unix_socket' || plugin === 'auth_socket') return false
  if (plugin === 'ed25519' && kept.length === 43) return same(kept, publicKeyOf(password))
  if (plugin === 'mysql_native_password' && (kept === '' || kept === 'invalid')) return false
  if (plugin !== 'mysql_native_password' || !/^\*[0-9A-F]{40}$/i.test(kept)) return undefined
  const once = createHash('sha1').update(password).digest()
  return same(kept.slice(1).toLowerCase(), createHash('sha1').update(once).digest('hex'))
}

/** Of the lists that ACL GETUSER gives; undefined where there is no such user. */
export function comparedRedis(
  user: { readonly flags: readonly string[]; readonly passwords: readonly string[] } | undefined,
  { password }: Compared,
): Partial<Said> {
  if (user === undefined) return { compared: true, found: false }
  const digest = hex('sha256', password)
  return {
    compared: true,
    found: true,
    fits: user.passwords.some(kept => same(kept, digest)),
    may_sign_in: user.flags.includes('on'),
    ...(user.flags.includes('nopass') && { open: true as const }),
  }
}

function hex(name: 'md5' | 'sha256', text: string): string {
  return createHash(name).update(text).digest('hex')
}

function same(kept: string, made: string): boolean {
  return kept.length === made.length && timingSafeEqual(Buffer.from(kept), Buffer.from(made))
}

function unhexed(text: string): string {
  return Buffer.from(text, 'hex').toString('utf8')
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

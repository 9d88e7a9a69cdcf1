import { constants, publicEncrypt } from 'node:crypto'
import { afterthought } from './afterthought.ts'
import type { Channel } from './channel.ts'
import { mysqlConnection, mysqlConnections } from './connections.ts'
import { comparedMysql } from './kept-password.ts'
import { type Login, NotSpoken, type Said } from './login.ts'
import { isSpoken, scrambled, unknownPlugin, xored } from './mysql-scramble.ts'

/** https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__capabilities__flags.html */
const flags = { longPassword: 1, protocol41: 0x200, ssl: 0x800, secure: 0x8000, plugin: 0x80000, attributes: 0x100000 }
const asksFor = flags.longPassword | flags.protocol41 | flags.secure | flags.plugin | flags.attributes
const utf8 = 45
const goodbye = 1

/** What the server says first. */
interface Greeting {
  readonly version: string
  readonly salt: Buffer
  readonly plugin: string
  readonly offersEncryption: boolean
}

/** The server's greeting; or its refusal to speak to this address at all. */
export async function greetedByMysql(channel: Channel): Promise<Greeting | Said> {
  const { body } = await packet(channel)
  if (body[0] === 0xff) return { accepted: false, ...errorIn(body) }
  const end = body.indexOf(0, 1)
  if (body[0] !== 10 || end === -1 || body.length < end + 31) throw notMysql()
  const rest = body.subarray(end + 1)
  const capabilities = rest.readUInt16LE(13) | (rest.readUInt16LE(18) << 16)
  const salted = Buffer.concat([rest.subarray(4, 12), rest.subarray(31, 43)])
  const after = rest.subarray(31 + Math.max(13, (rest[20] ?? 0) - 8))
  return {
    version: body.toString('latin1', 1, end).replace(/^5\.5\.5-(?=.*mariadb)/i, ''),
    salt: salted,
    plugin: after.toString('latin1').split('\0')[0] || 'mysql_native_password',
    offersEncryption: (capabilities & flags.ssl) !== 0,
  }
}

/** Asks for encryption. The channel goes on with it at once. */
export function requestEncryption(channel: Channel): void {
  channel.write(framed(preamble(flags.ssl), 1))
}

/** Signs in without a database, asks what the user may do, and leaves: https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html */
export async function signInMysql(channel: Channel, login: Login, greeting: Greeting): Promise<Said> {
  const { version } = greeting
  const secure = channel.security !== 'none'
  const attributes = Buffer.concat([text('program_name'), text(login.agent.slice(0, 200))])
  // A user that is kept in another way makes the server ask again, in that way.
  const plugin = isSpoken(greeting.plugin) ? greeting.plugin : 'mysql_native_password'
  const first = scrambled(plugin, login.password, greeting.salt) ?? Buffer.alloc(0)
  const body = Buffer.concat([
    preamble(secure ? flags.ssl : 0),
    Buffer.from(`${login.user}\0`),
    Buffer.from([first.length]),
    first,
    Buffer.from(`${plugin}\0`),
    text(attributes),
  ])
  channel.write(framed(body, secure ? 2 : 1))
  const said = await authenticate(channel, login, { ...greeting, plugin })
  if (!said.accepted) return { ...said, version }
  const { rows, failed } = (await afterthought(query(channel, 'SHOW GRANTS FOR CURRENT_USER()'))) ?? unheard
  // A server that was started without its table of users lets everybody in: https://dev.mysql.com/doc/refman/8.4/en/server-options.html#option_mysqld_skip-grant-tables
  if (failed === '1290') return { ...said, version, accepted: false, open: true }
  if (login.compared !== undefined) return { ...said, version, ...(await compare(channel, login.compared, version)) }
  const user = /\bTO (?:`([^`]*)`@`([^`]*)`|'([^']*)'@'([^']*)')/.exec(rows.join('\n'))
  const [, name = user?.[3], host = user?.[4]] = user ?? []
  const grants = rows.flatMap(row => /^GRANT (.+? ON [^\s]+)/.exec(row)?.[1] ?? [])
  // Without it the list is of its own connections alone, and says nothing of that.
  if (login.everybody && !grants.some(grant => /\bPROCESS\b|^ALL PRIVILEGES ON \*\.\*/.test(grant)))
    return { ...said, version, signed_in: true, code: failed ?? 'process' }
  const whose = login.everybody ? 'all' : 'own'
  const others = failed === undefined ? await afterthought(query(channel, mysqlConnections(whose))) : undefined
  return {
    ...said,
    version,
    connections: others?.failed === undefined ? others?.rows.map(row => mysqlConnection(row, Date.now())) : undefined,
    ...(failed === undefined ? { signed_in: true } : { code: failed }),
    ...(name !== undefined && { user: `${name}@${host ?? ''}` }),
    grants,
  }
}

/**
 * What the server keeps of a user, and of the nameless one that may stand before it, for whoever may read its tables of
 * accounts. Names go in hex, so that they can't be read as anything else.
 */
async function compare(
  channel: Channel,
  compared: NonNullable<Login['compared']>,
  version: string,
): Promise<Partial<Said>> {
  const name = Buffer.from(compared.user).toString('hex')
  const whose = `WHERE User = '' OR User = CONVERT(0x${name === '' ? '00' : name} USING utf8mb4)`
  const statement = /mariadb/i.test(version)
    ? `SELECT CONCAT(HEX(User), ' ', HEX('json'), ' ', HEX(Priv)) FROM mysql.global_priv ${whose}`
    : `SELECT CONCAT(HEX(User), ' ', HEX(plugin), ' ', HEX(authentication_string), ' ', HEX(account_locked)) FROM mysql.user ${whose}`
  const { rows, failed } = (await afterthought(query(channel, statement))) ?? unheard
  return failed === undefined
    ? { signed_in: true, ...comparedMysql(rows, compared) }
    : { signed_in: true, code: failed }
}

const unheard = { rows: [], failed: 'none' }

async function authenticate(channel: Channel, login: Login, greeting: Greeting): Promise<Said> {
  let { plugin, salt } = greeting
  for (;;) {
    const { body, number } = await packet(channel)
    const asked = plugin
    const say = (bytes: Buffer): void => channel.write(framed(bytes, number + 1))
    if (body[0] === 0) return { accepted: true, asked }
    if (body[0] === 0xff) return { accepted: false, asked, ...errorIn(body) }
    if (body[0] === 0xfe) {
      const end = body.indexOf(0, 1)
      plugin = body.toString('latin1', 1, end === -1 ? body.length : end)
      salt = end === -1 ? salt : body.subarray(end + 1)
      const clear = plugin === 'mysql_clear_password' || plugin === 'dialog'
      if (clear && channel.security === 'none')
        throw new NotSpoken('asks for the password itself, without encryption', 'tls')
      const answer = clear ? Buffer.from(`${login.password}\0`) : scrambled(plugin, login.password, salt)
      if (answer === undefined) return { accepted: false, asked: plugin, code: unknownPlugin }
      say(answer)
    } else if (body[0] === 1 && body[1] === 4) {
      if (channel.security === 'none') say(Buffer.from([2]))
      else say(Buffer.from(`${login.password}\0`))
    } else if (body[0] === 1 && body.length > 100) {
      const key = { key: body.toString('latin1', 1), padding: constants.RSA_PKCS1_OAEP_PADDING }
      say(publicEncrypt(key, xored(Buffer.from(`${login.password}\0`), salt.subarray(0, 20))))
    } else if (body[0] !== 1 || body[1] !== 3) throw notMysql()
  }
}

/** Rows of one column of text; or the code of the error. */
async function query(channel: Channel, statement: string): Promise<{ rows: readonly string[]; failed?: string }> {
  channel.write(framed(Buffer.concat([Buffer.from([3]), Buffer.from(statement)]), 0))
  const { body } = await packet(channel)
  if (body[0] === 0xff) return { rows: [], failed: errorIn(body).code }
  // Anything but a count of columns is no answer to this; 0xfb would ask for a file of ours.
  if (body.length > 1 || (body[0] ?? 0) > 0xfa) throw notMysql()
  const rows: string[] = []
  for (let ends = 0; ends < 2; ) {
    const { body: each } = await packet(channel)
    if (each[0] === 0xff) return { rows, failed: errorIn(each).code }
    if (each[0] === 0xfe && each.length < 9) ends++
    else if (ends === 1) rows.push(firstText(each))
  }
  return { rows }
}

/** The end of a session, in the server's words. */
export const goodbyeMysql = framed(Buffer.from([goodbye]), 0)

function preamble(more: number): Buffer {
  const head = Buffer.alloc(32)
  head.writeUInt32LE((asksFor | more) >>> 0, 0)
  head.writeUInt32LE(1024 * 1024, 4)
  head[8] = utf8
  return head
}

function firstText(row: Buffer): string {
  const [size = 0] = row
  if (size < 0xfb) return row.toString('utf8', 1, 1 + size)
  if (size === 0xfc && row.length > 3) return row.toString('utf8', 3, 3 + row.readUInt16LE(1))
  return ''
}

/** A text behind its length. */
function text(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content)
  const size = bytes.length < 0xfb ? [bytes.length] : [0xfc, bytes.length & 0xff, bytes.length >> 8]
  return Buffer.concat([Buffer.from(size), bytes])
}

function framed(body: Buffer, number: number): Buffer {
  const head = Buffer.alloc(4)
  head.writeUIntLE(body.length, 0, 3)
  head[3] = number & 0xff
  return Buffer.concat([head, body])
}

async function packet(channel: Channel): Promise<{ readonly body: Buffer; readonly number: number }> {
  const head = await channel.read(4)
  const body = await channel.read(head.readUIntLE(0, 3))
  if (body.length === 0) throw notMysql()
  return { body, number: head[3] ?? 0 }
}

function errorIn(body: Buffer): { readonly code: string } {
  return { code: body.length < 3 ? 'none' : String(body.readUInt16LE(1)) }
}

function notMysql(): NotSpoken {
  return new NotSpoken('answered with something that is neither MySQL nor MariaDB')
}

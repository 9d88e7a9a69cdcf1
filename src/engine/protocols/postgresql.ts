import { createHash } from 'node:crypto'
import { afterthought } from './afterthought.ts'
import type { Channel } from './channel.ts'
import { postgresqlConnection, postgresqlConnections, postgresqlSeesAll } from './connections.ts'
import { comparedPostgresql } from './kept-password.ts'
import { type Login, NotSpoken, type Said } from './login.ts'
import { scram } from './scram.ts'

/** Whose session it is, what it may do, and until when: catalogue only, in a transaction that can not write, rolled back. */
const question = `SELECT current_user, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolvaliduntil AT TIME ZONE 'UTC' FROM pg_catalog.pg_roles WHERE rolname = current_user`
const rights = ['superuser', 'creates roles', 'creates databases', 'replicates', 'bypasses row security']
/** How it is asked for encryption: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** Whether the server goes on encrypted; anything but its two letters is no PostgreSQL. */
export async function offersEncryption(channel: Channel): Promise<boolean> {
  channel.write(sslRequest)
  const [letter] = await channel.read(1)
  if (letter === 83) return true
  if (letter === 78) return false
  throw new NotSpoken('answered with something that is not PostgreSQL')
}

/** Signs in as clients do, asks whose session it is, and leaves: https://www.postgresql.org/docs/current/protocol-flow.html */
export async function signInPostgresql(channel: Channel, login: Login, port: number): Promise<Said> {
  const { user, database, agent } = login
  const names = [`user\0${user}\0`, `database\0${database === '' ? user : database}\0`]
  const own = [...names, `application_name\0${agent.slice(0, 63)}\0`, 'client_encoding\0UTF8\0']
  channel.write(message('', Buffer.concat([Buffer.from([0, 3, 0, 0]), Buffer.from(`${own.join('')}\0`)])))
  const opened = await authenticate(channel, login)
  if (opened.code !== undefined || !(opened.accepted || opened.open)) return opened
  const settings: Record<string, string> = {}
  for (;;) {
    const { type, body } = await next(channel)
    if (type === 'E') return { ...opened, ...errorIn(body) }
    if (type === 'Z') break
    if (type === 'S') {
      const [name = '', value = ''] = body.toString('utf8').split('\0')
      settings[name] = value
    }
  }
  const known = { ...opened, version: settings['server_version'], user: settings['session_authorization'] ?? user }
  const { compared, everybody } = login
  const more = compared ? compare(channel, compared, port) : everybody ? whoElse(channel) : whoAmI(channel)
  return { ...known, signed_in: true, ...(await more) }
}

/** Everybody's connections, for whoever is shown them whole. */
async function whoElse(channel: Channel): Promise<Partial<Said>> {
  const may = await afterthought(answerTo(channel, postgresqlSeesAll))
  if (may?.rows[0]?.[0] !== 't') return { code: may?.code ?? '42501' }
  const found = await afterthought(answerTo(channel, postgresqlConnections('all')))
  return found === undefined || found.code !== undefined
    ? { code: found?.code ?? 'none' }
    : { connections: found.rows.map(postgresqlConnection) }
}

/**
 * What the server keeps of another user, for whoever may read pg_authid: superusers. The name goes in hex, so that it
 * can't be read as anything else. A pooler in between may know other passwords: the server's own port tells of one.
 */
async function compare(
  channel: Channel,
  compared: NonNullable<Login['compared']>,
  port: number,
): Promise<Partial<Said>> {
  const name = Buffer.from(compared.user).toString('hex')
  const statement = `SELECT a.rolpassword, a.rolcanlogin, a.rolvaliduntil < now(), (SELECT string_agg(DISTINCT coalesce(auth_method, 'unread'), ',') FROM pg_catalog.pg_hba_file_rules WHERE type IS DISTINCT FROM 'local'), inet_server_port() FROM (VALUES (1)) AS one LEFT JOIN pg_catalog.pg_authid a ON a.rolname = convert_from(decode('${name}', 'hex'), 'UTF8')`
  const answer = await afterthought(answerTo(channel, statement))
  if (answer === undefined || answer.code !== undefined) return { code: answer?.code ?? 'none' }
  return comparedPostgresql(answer.rows[0], String(port), compared)
}

async function authenticate(channel: Channel, { user, password }: Login): Promise<Said> {
  let asked: string | undefined
  let proof: ReturnType<typeof scram> | undefined
  let proved = true
  const say = (text: string | Buffer): void => channel.write(message('p', Buffer.from(text)))
  for (;;) {
    const { type, body } = await next(channel)
    const how = asked === undefined ? {} : { asked }
    if (type === 'E') return { accepted: false, ...how, ...errorIn(body) }
    if (type === 'N' || type === 'v') continue
    if (type !== 'R' || body.length < 4) throw new NotSpoken('answered with something that is not PostgreSQL')
    const step = body.readInt32BE(0)
    if (step === 0) {
      if (!proved) throw new NotSpoken('accepts a password without knowing it: it is not the server that it says')
      return asked === undefined ? { accepted: false, open: true } : { accepted: true, ...how }
    }
    if (step === 3) {
      asked = 'password'
      if (channel.security === 'none') throw new NotSpoken('asks for the password itself, without encryption', 'tls')
      say(`${password}\0`)
    } else if (step === 5) {
      asked = 'md5'
      say(`md5${md5(md5(password + user), body.subarray(4, 8))}\0`)
    } else if (step === 10 && body.toString('latin1', 4).split('\0').includes('SCRAM-SHA-256')) {
      asked = 'scram-sha-256'
      proved = false
      // The server takes the name from the start of the conversation.
      proof = scram('sha256', '', password)
      const first = Buffer.from(proof.first)
      say(Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), length(first.length), first]))
    } else if (step === 11 && proof !== undefined) say(await proof.proof(body.toString('utf8', 4)))
    else if (step === 12 && proof !== undefined) proved = proof.holds(body.toString('utf8', 4))
    else return { accepted: false, asked: 'something else', code: `authentication ${step}` }
  }
}

/** What is not answered is not known: the sign-in stands without it. */
async function whoAmI(channel: Channel): Promise<Partial<Said>> {
  const [[as, ...flags] = []] = (await afterthought(rowsOf(channel, question))) ?? []
  if (as === undefined) return {}
  const until = flags[5]
  const others = await afterthought(rowsOf(channel, postgresqlConnections('own')))
  return {
    role: as,
    rights: rights.filter((_, index) => flags[index] === 't'),
    connections: others?.map(postgresqlConnection),
    ...(until !== undefined && until !== 'infinity' && { expires: `${until.replace(' ', 'T')}Z` }),
  }
}

type Rows = readonly (readonly (string | undefined)[])[]

async function rowsOf(channel: Channel, statement: string): Promise<Rows> {
  return (await answerTo(channel, statement)).rows
}

async function answerTo(channel: Channel, statement: string): Promise<{ readonly rows: Rows; readonly code?: string }> {
  channel.write(message('Q', Buffer.from(`BEGIN READ ONLY; ${statement}; ROLLBACK\0`)))
  const rows: (readonly (string | undefined)[])[] = []
  let code: string | undefined
  for (;;) {
    const { type, body } = await next(channel)
    if (type === 'D') rows.push(columns(body))
    if (type === 'E') code = errorIn(body).code
    if (type === 'Z') return code === undefined ? { rows } : { rows, code }
  }
}

/** The end of a session, in the server's words. */
export const goodbyePostgresql = Buffer.from([88, 0, 0, 0, 4])

async function next(channel: Channel): Promise<{ readonly type: string; readonly body: Buffer }> {
  const head = await channel.read(5)
  const size = head.readInt32BE(1)
  if (size < 4) throw new NotSpoken('answered with something that is not PostgreSQL')
  return { type: String.fromCharCode(head[0] ?? 0), body: await channel.read(size - 4) }
}

/** Fields of an error, by their letters: https://www.postgresql.org/docs/current/protocol-error-fields.html */
function errorIn(body: Buffer): { readonly code: string; readonly routine: string } {
  const fields = new Map(
    body
      .toString('utf8')
      .split('\0')
      .map(field => [field.slice(0, 1), field.slice(1)] as const),
  )
  return { code: fields.get('C') ?? 'none', routine: fields.get('R') ?? '' }
}

function columns(body: Buffer): readonly (string | undefined)[] {
  const found: (string | undefined)[] = []
  for (let at = 2; at + 4 <= body.length; ) {
    const size = body.readInt32BE(at)
    at += 4
    found.push(size < 0 ? undefined : body.toString('utf8', at, at + size))
    at += Math.max(0, size)
  }
  return found
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), length(body.length + 4), body])
}

function length(bytes: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeInt32BE(bytes)
  return four
}

function md5(...pieces: readonly (string | Buffer)[]): string {
  const digest = createHash('md5')
  for (const piece of pieces) digest.update(piece)
  return digest.digest('hex')
}

import { createHash } from 'node:crypto'
import { at, isRecord } from '../../model/path.ts'
import { afterthought } from './afterthought.ts'
import { type Read, readBson, type Written, writeBson } from './bson.ts'
import type { Channel } from './channel.ts'
import { mongodbConnections, mostConnections } from './connections.ts'
import { type Login, NotSpoken, type Said } from './login.ts'
import { scram } from './scram.ts'

type Command = { readonly [name: string]: Written }
type Document = { readonly [name: string]: Read }

/** Connections of the same user, which it may see whoever it is, with the kind of what they ask: https://www.mongodb.com/docs/manual/reference/operator/aggregation/currentOp/ */
const sessions = (allUsers: boolean): Command => ({
  aggregate: 1,
  pipeline: [
    { $currentOp: { allUsers, idleConnections: true } },
    { $project: { _id: 0, client: 1, appName: 1, effectiveUsers: 1, op: 1, ns: 1, secs_running: 1 } },
    { $limit: mostConnections },
  ],
  cursor: {},
  $db: 'admin',
})

/** In place of the server's code: the string asks for a way that is not spoken here, such as X.509 or AWS. */
const unknownMechanism = 'mechanism'

/**
 * Asks whether a stranger is let in, proves the password by SCRAM if not, and asks which roles that gives: commands
 * that need no right and read no data. https://www.mongodb.com/docs/manual/reference/command/connectionStatus/
 */
export async function signInMongodb(channel: Channel, login: Login): Promise<Said> {
  const { user, password, options, agent } = login
  const source = options['authsource'] || (login.database === '' ? 'admin' : login.database)
  const wanted = options['authmechanism']?.toUpperCase()
  if (wanted !== undefined && wanted !== 'DEFAULT' && !wanted.startsWith('SCRAM-SHA-'))
    return { accepted: false, code: unknownMechanism }
  const client = {
    application: { name: agent.slice(0, 128) },
    driver: { name: 'afterleak', version: '' },
    os: { type: 'unknown' },
  }
  const ask = asking(channel)
  const greeting = { saslSupportedMechs: `${source}.${user}`, client, $db: 'admin' }
  const hello = await ask({ hello: 1, ...greeting })
  // Before 4.4 it had another name: https://www.mongodb.com/docs/manual/reference/command/hello/
  const greeted = hello['code'] === 59 ? await ask({ isMaster: 1, ...greeting }) : hello
  if (greeted['ok'] !== 1) return { accepted: false, code: codeOf(greeted) }
  // The least that needs a right: the names of the logs that there are. https://www.mongodb.com/docs/manual/reference/command/getLog/
  const stranger = await ask({ getLog: '*', $db: 'admin' })
  if (stranger['ok'] === 1) return { accepted: false, open: true }

  const offered: unknown = greeted['saslSupportedMechs']
  const knows = (mechanism: string): boolean => Array.isArray(offered) && offered.includes(mechanism)
  const mechanism =
    wanted === 'SCRAM-SHA-1' || (wanted !== 'SCRAM-SHA-256' && knows('SCRAM-SHA-1') && !knows('SCRAM-SHA-256'))
      ? 'SCRAM-SHA-1'
      : 'SCRAM-SHA-256'
  const said = await prove(ask, { mechanism, source, user, password })
  if (!said.accepted) return said
  const status = (await afterthought(ask({ connectionStatus: 1, showPrivileges: false, $db: 'admin' }))) ?? {}
  const others = status['ok'] === 1 ? await afterthought(ask(sessions(login.everybody === true))) : undefined
  const roles: unknown = at(status, 'authInfo.authenticatedUserRoles')
  return {
    ...said,
    ...(status['ok'] === 1 ? { signed_in: true } : { code: codeOf(status) }),
    ...(login.everybody && others?.['ok'] !== 1 && { code: codeOf(others ?? {}) }),
    user: `${source}.${user}`,
    ...(others?.['ok'] === 1 && {
      connections: mongodbConnections(at(others, 'cursor.firstBatch'), user, Date.now()),
    }),
    roles: Array.isArray(roles) ? roles.flatMap((one: unknown) => roleOf(one)) : [],
  }
}

interface Proving {
  readonly mechanism: 'SCRAM-SHA-1' | 'SCRAM-SHA-256'
  readonly source: string
  readonly user: string
  readonly password: string
}

/** https://github.com/mongodb/specifications/blob/master/source/auth/auth.md#scram-sha-256 */
async function prove(
  ask: (command: Command) => Promise<Document>,
  { mechanism, source, user, password }: Proving,
): Promise<Said> {
  const old = mechanism === 'SCRAM-SHA-1'
  const secret = old ? createHash('md5').update(`${user}:mongo:${password}`).digest('hex') : password
  const proof = scram(old ? 'sha1' : 'sha256', user, secret)
  const asked = mechanism.toLowerCase()
  const start = { mechanism, payload: Buffer.from(proof.first), autoAuthorize: 1, options: { skipEmptyExchange: true } }
  const first = await ask({ saslStart: 1, ...start, $db: source })
  if (first['ok'] !== 1) return { accepted: false, asked, code: codeOf(first) }
  const conversationId = Number(first['conversationId'])
  const go = async (payload: Buffer): Promise<Document> =>
    ask({
      saslContinue: 1,
      conversationId: Number.isInteger(conversationId) ? conversationId : 1,
      payload,
      $db: source,
    })
  let last = await go(Buffer.from(await proof.proof(payloadOf(first))))
  if (last['ok'] !== 1) return { accepted: false, asked, code: codeOf(last) }
  if (!proof.holds(payloadOf(last)))
    throw new NotSpoken('accepts a password without knowing it: it is not the server that it says')
  if (last['done'] !== true) last = await go(Buffer.alloc(0))
  return last['done'] === true ? { accepted: true, asked } : { accepted: false, asked, code: codeOf(last) }
}

/** One command and its answer: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg */
function asking(channel: Channel): (command: Command) => Promise<Document> {
  let number = 0
  return async command => {
    const body = writeBson(command)
    const head = Buffer.alloc(21)
    head.writeInt32LE(21 + body.length, 0)
    head.writeInt32LE(++number, 4)
    head.writeInt32LE(2013, 12)
    channel.write(Buffer.concat([head, body]))
    const answer = await channel.read(16)
    const size = answer.readInt32LE(0)
    if (size < 26 || answer.readInt32LE(12) !== 2013) throw new NotSpoken('answered with something that is not MongoDB')
    const rest = await channel.read(size - 16)
    return readBson(rest.subarray(5))
  }
}

function codeOf(document: Document): string {
  const { code } = document
  return typeof code === 'number' ? String(code) : 'none'
}

function payloadOf(document: Document): string {
  const { payload } = document
  return Buffer.isBuffer(payload) ? payload.toString('utf8') : ''
}

function roleOf(one: unknown): readonly string[] {
  return isRecord(one) && typeof one['role'] === 'string' ? [`${one['role']} on ${String(one['db'])}`] : []
}

import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import type { Socket } from 'node:net'
import { type Read, readBson, type Written, writeBson } from '../../../src/engine/protocols/bson.ts'

type Document = { readonly [name: string]: Read }
type Answer = { readonly [name: string]: Written }

interface Behaviour {
  readonly mechanism: 'SCRAM-SHA-1' | 'SCRAM-SHA-256'
  readonly user: string
  readonly password: string
  /** Access control is off. */
  readonly open?: boolean
  /** Says yes to any proof, and does not know the password itself. */
  readonly lies?: boolean
  /** From before `hello`. */
  readonly old?: boolean
  /** Its user has no right to see the connections of others. */
  readonly few?: boolean
}

/** A server that answers a sign-in as MongoDB documents it, and keeps the commands that it was given. */
export function mongodb(behaviour: Behaviour, asked: string[]): (socket: Socket) => void {
  return socket => {
    let waiting: Buffer = Buffer.alloc(0)
    const state = { first: '', bare: '' }
    socket.on('data', bytes => {
      waiting = Buffer.concat([waiting, bytes])
      while (waiting.length >= 16 && waiting.length >= waiting.readInt32LE(0)) {
        const size = waiting.readInt32LE(0)
        const command = readBson(waiting.subarray(21, size))
        asked.push(Object.keys(command)[0] ?? '')
        const body = writeBson(answer(command, behaviour, state))
        const head = Buffer.alloc(21)
        head.writeInt32LE(21 + body.length, 0)
        head.writeInt32LE(waiting.readInt32LE(4), 8)
        head.writeInt32LE(2013, 12)
        socket.write(Buffer.concat([head, body]))
        waiting = waiting.subarray(size)
      }
    })
  }
}

const failure = (code: number): Answer => ({ ok: 0, code, codeName: 'Failed', errmsg: 'no' })

function answer(
  command: Document,
  { mechanism, user, password, open, lies, old, few }: Behaviour,
  state: { first: string; bare: string },
): Answer {
  if ('hello' in command || 'isMaster' in command)
    return old === true && 'hello' in command
      ? failure(59)
      : { ok: 1, maxWireVersion: 21, saslSupportedMechs: [mechanism] }
  if ('getLog' in command) return open === true ? { ok: 1, names: ['global'] } : failure(13)
  const text = Buffer.isBuffer(command['payload']) ? command['payload'].toString() : ''
  if ('saslStart' in command) {
    if (command['mechanism'] !== mechanism) return failure(334)
    state.bare = text.slice(3)
    state.first = `r=${/r=(.*)$/.exec(text)?.[1] ?? ''}server,s=${Buffer.from('salted salted sa').toString('base64')},i=4096`
    return { ok: 1, conversationId: 7, done: false, payload: Buffer.from(state.first) }
  }
  if ('saslContinue' in command) {
    if (text === '') return { ok: 1, conversationId: 7, done: true, payload: Buffer.alloc(0) }
    const hash = mechanism === 'SCRAM-SHA-1' ? 'sha1' : 'sha256'
    const known = hash === 'sha1' ? createHash('md5').update(`${user}:mongo:${password}`).digest('hex') : password
    const salted = pbkdf2Sync(known, 'salted salted sa', 4096, hash === 'sha1' ? 20 : 32, hash)
    const mac = (key: Buffer, what: string): Buffer => createHmac(hash, key).update(what).digest()
    const whole = `${state.bare},${state.first},${text.replace(/,p=.*/, '')}`
    const proof = Buffer.from(/p=(.*)$/.exec(text)?.[1] ?? '', 'base64')
    const signature = mac(createHash(hash).update(mac(salted, 'Client Key')).digest(), whole)
    const right = proof.equals(Buffer.from(mac(salted, 'Client Key').map((byte, at) => byte ^ (signature[at] ?? 0))))
    if (!right && lies !== true) return failure(18)
    const word = lies === true ? Buffer.alloc(20) : mac(mac(salted, 'Server Key'), whole)
    return {
      ok: 1,
      conversationId: 7,
      done: mechanism === 'SCRAM-SHA-256',
      payload: Buffer.from(`v=${word.toString('base64')}`),
    }
  }
  if ('connectionStatus' in command)
    return { ok: 1, authInfo: { authenticatedUserRoles: [{ role: 'readWrite', db: 'shop' }] } }
  if ('aggregate' in command) {
    const own = { client: '198.51.100.1:50', appName: 'afterleak/test' }
    const theirs = { client: '203.0.113.9:4711', appName: 'mongosh' }
    if (!JSON.stringify(command).includes('"allUsers":true'))
      return { ok: 1, cursor: { id: 0, firstBatch: [own, theirs] } }
    const named = { ...theirs, effectiveUsers: [{ user: 'shop', db: 'admin' }], op: 'query', ns: 'shop.orders' }
    return few === true ? failure(13) : { ok: 1, cursor: { id: 0, firstBatch: [own, named] } }
  }
  return failure(59)
}

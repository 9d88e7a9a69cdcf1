import type { Channel } from './channel.ts'
import { type Login, NotSpoken, type Said } from './login.ts'

/** Methods of the class "connection", by their numbers: https://www.rabbitmq.com/amqp-0-9-1-reference */
const connection = 10
const method = { start: 10, startOk: 11, tune: 30, tuneOk: 31, open: 40, openOk: 41, close: 50 } as const
const frameEnd = 0xce

/** In place of the server's code: it takes no passwords, but certificates or tokens. */
const unknownMechanism = 'mechanism'

/**
 * Proves the password by PLAIN, enters the virtual host, and leaves; nothing is declared, sent or read. Refusals are
 * asked for in words, as a connection that just ends says nothing: https://www.rabbitmq.com/docs/auth-notification
 */
export async function signInAmqp(channel: Channel, { user, password, database, agent }: Login): Promise<Said> {
  channel.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1'))
  const start = await next(channel)
  if (start.method === method.close) return { accepted: false, code: codeIn(start.rest) }
  if (start.method !== method.start) throw notAmqp()
  if (!mechanismsIn(start.rest).includes('PLAIN')) return { accepted: false, code: unknownMechanism }
  const asked = 'PLAIN'
  const who = Buffer.concat([
    table(
      entry('product', 'S', long('afterleak')),
      entry('information', 'S', long(agent.slice(0, 200))),
      entry('capabilities', 'F', table(entry('authentication_failure_close', 't', Buffer.from([1])))),
    ),
    short(asked),
    long(`\0${user}\0${password}`),
    short('en_US'),
  ])
  channel.write(framed(method.startOk, who))
  const tune = await next(channel)
  if (tune.method === method.close) return { accepted: false, asked, user, code: codeIn(tune.rest) }
  if (tune.method !== method.tune || tune.rest.length < 8) throw notAmqp()
  // Its own limits, and no heartbeat.
  channel.write(framed(method.tuneOk, Buffer.concat([tune.rest.subarray(0, 6), Buffer.alloc(2)])))
  channel.write(framed(method.open, Buffer.concat([short(database === '' ? '/' : database), Buffer.alloc(2)])))
  const opened = await next(channel)
  const known = { accepted: true, asked, user }
  if (opened.method === method.openOk) return { ...known, signed_in: true }
  return { ...known, code: opened.method === method.close ? codeIn(opened.rest) : 'none' }
}

/** The end of a session, in the server's words: 200, without a reason and without the method that would be to blame. */
export const goodbyeAmqp = framed(method.close, Buffer.from([0, 200, 0, 0, 0, 0, 0]))

interface Method {
  readonly method: number
  readonly rest: Buffer
}

/** The next method of the connection; heartbeats are passed over. */
async function next(channel: Channel): Promise<Method> {
  for (;;) {
    const head = await channel.read(7)
    const [type] = head
    if (type !== 1 && type !== 8) throw notAmqp()
    const size = head.readUInt32BE(3)
    const body = await channel.read(size + 1)
    if (body[size] !== frameEnd) throw notAmqp()
    if (type === 8) continue
    if (size < 4 || body.readUInt16BE(0) !== connection) throw notAmqp()
    return { method: body.readUInt16BE(2), rest: body.subarray(4, size) }
  }
}

/** Behind two bytes of version and the table of what the server is. */
function mechanismsIn(start: Buffer): readonly string[] {
  const at = start.length < 6 ? start.length : 6 + start.readUInt32BE(2)
  if (at + 4 > start.length) throw notAmqp()
  return start.toString('latin1', at + 4, at + 4 + start.readUInt32BE(at)).split(' ')
}

function codeIn(close: Buffer): string {
  return close.length < 2 ? 'none' : String(close.readUInt16BE(0))
}

function framed(number: number, body: Buffer): Buffer {
  const head = Buffer.alloc(11)
  head[0] = 1
  head.writeUInt32BE(body.length + 4, 3)
  head.writeUInt16BE(connection, 7)
  head.writeUInt16BE(number, 9)
  return Buffer.concat([head, body, Buffer.from([frameEnd])])
}

function table(...entries: readonly Buffer[]): Buffer {
  return long(Buffer.concat(entries))
}

function entry(name: string, type: 'S' | 'F' | 't', value: Buffer): Buffer {
  return Buffer.concat([short(name), Buffer.from(type), value])
}

/** A text of at most 255 bytes behind its length in one byte. */
function short(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255)
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

/** Behind its length in four bytes. */
function long(content: string | Buffer): Buffer {
  const [bytes, size] = [Buffer.from(content), Buffer.alloc(4)]
  size.writeUInt32BE(bytes.length)
  return Buffer.concat([size, bytes])
}

function notAmqp(): NotSpoken {
  return new NotSpoken('answered with something that is not AMQP 0-9-1')
}

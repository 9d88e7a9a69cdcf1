import { createServer, type Socket } from 'node:net'
import { generate } from 'selfsigned'
import { afterEach } from 'vitest'
import { Ending } from '../../../src/engine/ending.ts'
import { guardedConnector } from '../../../src/engine/guard.ts'
import { openNetwork } from '../../../src/engine/network.ts'
import type { Login } from '../../../src/engine/protocols/login.ts'
import { signIn } from '../../../src/engine/protocols/sign-in.ts'
import type { Answer, DatabaseProtocol, Reply } from '../../../src/model/request.ts'
import { Secret } from '../../../src/model/secret.ts'
import { memoryLedger, planned } from '../support.ts'

export const protocols: readonly DatabaseProtocol[] = ['postgresql', 'mysql', 'redis', 'mongodb', 'amqp']
export const password = 'a right password'

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

/** A server on loopback that does as told with each connection; all that it was sent is kept. */
export interface Server {
  readonly port: number
  /** Everything that came in, as text. */
  heard(): string
}

export function serving(act: (socket: Socket) => void): Promise<Server> {
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', bytes => heard.push(bytes))
    act(socket)
  })
  open.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      resolve({ port, heard: () => Buffer.concat(heard).toString('latin1') })
    }),
  )
}

/** One sign-in over the whole engine: guard, ledger, time-out. */
export async function ask(protocol: DatabaseProtocol, port: number, ledger = memoryLedger()): Promise<Answer> {
  const text = `${protocol}://app:${encodeURIComponent(password)}@127.0.0.1:${port}/shop`
  const network = openNetwork({
    transport: { allowed: () => true, idle: 1000 },
    ledger,
    agent: 'afterleak/test (run 1)',
    timeout: 400,
    attempts: 3,
    patience: 0,
    signal: new AbortController().signal,
  })
  try {
    const request = planned({
      method: 'LOGIN',
      origin: `${protocol}://127.0.0.1:${port}`,
      path: '/',
      auth: { database: { protocol, string: '{uri}' } },
      parts: { uri: { public: false, secret: new Secret(text) } },
      once: 'app',
      effect: 'session',
    })
    return await network.send(request, () => true)
  } finally {
    await network.close()
  }
}

/** One sign-in at a server that counts as one of the open internet. */
export function askFromAfar(protocol: DatabaseProtocol, port: number, change: Partial<Login> = {}): Promise<Reply> {
  const connect = guardedConnector({ allowed: () => true })
  const login = {
    user: 'app',
    password,
    database: 'shop',
    options: {},
    encrypted: false,
    lookedUp: false,
    plain: false,
  }
  const ending = new Ending()
  setTimeout(() => ending.end(new Error('too late')), 1000).unref()
  return signIn(
    { method: 'LOGIN', origin: `${protocol}://127.0.0.1:${port}`, path: '/', headers: {} },
    { protocol, ...login, agent: 'afterleak/test', ...change },
    {
      ending,
      connect: (options, done) =>
        connect(options, (error, socket) => {
          if (error !== null || socket === null) return done(error ?? new Error('none'), null)
          Object.defineProperty(socket, 'remoteAddress', { value: '8.8.8.8' })
          done(null, socket)
        }),
    },
  )
}

/** A certificate that nobody vouches for. */
export async function selfMade(): Promise<{ readonly cert: string; readonly key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }])
  return { cert, key }
}

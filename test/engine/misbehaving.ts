import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Loopback, startLoopback } from '../../src/demo/loopback.ts'
import { dispatcherFor, transportOver } from '../../src/engine/transport.ts'
import type { Reply } from '../../src/model/request.ts'
import { endingAfter } from './support.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A server on loopback that behaves as told, a path each. */
export interface Misbehaving extends Loopback {
  readonly behaviours: Map<string, Handler>
  readonly seen: { readonly host: string | undefined; readonly authorization: string | undefined }[]
  /** Asks a server that behaves so, through the real transport. */
  ask(behaviour: Handler, times?: { readonly idle: number; readonly total: number }): Promise<Reply>
}

export async function startMisbehaving(): Promise<Misbehaving> {
  const behaviours = new Map<string, Handler>()
  const seen: Misbehaving['seen'] = []
  let paths = 0
  const server = await startLoopback(['api.acme.test', 'other.test'], (request, response) => {
    seen.push({ host: request.headers.host, authorization: request.headers.authorization })
    response.on('error', () => undefined)
    behaviours.get(request.url ?? '')?.(request, response)
  })
  return {
    ...server,
    behaviours,
    seen,
    async ask(behaviour, { idle, total } = { idle: 1000, total: 1500 }) {
      const path = `/${++paths}`
      behaviours.set(path, behaviour)
      const allowed = () => false
      const dispatcher = dispatcherFor({ allowed, idle, ca: [server.ca], route: server.route })
      const wire = {
        method: 'GET' as const,
        origin: 'https://api.acme.test',
        path,
        headers: { authorization: 'Bearer s3cret' },
      }
      try {
        return await transportOver(dispatcher, allowed)(wire, endingAfter(total))
      } finally {
        await dispatcher.destroy()
      }
    },
  }
}

export const json = { 'content-type': 'application/json' }

export function sends(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer = ''): Handler {
  return (_, response) => void response.writeHead(status, headers).end(body)
}

/** Answers with these very bytes, over the encrypted socket, and hangs up. */
export function raw(bytes: string): Handler {
  return ({ socket }) => {
    socket.write(bytes)
    socket.end()
  }
}

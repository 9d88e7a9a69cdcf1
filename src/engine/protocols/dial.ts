import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import type { buildConnector } from 'undici'
import type { Ending } from '../ending.ts'

/** What a conversation over a socket of our own needs of the engine. */
export interface Means {
  /** Opens sockets, and only where the guard lets it. */
  readonly connect: buildConnector.connector
  readonly trust?: SecureContext | undefined
  readonly ending: Ending
}

/** A socket to a host, by the guard's own connector. Rejects with its error, or with the reason of the ending. */
export function dial(
  { host, port }: { readonly host: string; readonly port: number },
  { connect, ending }: Pick<Means, 'connect' | 'ending'>,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let late = false
    ending.on(reason => {
      late = true
      reject(reason)
    })
    const done: buildConnector.Callback = (error, socket) => {
      if (error !== null || socket === null) return reject(error ?? new Error('no socket'))
      if (late) return void socket.destroy()
      return resolve(socket)
    }
    connect({ hostname: host, host, port: String(port), protocol: 'http:' }, done)
  })
}

import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

/** A proxy on loopback that tunnels names to where `route` says, and remembers what it was asked for. */
export interface ConnectProxy {
  readonly url: string
  /** `api.stripe.com:443`, one for each tunnel. */
  readonly asked: string[]
  close(): Promise<void>
}

/** @param route the port on loopback where a host listens; undefined: the proxy refuses with 403 */
export async function startProxy(route: (host: string) => number | undefined): Promise<ConnectProxy> {
  const asked: string[] = []
  const sockets = new Set<{ destroy(): void }>()
  const server = createServer((_, response) => response.writeHead(405).end())
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    sockets.add(socket)
    socket.on('error', () => undefined)
    const port = route((request.url ?? '').replace(/:\d+$/, ''))
    if (port === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
      return
    }
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.pipe(socket)
      socket.pipe(target)
    })
    sockets.add(target)
    target.on('error', () => socket.destroy())
    socket.on('close', () => target.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

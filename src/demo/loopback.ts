import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { generate } from 'selfsigned'

/** Hosts that live on this machine for a while, over real TLS. */
export interface Loopback {
  readonly port: number
  /** The certificate to trust, PEM; made a moment ago and gone with the process. */
  readonly ca: string
  /** Where a host listens; undefined for hosts that are not simulated. */
  route(host: string): { readonly address: string; readonly port: number } | undefined
  close(): Promise<void>
}

/** Serves `hosts` on loopback under a certificate made now. The handler tells hosts apart by the Host header. */
export async function startLoopback(hosts: readonly string[], handler: RequestListener): Promise<Loopback> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'afterleak loopback' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [...hosts.map(value => ({ type: 2 as const, value })), { type: 7 as const, ip: '127.0.0.1' }],
      },
    ],
  })
  const server = createServer({ key, cert }, handler)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port of this machine could be opened')
  const { port } = address
  const known = new Set(hosts)
  return {
    port,
    ca: cert,
    route: host => (known.has(host) ? { address: '127.0.0.1', port } : undefined),
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

import type { RequestListener } from 'node:http'
import { vi } from 'vitest'
import type * as Load from '../../src/catalog/load.ts'
import type { Loopback } from '../../src/demo/loopback.ts'
import type * as Run from '../../src/run.ts'
import { shippedCatalog } from './support.ts'

/** The network of the commands under test: loopback or nothing. Set before a command runs. */
export const simulated: { network?: Loopback } = {}

const catalog = await shippedCatalog()

vi.mock('../../src/run.ts', async original => {
  const real = await original<typeof Run>()
  return {
    ...real,
    openRun: ((providers, settings, keyring) => {
      const { network } = simulated
      const route = (host: string) => network?.route(host) ?? { address: '127.0.0.1', port: 9 }
      return real.openRun(
        providers,
        { ...settings, route, ...(network !== undefined && { ca: [network.ca] }) },
        keyring,
      )
    }) satisfies typeof real.openRun,
  }
})

vi.mock('../../src/catalog/load.ts', async original => {
  const real = await original<typeof Load>()
  return {
    ...real,
    loadCatalog: (options: { readonly directory?: string } = {}) => real.loadCatalog({ ...options, from: catalog }),
  }
})

/** One answer for a host: by what the request carries. */
export type Answer = (request: {
  readonly host: string
  readonly path: string
  readonly authorization: string
  readonly headers: Readonly<Record<string, unknown>>
}) => {
  readonly status: number
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export function answering(answer: Answer): RequestListener {
  return (request, response) => {
    const { host = '', authorization = '' } = request.headers
    const {
      status,
      json,
      headers = {},
    } = answer({ host: host.replace(/:\d+$/, ''), path: request.url ?? '', authorization, headers: request.headers })
    response.writeHead(status, { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers })
    response.end(json === undefined ? '' : JSON.stringify(json))
  }
}

import type { RequestListener } from 'node:http'
import type { Loopback } from '../../src/demo/loopback.ts'
import { shippedCatalog } from './support.ts'

/** The network of the commands under test: loopback or nothing. Set before a command runs. */
export const simulated: { network?: Loopback } = {}

export const catalog = await shippedCatalog()

/** One answer for a host: by what the request carries. */
type Answer = (request: {
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

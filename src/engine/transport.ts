import * as tls from 'node:tls'
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici'
import type { Reply, SafeRequest } from '../model/request.ts'
import { longestBody, parseBody } from './body.ts'
import type { Ending } from './ending.ts'
import { type GuardOptions, guardedConnector, refuseLiteral } from './guard.ts'
import type { Login } from './protocols/login.ts'

/** A request with its secrets in it: exists only between filling in and sending. */
export interface Wire {
  readonly method: SafeRequest['method']
  readonly origin: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** LOGIN: all that it says. */
  readonly login?: Login
}

export type Transport = (wire: Wire, signal: AbortSignal | Ending) => Promise<Reply>

export interface TransportOptions extends Omit<GuardOptions, 'trust'> {
  /** PEM certificates to trust besides the runtime's own. */
  readonly ca?: readonly string[]
  /** Proxies, as the environment names them. */
  readonly proxy?: { readonly http?: string; readonly https?: string; readonly except?: string }
  /** The longest silence, in milliseconds, before and between bytes. */
  readonly idle: number
}

/** The dispatcher through which everything leaves. No redirect, retry or cache lives in it. */
export function dispatcherFor({ proxy, idle, ca, ...guard }: TransportOptions): Dispatcher {
  const trust = trusting(ca)
  const options = {
    connect: guardedConnector({ ...guard, ...(trust !== undefined && { trust }) }),
    headersTimeout: idle,
    bodyTimeout: idle,
    keepAliveTimeout: 10_000,
    pipelining: 1,
  }
  if ((proxy?.https ?? proxy?.http) === undefined) return new Agent(options)
  return new EnvHttpProxyAgent({
    ...options,
    ...(proxy?.http !== undefined && { httpProxy: proxy.http }),
    ...(proxy?.https !== undefined && { httpsProxy: proxy.https }),
    noProxy: proxy?.except ?? '',
    ...(trust !== undefined && { requestTls: { secureContext: trust }, proxyTls: { secureContext: trust } }),
  })
}

/** The runtime's own certificates and these; undefined: its own alone. */
export function trusting(ca: readonly string[] | undefined): tls.SecureContext | undefined {
  return ca === undefined ? undefined : tls.createSecureContext({ ca: [...ownCertificates(), ...ca] })
}

/** The one place where bytes leave. Rejects with the network's own error; what that means is for `failure.ts`. */
export function transportOver(dispatcher: Dispatcher, allowed: GuardOptions['allowed']): Transport {
  const open = new Set<string>()
  return async ({ method, origin, path, headers, body }, signal) => {
    const refused = open.has(origin) ? undefined : refuseLiteral(origin, allowed)
    if (refused !== undefined) throw refused
    open.add(origin)
    const answer = await request(`${origin}${path}`, { dispatcher, method, headers, body: body ?? null, signal })
    const received = flat(answer.headers)
    const bytes = await capped(answer.body, Number(received['content-length'] ?? Number.NaN))
    if (bytes === undefined)
      return { status: answer.statusCode, headers: received, kind: 'unreadable', body: 'longer than 1 MiB' }
    const parsed = await parseBody(bytes, received['content-type'] ?? '', received['content-encoding']?.toLowerCase())
    return { status: answer.statusCode, headers: received, ...parsed }
  }
}

async function capped(body: Dispatcher.ResponseData['body'], announced: number): Promise<Buffer | undefined> {
  // The parser of the answer holds the server to the length that it announces.
  if (announced <= longestBody) return Buffer.from(await body.arrayBuffer())
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue
    length += chunk.length
    // Leaving the loop destroys the stream, and with it the connection.
    if (length > longestBody) return undefined
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}

function flat(headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) result[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
  return result
}

/** What the runtime trusts: with NODE_EXTRA_CA_CERTS where it can tell (Node 22.15 and later). */
function ownCertificates(): readonly string[] {
  const given: unknown =
    'getCACertificates' in tls && typeof tls.getCACertificates === 'function'
      ? tls.getCACertificates('default')
      : undefined
  return Array.isArray(given) ? given.map(String) : tls.rootCertificates
}

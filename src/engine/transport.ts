import * as tls from 'node:tls'
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici'
import type { Reply, SafeRequest } from '../model/request.ts'
import { parseBody } from './body.ts'
import type { Ending } from './ending.ts'
import { exchange } from './exchange.ts'
import { type GuardOptions, guardedConnector, refuseLiteral } from './guard.ts'
import type { Login } from './protocols/login.ts'
import type { Mail } from './protocols/smtp.ts'

/** A request with its secrets in it: exists only between filling in and sending. */
export interface Wire {
  readonly method: SafeRequest['method']
  readonly origin: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** LOGIN: all that it says. */
  readonly login?: Login
  /** MAIL: the message, and how to sign in. */
  readonly mail?: Mail
}

export type Transport = (wire: Wire, ending: Ending) => Promise<Reply>

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
  return async (wire, ending) => {
    const { origin } = wire
    const refused = open.has(origin) ? undefined : refuseLiteral(origin, allowed)
    if (refused !== undefined) throw refused
    open.add(origin)
    const { status, headers, bytes } = await exchange(dispatcher, wire, ending)
    if (bytes === undefined) return { status, headers, kind: 'unreadable', body: 'longer than 1 MiB' }
    const parsed = await parseBody(bytes, headers['content-type'] ?? '', headers['content-encoding']?.toLowerCase())
    return { status, headers, ...parsed }
  }
}

/** What the runtime trusts: with NODE_EXTRA_CA_CERTS where it can tell (Node 22.15 and later). */
function ownCertificates(): readonly string[] {
  const given: unknown =
    'getCACertificates' in tls && typeof tls.getCACertificates === 'function'
      ? tls.getCACertificates('default')
      : undefined
  return Array.isArray(given) ? given.map(String) : tls.rootCertificates
}

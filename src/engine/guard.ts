import { type LookupAddress, lookup as resolve } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import { type Allowed, isPublic } from './address.ts'

/** A connection that was refused before it opened, because of where it would have gone. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'
}

export interface GuardOptions {
  readonly allowed: Allowed
  /** Whom to trust, if not the runtime's own certificates. Made once: it costs as much as forty requests. */
  readonly trust?: SecureContext
  /** Stands in for the network: where a simulated host listens. Such a host counts as allowed. */
  readonly route?: (host: string) => { readonly address: string; readonly port: number } | undefined
}

/**
 * Opens sockets, and only to the open internet: the address is checked at the moment of connecting, each one that a
 * name resolves to, so that neither a name that points inward nor a second look-up gets past.
 */
export function guardedConnector({ allowed, trust, route }: GuardOptions): buildConnector.connector {
  const guarded: LookupFunction = (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses: readonly LookupAddress[]) => {
      if (error !== null) return done(error, '')
      const refused = addresses.find(({ address }) => !isPublic(address) && !allowed(host, address))
      if (refused !== undefined) return done(refusal(host, refused.address), '')
      if (options.all === true) return done(null, [...addresses])
      const [first] = addresses
      return first === undefined
        ? done(new Error(`${host} has no address`), '')
        : done(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ lookup: guarded, ...(trust !== undefined && { secureContext: trust }) })
  return (options, callback) => {
    const target = route?.(options.hostname)
    if (target !== undefined) {
      const servername = options.servername ?? options.hostname
      return connect(
        { ...options, hostname: target.address, host: target.address, port: String(target.port), servername },
        callback,
      )
    }
    const literal = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && !isPublic(literal) && !allowed(literal, literal))
      return callback(refusal(literal, literal), null)
    return connect(options, callback)
  }
}

/** For requests that go through a proxy, which resolves names itself: private addresses written out are refused here. */
export function refuseLiteral(origin: string, allowed: Allowed): RefusedAddress | undefined {
  const host = new URL(origin).hostname.replace(/^\[|\]$|\.$/g, '')
  const inward = isIP(host) !== 0 ? !isPublic(host) : host === 'localhost' || host.endsWith('.localhost')
  return inward && !allowed(host, isIP(host) === 0 ? '127.0.0.1' : host) ? refusal(host, host) : undefined
}

function refusal(host: string, address: string): RefusedAddress {
  const what = host === address ? `${host} is not` : `${host} resolves to ${address}, which is not`
  return new RefusedAddress(`${what} a public address. If it is yours, allow it: --allow-private ${host}`)
}

import { RefusedAddress } from './guard.ts'
import { NotSpoken } from './protocols/login.ts'

/** What a network did instead of answering. */
export interface Failure {
  readonly kind: 'dns' | 'tcp' | 'tls' | 'timeout' | 'protocol' | 'proxy' | 'address'
  /** One sentence for a person: what happened and, where something helps, what. */
  readonly says: string
  /** Trying again can help. */
  readonly passing: boolean
}

const tcp: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'cut the connection',
  EPIPE: 'cut the connection',
  UND_ERR_SOCKET: 'cut the connection before the answer was whole',
  EHOSTUNREACH: 'could not be reached from here',
  ENETUNREACH: 'could not be reached from here',
  UND_ERR_CLOSED: 'closed the connection',
  UND_ERR_DESTROYED: 'closed the connection',
}

/** Names the network's own error. Whatever is thrown while sending gets an answer here. */
export function failureOf(error: unknown, host: string): Failure {
  const code = codeOf(error)
  if (error instanceof RefusedAddress) return { kind: 'address', says: error.message, passing: false }
  if (error instanceof NotSpoken) return { kind: error.kind, says: `${host} ${error.message}`, passing: false }
  if (code === 'ENOTFOUND' || code === 'EAI_NODATA')
    return { kind: 'dns', says: `${host} could not be found (DNS)`, passing: true }
  if (code.startsWith('EAI_')) return { kind: 'dns', says: `the name server did not answer for ${host}`, passing: true }
  if (/^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/.test(code))
    return {
      kind: 'tls',
      says: `the certificate or the encryption of ${host} is not right (${code}): someone may stand between`,
      passing: false,
    }
  if (code === 'ETIMEDOUT' || code.endsWith('_TIMEOUT') || nameOf(error) === 'TimeoutError')
    return { kind: 'timeout', says: `${host} did not answer in time`, passing: true }
  if (nameOf(error) === 'HTTPParserError' || code === 'UND_ERR_HEADERS_OVERFLOW' || code.endsWith('LENGTH_MISMATCH')) {
    const what = code === '' ? '' : ` (${code})`
    return { kind: 'protocol', says: `${host} answered with something that is not HTTP${what}`, passing: true }
  }
  const proxy = /Proxy response \((\d+)\)/.exec(messageOf(error))
  if (proxy !== null)
    return {
      kind: 'proxy',
      says: `the proxy refused to connect to ${host} (${proxy[1] ?? 'no status'})`,
      passing: false,
    }
  const said = tcp[code]
  return said === undefined
    ? { kind: 'tcp', says: `${host} could not be asked (${code === '' ? nameOf(error) : code})`, passing: true }
    : { kind: 'tcp', says: `${host} ${said}`, passing: true }
}

function codeOf(error: unknown): string {
  for (const candidate of [error, causeOf(error), ...(error instanceof AggregateError ? error.errors : [])])
    if (
      typeof candidate === 'object' &&
      candidate !== null &&
      'code' in candidate &&
      typeof candidate.code === 'string'
    )
      return candidate.code
  return ''
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error'
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${messageOf(error.cause ?? '')}` : ''
}

import type { DatabaseProtocol } from '../model/request.ts'

/** Where a database is asked, or why it is not. */
type DatabaseSite =
  | { readonly origin: string; readonly plain: boolean; readonly because?: undefined }
  | { readonly because: string; readonly origin?: undefined }

/** Where they listen if nothing else is said, as IANA has it: https://www.iana.org/assignments/service-names-port-numbers */
const ports: Readonly<Record<DatabaseProtocol, number>> = {
  postgresql: 5432,
  mysql: 3306,
  redis: 6379,
  mongodb: 27017,
  amqp: 5672,
}
const encryptedPorts: Readonly<Record<string, number>> = { amqps: 5671 }

interface Asked {
  readonly id: string
  readonly protocol: DatabaseProtocol
  readonly facts: Readonly<Record<string, string>>
  /** What the user says of this provider with --host: hosts, separated by commas; `*.example.com`, all below it. */
  readonly named: string | undefined
  /** What the user allowed by name besides: --allow-private. */
  readonly mayAsk?: ((host: string) => boolean) | undefined
}

/**
 * A password goes to the host that stands beside it, and only if the user names that host too: whoever wrote the
 * finding could have written any host into it.
 */
export function databaseSite({ id, protocol, facts, named, mayAsk }: Asked): DatabaseSite {
  const host = facts['host']?.toLowerCase()
  if (host === undefined) return { because: 'It does not say which host it is for, so it is sent to none.' }
  const usual = encryptedPorts[facts['scheme'] ?? ''] ?? ports[protocol]
  const port = Number(facts['port'] ?? usual)
  if (!Number.isInteger(port) || port < 1 || port > 65_535 || !isHost(host))
    return { because: 'It names no host that could be asked.' }
  const { plain = false, entries = [] } = named === undefined ? {} : hostsIn(named)
  if (entries.some(entry => covers(entry, host, port)) || mayAsk?.(host.replaceAll(/[[\]]/g, '')))
    return { origin: `${protocol}://${host}:${port}`, plain }
  const where = port === usual ? host : `${host}:${port}`
  return { because: `The finding names the host ${where}. If it may be asked: --host ${id}=${where}` }
}

function isHost(host: string): boolean {
  return /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?)$/.test(
    host,
  )
}

function hostsIn(named: string): { readonly plain: boolean; readonly entries: readonly string[] } {
  const [, scheme, rest = ''] = /^(?:(https?):\/\/)?([^/]*)/i.exec(named) ?? []
  const entries = rest.toLowerCase().split(',')
  return { plain: scheme?.toLowerCase() === 'http', entries: entries.map(entry => entry.trim()) }
}

function covers(entry: string, host: string, port: number): boolean {
  const [, name = '', own] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? []
  if (name === '' || (own !== undefined && Number(own) !== port)) return false
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) && name.length > 3 : host === name
}

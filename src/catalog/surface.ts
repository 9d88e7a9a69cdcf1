import type { Hosts } from './hosts.ts'
import type { CompiledProvider } from './schema.ts'
import type { Usage } from './sources.ts'

/** One request that the tool can ever send. */
export interface Sendable {
  readonly provider: string
  readonly use: 'probe' | 'lookup' | 'usage'
  readonly name: string
  readonly method: string
  readonly url: string
  readonly effect: string
  readonly safe?: string
}

/** Every method, host, path template and effect that a provider's file allows. */
export function sendable(provider: CompiledProvider): readonly Sendable[] {
  return [...new Map(linesOf(provider).map(line => [`${line.use} ${line.method} ${line.url}`, line])).values()]
}

/** Those of one look-up or log, in the order in which they are sent. */
export function sendableOf(provider: CompiledProvider, of: Pick<Sendable, 'use' | 'name'>): readonly Sendable[] {
  return linesOf(provider).filter(({ use, name }) => use === of.use && name === of.name)
}

function linesOf(provider: CompiledProvider): readonly Sendable[] {
  const probes = Object.entries(provider.kinds).flatMap(([, kind]) =>
    (kind.probe ?? []).flatMap(name =>
      hostNames(kind.hosts ?? provider.hosts).map(host => ({ use: 'probe' as const, name, host })),
    ),
  )
  const admin = (['lookup', 'usage'] as const).flatMap(use =>
    Object.entries(provider[use] ?? {}).flatMap(([name, spec]) =>
      [...(spec.before ?? []), spec, ...continued(spec)].flatMap(request =>
        (request.host === undefined ? hostNames(provider.hosts) : [request.host]).map(host => ({
          use,
          name,
          host,
          request,
        })),
      ),
    ),
  )
  const asked = probes.flatMap(probe => {
    const request = provider.requests[probe.name]
    return request === undefined ? [] : [{ ...probe, request }]
  })
  return [...asked, ...admin].map(({ use, name, host, request }) => {
    const [method = '', path = ''] = request.request.split(' ')
    return {
      provider: provider.id,
      use,
      name,
      method,
      url: `${method === 'LOGIN' ? schemeOf(provider) : 'https'}://${host}${path}`,
      effect: request.effect,
      ...(request.safe !== undefined && { safe: request.safe }),
    }
  })
}

/** The rest of a list that is asked for by another request. */
export function continued<Spec extends Pick<Usage, 'pages' | 'request'>>(spec: Spec): readonly Spec[] {
  const { pages } = spec
  return pages !== undefined && 'next' in pages && pages.request !== undefined
    ? [{ ...spec, request: pages.request }]
    : []
}

function schemeOf({ auth, kinds }: CompiledProvider): string {
  const login = [auth, ...Object.values(kinds).map(kind => kind.auth)].find(
    one => one !== undefined && 'database' in one,
  )
  return login !== undefined && 'database' in login ? login.database.protocol : 'https'
}

/** One line each, sorted: committed as validators/surface.txt, so that a new request is seen in review. */
export function surface(providers: readonly CompiledProvider[]): string {
  const lines = providers
    .flatMap(sendable)
    .map(({ provider, use, method, url, effect }) => [provider, use, method, url, effect].join('\t'))
  return `${lines.toSorted().join('\n')}\n`
}

export function hostNames(hosts: Hosts): readonly string[] {
  return hosts === 'needed' ? ['{host}'] : hosts.map(host => (typeof host === 'string' ? host : host.host))
}

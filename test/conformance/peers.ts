import { readFileSync } from 'node:fs'
import type { CompiledProvider } from '../../src/catalog/schema.ts'
import { sendable } from '../../src/catalog/surface.ts'
import { operationFor } from './document.ts'

/** What another tool asks to learn whether a key works: facts read from its published rules, at that month. */
export interface Peer {
  readonly provider: string
  readonly tool: string
  readonly version: string
  /** `GET api.stripe.com/v1/charges`: without its query, holes as `{}`. */
  readonly request: string
}

/** Why we do not ask what others ask: one sentence and a link, by provider and request. */
export type Reasons = ReadonlyMap<string, string>

const folder = 'test/conformance'

export const peers: readonly Peer[] = table('peers.tsv').map(([provider, tool, version, method, url]) => ({
  provider: provider ?? '',
  tool: tool ?? '',
  version: version ?? '',
  request: `${method} ${url}`,
}))

export const reasons: Reasons = new Map(
  table('peers-reasons.tsv').map(([provider, method, url, reason]) => [`${provider} ${method} ${url}`, reason ?? '']),
)

/** What a peer asks that we never send; the host does not count, as one API has many. */
export function otherwise(all: readonly Peer[], providers: readonly CompiledProvider[]): readonly Peer[] {
  const ours = new Map(
    providers.map(provider => [
      provider.id,
      sendable(provider).map(({ method, url }) => ({
        method,
        path: new URL(url.replaceAll(/\{[^}]*\}/g, '{}')).pathname,
      })),
    ]),
  )
  return all.filter(({ provider, request }) => {
    const sent = (ours.get(provider) ?? []).map(one => ({ ...one, path: decodeURI(one.path) }))
    return operationFor(asPath(request), sent) === undefined
  })
}

/** The reason that is on file for a difference; undefined where nobody gave one. */
export function reasonFor({ provider, request }: Peer): string | undefined {
  return reasons.get(`${provider} ${request}`)
}

function asPath(request: string): string {
  const [method = '', url = ''] = request.split(' ')
  return `${method} ${url.slice(url.indexOf('/'))}`
}

function table(name: string): readonly (readonly string[])[] {
  const [, ...lines] = readFileSync(`${folder}/${name}`, 'utf8').trimEnd().split('\n')
  return lines.map(line => line.split('\t'))
}

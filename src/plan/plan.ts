import type { Hosts } from '../catalog/hosts.ts'
import type { CompiledProvider, Kind, Request } from '../catalog/schema.ts'
import type { Credential } from '../model/credential.ts'
import { holds } from '../model/match.ts'
import type { Effect, SafeRequest } from '../model/request.ts'
import type { Reason } from '../model/verdict.ts'
import { databaseSite } from './database-site.ts'

/** One host to ask, and the ladder of requests for it, by name and in order. */
interface Site {
  readonly origin: string
  readonly ladder: readonly SafeRequest[]
}

/** What would be sent for a credential; or why nothing would. */
export type Plan =
  | { readonly sites: readonly Site[]; readonly skipped?: undefined }
  | { readonly skipped: { readonly reason: Reason; readonly because: string }; readonly sites?: undefined }

export interface PlanOptions {
  /** `provider id → origin`, from `--host`. */
  readonly hosts?: ReadonlyMap<string, string>
  /** Effects that the user allowed besides those that run by default. */
  readonly effects?: ReadonlySet<Effect>
  readonly noTouch?: boolean
  /** Hosts of databases that the user named as his own, besides `hosts`. */
  readonly mayAsk?: (host: string) => boolean
}

/** What runs without being asked for; `evicts` too where the same answer carries the evidence. */
export const byDefault: ReadonlySet<Effect> = new Set(['none', 'last_used', 'session'])

/** Every rule about what may be sent is here: methods, hosts, effects. It reveals nothing and sends nothing. */
export function plan(
  provider: CompiledProvider,
  credential: Credential,
  { hosts, effects, noTouch = false, mayAsk }: PlanOptions = {},
): Plan {
  const kind = provider.kinds[credential.kind]
  if (kind === undefined) return skip('malformed', `${provider.name} has no kind of key called ${credential.kind}.`)
  if (kind.skipped !== undefined) return skip(kind.skipped.reason, kind.skipped.because)
  if (noTouch) return skip('no_touch', 'Nothing was sent: --no-touch.')
  const named = hosts?.get(provider.id) ?? credential.host
  const auth = kind.auth ?? provider.auth
  const database =
    'database' in auth
      ? databaseSite({
          id: provider.id,
          protocol: auth.database.protocol,
          facts: hostFacts(credential),
          named,
          mayAsk,
        })
      : undefined
  if (database?.because !== undefined) return skip('needs_host', database.because)
  const origins =
    database !== undefined
      ? [{ origin: database.origin, prefix: '', facts: credential.facts, plain: database.plain }]
      : named === undefined
        ? sitesOf(kind.hosts ?? provider.hosts, credential.facts)
        : [userSite(named, provider, kind, credential.facts)]
  const found =
    database === undefined && (kind.hosts ?? provider.hosts) === 'needed'
      ? credential.facts['host']?.toLowerCase()
      : undefined
  if (origins.length === 0) {
    const told = found ?? credential.facts['token_host']
    return skip(
      'needs_host',
      told === undefined
        ? `${provider.name} runs on its owner's machines. Name the host: --host ${provider.id}=https://…`
        : `The finding names the host ${told}. If it may be asked: --host ${provider.id}=https://${told}`,
    )
  }
  if (found !== undefined && named !== undefined && new URL(named).host !== new URL(`https://${found}`).host)
    return skip(
      'needs_host',
      `The finding says that it is for ${found}, so it is not sent to ${new URL(named).host}. If it is to be asked: --host ${provider.id}=https://${found}`,
    )

  const requests = (kind.probe ?? []).flatMap(name => {
    const request = provider.requests[name]
    return request === undefined ? [] : [{ name, request }]
  })
  const barred = requests.find(
    ({ request }) =>
      !(byDefault.has(request.effect) || effects?.has(request.effect) === true || request.carries !== undefined),
  )
  if (barred !== undefined)
    return skip(
      'effect',
      `Asking ${explained[barred.request.effect]}. If that is all right: --allow-effect ${barred.request.effect}`,
    )
  return {
    sites: origins.map(origin => ({
      origin: origin.origin,
      ladder: requests.map(({ name, request }) => seal(provider, kind, credential, { ...origin, name, request })),
    })),
  }
}

const explained: Readonly<Record<Effect, string>> = {
  none: 'changes nothing',
  last_used: 'moves its last-used mark',
  evicts: 'may push evidence of other users out of a short list',
  counts: 'spends a quota or one of a limited number of uses',
  session: 'signs in and holds a session for the time of this run',
}

export interface Origin {
  readonly plain?: boolean
  readonly origin: string
  readonly prefix: string
  readonly facts: Readonly<Record<string, string>>
}

/** Hosts whose condition fits the key's own facts; where none does, those without a condition. */
export function sitesOf(hosts: Hosts, facts: Readonly<Record<string, string>>): readonly Origin[] {
  if (hosts === 'needed') return []
  const entries = hosts.map(host => (typeof host === 'string' ? { host } : host))
  const fitting = entries.filter(
    ({ when }) =>
      when !== undefined && Object.entries(when).every(([name, condition]) => holds(condition, facts[name])),
  )
  const chosen = fitting.length > 0 ? fitting : entries.filter(({ when }) => when === undefined)
  return chosen.flatMap(({ host, set = {} }) => {
    const filled = host.replace(/^\{([a-z][a-z0-9_]*)\}/, (_, name: string) => label(facts[name]))
    return filled.startsWith('.') ? [] : [{ origin: `https://${filled}`, prefix: '', facts: { ...facts, ...set } }]
  })
}

/** What a connection string says of its host; or parts of their own do. */
export function hostFacts({ facts, parts }: Pick<Credential, 'facts' | 'parts'>): Readonly<Record<string, string>> {
  const { host, port } = parts
  return {
    ...facts,
    ...(host?.public && { host: host.text }),
    ...(port?.public && { port: port.text }),
  }
}

/** A tenant's name as one or more host labels; anything else gives nothing, and the host is not used. */
export function label(text = ''): string {
  return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i.test(text) ? text.toLowerCase() : ''
}

export function userSite(
  named: string,
  provider: CompiledProvider,
  kind: Kind,
  facts: Readonly<Record<string, string>>,
): Origin {
  const hosts = kind.hosts ?? provider.hosts
  const known = hosts === 'needed' ? undefined : hosts.map(host => (typeof host === 'string' ? { host } : host))
  const { origin, hostname, pathname } = new URL(named)
  const own = known?.find(({ host }) => host === hostname)
  const set = (own ?? known?.[0])?.set ?? {}
  const given = pathname.replace(/\/+$/, '')
  const { path = '', bare = [] } = provider.self_hosted ?? {}
  const isBare = own !== undefined || bare.some(domain => hostname.endsWith(`.${domain}`))
  const prefix = given === '' && !isBare ? path : given
  return { origin, prefix, facts: { ...facts, ...set } }
}

interface ToSeal extends Origin {
  readonly name: string
  readonly request: Request
}

function seal(
  provider: CompiledProvider,
  kind: Kind,
  credential: Credential,
  { name, request, origin, prefix, facts, plain }: ToSeal,
): SafeRequest {
  const [method, path = ''] = request.request.split(' ')
  const sealed = {
    provider: provider.id,
    credential: credential.id,
    name,
    method,
    origin,
    path: `${prefix}${path}`,
    headers: { ...provider.headers, ...request.headers },
    auth: request.auth ?? kind.auth ?? provider.auth,
    ...(request.body !== undefined && { body: request.body }),
    parts: credential.parts,
    facts,
    effect: request.effect,
    ...(plain === true && { plain }),
    limit: provider.limit,
    ...(request.request_id !== undefined && { requestIdHeader: request.request_id }),
    ...(request.session !== undefined && { drops: request.session.drops }),
    ...(request.once !== undefined && { once: request.once.account }),
  }
  if (isSafe(sealed, request)) return sealed
  throw new TypeError(`${provider.id}: ${request.request} could change something`)
}

/** The only place that gives a request the brand of a safe one: it reads, or its file says why it changes nothing. */
function isSafe<
  Unsealed extends { readonly method: string | undefined; readonly auth: SafeRequest['auth']; readonly once?: string },
>(sealed: Unsealed, { safe }: Request): sealed is Unsealed & SafeRequest {
  if (sealed.method === 'GET' || sealed.method === 'HEAD') return true
  // What a sign-in says is fixed by its protocol, in engine/protocols.
  const login = sealed.method === 'LOGIN' && 'database' in sealed.auth && sealed.once !== undefined
  return (sealed.method === 'POST' || login) && safe !== undefined
}

function skip(reason: Reason, because: string): Plan {
  return { skipped: { reason, because } }
}

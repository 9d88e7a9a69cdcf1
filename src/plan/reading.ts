import type { CompiledProvider } from '../catalog/schema.ts'
import type { Lookup, Step, Usage } from '../catalog/sources.ts'
import type { Credential, Parts } from '../model/credential.ts'
import type { Admin, Facts, Made, Next, Stop } from '../model/reading.ts'
import type { Effect, SafeRequest } from '../model/request.ts'
import { databaseSite } from './database-site.ts'
import { further } from './further.ts'
import { byDefault, hostFacts, label, type Origin, sitesOf, userSite } from './plan.ts'

/** Whose log or key list is read, with what, and what is allowed. */
export interface ReadingOptions {
  readonly credential: Pick<Credential, 'id' | 'kind' | 'parts' | 'facts' | 'host'>
  readonly admin?: Admin | undefined
  /** `https://…`, from `--host`. */
  readonly host?: string | undefined
  /** Where the key was found to work, which of several hosts is to be asked. */
  readonly worksAt?: string | undefined
  readonly effects?: ReadonlySet<Effect> | undefined
  /** The leaked key itself may ask: it works, and may be touched. Else the reason. */
  readonly mayTouch: true | Stop
}

type Asked = Step | Lookup | Usage

/** Makes the requests of one source; the credential that asks is the same for all of them unless a step says otherwise. */
export type Make = (asked: Asked, facts: Facts, next?: Next) => Made

/**
 * Every rule about reading a provider's logs and lists: who asks, where, and that it changes nothing. An administrator's
 * credential goes before the leaked key wherever both could ask.
 */
export function reading(
  provider: CompiledProvider,
  source: { readonly use: 'lookup' | 'usage'; readonly name: string; readonly spec: Lookup | Usage },
  options: ReadingOptions,
): Make {
  return (asked, facts, next) => {
    const wanted = ('with' in asked ? asked.with : undefined) ?? source.spec.with
    const asAdmin =
      wanted === 'admin' || (wanted === 'key' && options.admin !== undefined && provider.admin !== undefined)
    if (asAdmin && options.admin === undefined) return { stop: adminWanted(provider, source.spec) }
    if (!asAdmin && wanted !== 'nobody' && options.mayTouch !== true) return { stop: options.mayTouch }
    if (!byDefault.has(asked.effect) && options.effects?.has(asked.effect) !== true && asked.carries === undefined)
      return {
        stop: { state: 'unavailable', why: `not asked: it ${asked.effect}. If that is all right: --allow-effect` },
      }
    const kind = provider.kinds[options.credential.kind]
    const auth =
      asked.auth ??
      (wanted === 'nobody' ? { none: true as const } : asAdmin ? provider.admin?.auth : (kind?.auth ?? provider.auth))
    if (auth === undefined) return { stop: adminWanted(provider, source.spec) }
    const site = 'database' in auth ? ownDatabase(provider, auth, options) : siteOf(provider, asked, facts, options)
    if ('why' in site) return { stop: site }
    const other = next !== undefined && 'param' in next ? next.request : undefined
    const [method, path = ''] = (other ?? asked.request).split(' ')
    const parts: Parts = { ...options.credential.parts, ...(wanted !== 'nobody' && options.admin?.parts) }
    const whole = { ...site.facts, ...facts }
    const rest = further(
      { path: `${site.prefix}${path}`, body: other === undefined ? asked.body : undefined, facts: whole, auth },
      next,
    )
    const sealed = {
      provider: provider.id,
      credential: options.credential.id,
      name: source.name,
      method,
      channel: source.use,
      origin: site.origin,
      path: rest.path,
      headers: { ...withKnown(provider.headers, parts, rest.facts), ...asked.headers },
      auth,
      ...(rest.body !== undefined && { body: rest.body }),
      parts,
      facts: rest.facts,
      effect: asked.effect,
      ...(site.plain === true && { plain: true as const }),
      ...('database' in auth && auth.database.asks !== undefined && { once: '{admin_user}' }),
      limit: asked.limit ?? source.spec.limit ?? provider.limit,
      ...requestId(provider),
    }
    const hole = missing([rest.path, rest.body, asked.headers, withoutOptional(auth)], parts, rest.facts)
    if (hole !== undefined) return { stop: unknownHole(provider, hole) }
    if (isSafe(sealed, asked)) return { request: sealed }
    throw new TypeError(`${provider.id}: ${asked.request} could change something`)
  }
}

/** As for probes: it reads, or its file says why it changes nothing. A sign-in compares or asks who is connected, as engine/protocols fixes it. */
function isSafe<Unsealed extends { readonly method: string | undefined; readonly auth: SafeRequest['auth'] }>(
  sealed: Unsealed,
  { safe }: Asked,
): sealed is Unsealed & SafeRequest {
  const { method, auth } = sealed
  if (method === 'GET' || method === 'HEAD') return true
  const login = method === 'LOGIN' && 'database' in auth ? auth.database : undefined
  return (method === 'POST' || (login?.compares ?? login?.asks) !== undefined) && safe !== undefined
}

/** An administrator's password goes to the one database that it was given for, whatever host a finding names. */
function ownDatabase(
  { id }: CompiledProvider,
  { database: { protocol } }: Extract<SafeRequest['auth'], { readonly database: object }>,
  { credential: { facts, parts }, admin }: ReadingOptions,
): Origin | Stop {
  const named = admin?.parts['admin_host']
  if (named?.public !== true) return unknownHole({ id }, 'admin_host')
  const site = databaseSite({ id, protocol, facts: hostFacts({ facts, parts }), named: named.text })
  if (site.because !== undefined)
    return { state: 'unavailable', why: `not asked: --admin ${id}.host is not the host of this key` }
  return { origin: site.origin, plain: site.plain, prefix: '', facts }
}

/** Headers that go with parts which a key may lack are left out where it does. */
function withKnown(headers: CompiledProvider['headers'], parts: Parts, facts: Facts): Readonly<Record<string, string>> {
  const entries = Object.entries(headers ?? {})
  return Object.fromEntries(entries.filter(([, value]) => missing(value, parts, facts) === undefined))
}

function requestId({ requests }: CompiledProvider): { readonly requestIdHeader?: string } {
  const name = Object.values(requests).find(({ request_id: id }) => id !== undefined)?.request_id
  return name === undefined ? {} : { requestIdHeader: name }
}

function siteOf(
  provider: CompiledProvider,
  { host }: Asked,
  facts: Facts,
  { credential, host: named, worksAt }: ReadingOptions,
): Origin | Stop {
  const kind = provider.kinds[credential.kind]
  const known = { ...credential.facts, ...facts }
  if (host !== undefined) {
    const filled = host.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) => label(known[name]))
    if (/^\.|\.\.|\.$/.test(filled)) return unknownHole(provider, /\{([^}]*)\}/.exec(host)?.[1] ?? 'host')
    return { origin: `https://${filled}`, prefix: '', facts: credential.facts }
  }
  const user = named ?? credential.host
  if (user !== undefined && kind !== undefined) return userSite(user, provider, kind, credential.facts)
  const sites = sitesOf(kind?.hosts ?? provider.hosts, known)
  const site = sites.find(({ origin }) => origin === worksAt) ?? sites[0]
  return site ?? { state: 'unavailable', why: `its host is not known: --host ${provider.id}=https://…` }
}

function adminWanted({ id, admin, name }: CompiledProvider, { needs }: Lookup | Usage): Stop {
  const needed = needs === undefined ? '' : ` (${needs})`
  return {
    state: 'unavailable',
    why:
      admin === undefined
        ? `${name} needs a credential of its own for it${needed}`
        : `not asked: --admin ${id}=REFERENCE would${needed}`,
  }
}

function unknownHole({ id }: Pick<CompiledProvider, 'id'>, hole: string): Stop {
  const admin = /^admin_(.+)$/.exec(hole)?.[1]
  return {
    state: 'unavailable',
    why:
      admin === undefined
        ? `the ${hole.replaceAll('_', ' ')} of this key is not known`
        : `not asked: give --admin ${id}.${admin}=…`,
  }
}

/** A session token is sent where there is one, and a database may have one user without a name. */
function withoutOptional(auth: SafeRequest['auth']): unknown {
  if ('sigv4' in auth) return { ...auth.sigv4, session: '' }
  return 'database' in auth ? { ...auth.database, compares: undefined } : auth
}

function missing(templates: unknown, parts: Parts, facts: Facts): string | undefined {
  const holes = JSON.stringify(templates).matchAll(/\{([a-z][a-z0-9_]*)\}/g)
  for (const [, name = ''] of holes) if (parts[name] === undefined && facts[name] === undefined) return name
  return undefined
}

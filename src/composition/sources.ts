import { createHash } from 'node:crypto'
import type { Catalog } from '../catalog/catalog.ts'
import type { CompiledProvider } from '../catalog/schema.ts'
import type { Lookup, Usage } from '../catalog/sources.ts'
import { type LookupPlan, lookUp, type Told } from '../lookup/lookup.ts'
import { remembering } from '../lookup/remembering.ts'
import type { Case, Credential, Parts } from '../model/credential.ts'
import { holds } from '../model/match.ts'
import type { Admin, Facts, Stop } from '../model/reading.ts'
import type { Effect, Send } from '../model/request.ts'
import { reading } from '../plan/reading.ts'
import { type Earlier, windowOf } from '../plan/windows.ts'
import { type Joined, joinKeysOf } from '../usage/join.ts'
import type { PullPlan } from '../usage/pull.ts'
import { pulledFormat, sourceName } from '../usage/pulled-format.ts'
import { judge } from '../verdict/judge.ts'
import { values } from '../verdict/read.ts'

/** With what, and under which rules, providers' key lists and logs are read. */
export interface Sources {
  readonly catalog: Catalog
  readonly send: Send
  readonly admins: ReadonlyMap<string, Admin>
  readonly hosts?: ReadonlyMap<string, string> | undefined
  readonly effects?: ReadonlySet<Effect> | undefined
  readonly noTouch: boolean
  readonly asks?: ((provider: string) => boolean) | undefined
}

/** A key as far as it is known before it is asked about. */
export type Known = Pick<Credential, 'id' | 'kind' | 'parts' | 'facts' | 'host'> & { readonly provider: string }

const untouched: Stop = { state: 'unavailable', why: 'not asked: a look-up never uses the key itself' }

/** Asks about a key in its provider's own lists, without using it, before anything touches it. */
export async function lookedUp(key: Known, sources: Sources): Promise<readonly Told[]> {
  const told: Told[] = []
  for (const plan of lookupPlans(key, sources)) {
    const known = Object.assign({}, ...told.map(({ looked }) => looked.identity ?? {}))
    told.push(await lookUp({ ...plan, facts: { ...known, ...plan.facts } }))
  }
  return told
}

/** Look-ups that could be made for a key: those that nobody's credential is needed for, and those of an administrator that was given. */
export function lookupPlans(key: Known, { catalog, send, admins, hosts, effects }: Sources): readonly LookupPlan[] {
  const provider = catalog.providers.get(key.provider)
  if (provider?.lookup === undefined) return []
  const admin = admins.get(provider.id)
  const facts = factsOf(key)
  return Object.entries(provider.lookup)
    .filter(([, spec]) => isFor(spec, key, facts) && (spec.with === 'nobody' || admin !== undefined))
    .map(([name, spec]) => ({
      source: `${provider.id} ${name}`,
      spec,
      facts,
      parts: key.parts,
      send,
      make: reading(
        provider,
        { use: 'lookup', name, spec },
        { credential: key, admin, effects, mayTouch: untouched, host: hosts?.get(provider.id) },
      ),
      judge: (request, answer) => judge(request, spec, answer),
      values: (source, { reply, request }) => values(source, { reply, facts: request.facts, parts: request.parts }),
    }))
}

/** A key as it was checked. */
export interface Subject {
  readonly one: Case
  readonly parts: Parts
}

/** Of which time a log was asked for already, for a key. */
export type AskedEarlier = (credential: string, source: string) => Earlier | undefined

/**
 * The logs of providers that could show who used these keys. Logs that are the same for several keys are read once. What
 * was asked for before is not asked for again, but for as much as events may come late.
 */
export function pullPlans(
  checked: readonly Subject[],
  sources: Sources,
  now: number,
  earlier: AskedEarlier = () => undefined,
): readonly PullPlan[] {
  const shared = new Map<string, PullPlan>()
  const lists = remembering(sources.send)
  for (const { one, parts } of checked) {
    const provider = sources.catalog.providers.get(one.provider ?? '')
    if (provider === undefined || !isWorthAsking(one, sources)) continue
    for (const [name, spec] of Object.entries(provider.usage ?? {})) {
      if (spec.reads !== undefined) continue
      const plan = pullPlan({ one, parts }, provider, { name, spec }, { ...sources, lists }, { now, earlier })
      if (plan === undefined) continue
      const alone = isOfOne(spec) || !sources.admins.has(provider.id)
      const key = `${provider.id} ${name}${alone ? ` ${one.id}` : databaseOf(plan)}`
      const before = shared.get(key)
      shared.set(key, before === undefined ? plan : merged(before, plan))
    }
  }
  return [...shared.values()]
}

/** A provider of databases is as many logs as there are servers; those that can't be asked are each their own. */
function databaseOf({ spec, make, facts, credentials: [id] }: PullPlan): string {
  if (!spec.request.startsWith('LOGIN')) return ''
  return ` ${make(spec, facts).request?.origin ?? id}`
}

function isWorthAsking({ verdict, provider }: Case, { asks }: Sources): boolean {
  if (asks?.(provider ?? '') === false) return false
  return !(verdict.state === 'skipped' && ['canary', 'not_a_secret', 'out_of_scope'].includes(verdict.reason))
}

function pullPlan(
  { one, parts }: Subject,
  provider: CompiledProvider,
  { name, spec }: { readonly name: string; readonly spec: Usage },
  { send, lists, admins, hosts, effects, noTouch }: Sources & Pick<PullPlan, 'lists'>,
  { now, earlier }: { readonly now: number; readonly earlier: AskedEarlier },
): PullPlan | undefined {
  const key = { id: one.id, kind: one.kind ?? '', parts, facts: one.facts, provider: provider.id }
  const format = pulledFormat(provider.id, name, spec)
  const alike = Object.values(provider.usage ?? {}).filter(
    ({ format: form, reads }) => form === spec.format && reads === undefined,
  )
  const source = alike.length > 1 ? sourceName(provider.id, name) : format.id
  const time = windowOf(spec, now, earlier(one.id, source))
  const facts = { ...one.verdict.identity, ...factsOf(key), ...time.facts }
  if (!isFor(spec, key, facts)) return undefined
  const origins = one.verdict.evidence
    .map(({ request }) => request.split(' ')[1] ?? '')
    .filter(url => URL.canParse(url))
  const worksAt = one.verdict.state === 'live' ? origins.at(-1) : undefined
  return {
    credentials: [one.id],
    name,
    source,
    spec,
    format,
    facts,
    parts,
    ...time.asked,
    send,
    lists,
    ...ownerOf(one, parts, spec),
    make: reading(
      provider,
      { use: 'usage', name, spec },
      {
        credential: key,
        admin: admins.get(provider.id),
        effects,
        mayTouch: mayTouch(one, noTouch),
        host: hosts?.get(provider.id),
        worksAt: worksAt === undefined ? undefined : new URL(worksAt).origin,
      },
    ),
  }
}

function mayTouch({ verdict: { state } }: Case, noTouch: boolean): true | Stop {
  if (noTouch) return { state: 'unavailable', why: 'not asked: only the key itself could, and --no-touch forbids it' }
  return (
    state === 'live' || {
      state: 'unavailable',
      why: 'not asked: only the key itself could, and it is not known to work',
    }
  )
}

/** Every event belongs to the key or its owner where the request asks for theirs alone, and to the account where it is one account's. */
function ownerOf(one: Case, parts: Parts, spec: Usage): { readonly whose?: readonly Joined[] } {
  const { covers } = spec
  if (!isTheirs(spec) && covers !== 'account') return {}
  const { ids, principals, accounts } = joinKeysOf(one, parts)
  const names = { key: ids, owner: principals, account: accounts }[covers]
  const match = ({ key: 'exact', owner: 'principal', account: 'account' } as const)[covers]
  return { whose: [{ credential: one.id, uid: names[0] ?? one.shown, match }] }
}

/** What is asked for, or what is kept of it, depends on the key, so that it is no use to another. */
function isOfOne(spec: Usage): boolean {
  const { request, host, body, headers, before, only } = spec
  const holes = JSON.stringify([request, host, body, headers, before, only]).matchAll(/\{([a-z][a-z0-9_]*)\}/g)
  return isTheirs(spec) || [...holes].some(([, name = '']) => !/^(?:admin|since|until)(?:_|$)/.test(name))
}

/** All that comes, or all that stays of it, is this key's or owner's. */
function isTheirs({ filtered, only }: Usage): boolean {
  return filtered === true || only !== undefined
}

/** One reading for both: as far back as either needs. */
function merged(one: PullPlan, other: PullPlan): PullPlan {
  const { known: _, ...first } = one.from <= other.from ? one : other
  const whose = [...(one.whose ?? []), ...(other.whose ?? [])]
  const known = one.known === undefined || other.known === undefined ? undefined : Math.max(one.known, other.known)
  return {
    ...first,
    ...(known !== undefined && { known }),
    credentials: [...one.credentials, ...other.credentials],
    ...(whose.length > 0 && { whose }),
  }
}

function isFor({ kinds, when = {} }: Lookup | Usage, key: Known, facts: Facts): boolean {
  if (kinds !== undefined && !kinds.includes(key.kind)) return false
  return Object.entries(when).every(([name, condition]) => holds(condition, facts[name]))
}

/** What holes may take besides parts: what the form says, and documented digests of the key, and the ending that is shown of it everywhere. */
function factsOf({ parts, facts }: Known): Facts {
  const digests: Record<string, string> = {}
  for (const [name, part] of Object.entries(parts))
    if (!part.public) {
      const digest = part.secret.digest(text => createHash('sha256').update(text).digest())
      digests[`${name}_sha256_base64`] = digest.toString('base64')
      digests[`${name}_sha256_hex`] = digest.toString('hex')
      const ending = /…(.{4})$/.exec(String(part.secret))?.[1]
      if (ending !== undefined) digests[`${name}_ending`] = ending
    }
  return { ...digests, ...facts }
}

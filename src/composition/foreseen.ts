import type { CompiledProvider } from '../catalog/schema.ts'
import type { Lookup, Step, Usage } from '../catalog/sources.ts'
import { continued } from '../catalog/surface.ts'
import type { Case } from '../model/credential.ts'
import type { Kept } from '../model/readership.ts'
import type { Facts, Made } from '../model/reading.ts'
import type { SafeRequest } from '../model/request.ts'
import type { Verdict } from '../model/verdict.ts'
import type { Planned, Walk } from '../pipeline.ts'
import { readersOf } from '../usage/keepers.ts'
import { lookupKeyOf } from './before-touch.ts'
import { readingPlans } from './keeping.ts'
import { lookupPlans, pullPlans } from './sources.ts'

/** A request to a list or a log that would be sent; what only an answer can tell stands in it as `{name}`. */
export interface Foreseen {
  /** The subject's id, or those of all whose log it is. */
  readonly ids: readonly string[]
  readonly provider: string
  readonly use: 'lookup' | 'usage'
  /** `vault token`. */
  readonly source: string
  /** Whose credential asks. */
  readonly with: 'admin' | 'key' | 'nobody'
  readonly method: string
  readonly url: string
  readonly effect: string
  /** The same for every key of its provider: sent for the first, and remembered. */
  readonly ofAll?: true
}

/** What would be asked of its provider's lists before a key is touched. */
export function foreseenLookups(planned: Planned, walk: Walk): readonly Foreseen[] {
  const { sources } = walk
  const key = lookupKeyOf(planned, walk)
  if (sources === undefined || key === undefined) return []
  return lookupPlans(key, sources).flatMap(({ source, spec, facts, make }) =>
    foreseen({ spec, facts, make }, { ids: [planned.subject.id], provider: key.provider, use: 'lookup', source }),
  )
}

/** Where a key is kept. */
export type Keeping = (one: Pick<Case, 'id' | 'findings'>) => readonly Kept[]

/** What would be asked of providers' logs, if every key turned out to work. */
export function foreseenPulls(
  planned: readonly Planned[],
  { catalog, sources }: Walk,
  now: number,
  keeping: Keeping,
): readonly Foreseen[] {
  if (sources === undefined) return []
  const checked = planned.flatMap(({ subject }) => {
    const { credential, settled, provider: id, parts = {} } = subject
    const provider = catalog.providers.get(id ?? '')
    if (provider === undefined || settled?.reason === 'canary') return []
    const one = { ...subject, verdict: supposed(provider, settled === undefined && credential !== undefined) }
    return [{ one, parts }]
  })
  const kept = checked.flatMap(({ one }) => keeping(one).map(({ store }) => ({ credential: one.id, store })))
  const readers = new Map(kept.map(({ credential }) => [readersOf(credential), credential]))
  return [...pullPlans(checked, sources, now), ...readingPlans(kept, sources, now)].flatMap(plan => {
    const [provider = ''] = plan.format.providers ?? []
    const ids = plan.credentials.map(id => readers.get(id) ?? id)
    return foreseen(
      { spec: plan.spec, facts: { ...plan.facts, ...plan.windows[0] }, make: plan.make },
      { ids, provider, use: 'usage', source: `${provider} ${plan.name}` },
    )
  })
}

/** What the check of a key could tell of it, each as its own name. */
function supposed({ requests, lookup = {} }: CompiledProvider, works: boolean): Verdict {
  const names = [...Object.values(requests), ...Object.values(lookup)].flatMap(({ identity = {} }) =>
    Object.keys(identity),
  )
  const identity = Object.fromEntries(names.map(name => [name, labelOf(name)]))
  const rest = { because: '', checkedAt: '', evidence: [], identity }
  return works ? { ...rest, state: 'live', reason: 'works' } : { ...rest, state: 'unknown', reason: 'unrecognised' }
}

interface Reading<Spec extends Lookup | Usage> {
  readonly spec: Spec
  readonly facts: Facts
  readonly make: (asked: Step | Spec, facts: Facts) => Made
}

function foreseen<Spec extends Lookup | Usage>(
  { spec, facts, make }: Reading<Spec>,
  about: Pick<Foreseen, 'ids' | 'provider' | 'use' | 'source'>,
): readonly Foreseen[] {
  const steps: readonly Step[] = spec.before ?? []
  const told = steps.flatMap(({ take, otherwise }) => [
    ...Object.keys(take),
    ...(otherwise?.facts ?? []).flatMap(Object.keys),
  ])
  const whole = { ...Object.fromEntries(told.map(name => [name, labelOf(name)])), ...facts }
  let shared = true
  return [...steps, spec, ...continued(spec)].flatMap(asked => {
    const { request } = make(asked, whole)
    if (request === undefined) return []
    shared &&= isOfAll(request, told)
    return [
      {
        ...about,
        with: askerOf(request),
        method: request.method,
        url: `${templateOf(request.origin, told)}${request.path}`,
        effect: request.effect,
        ...(shared && (about.use === 'lookup' || asked !== spec) && { ofAll: true as const }),
      },
    ]
  })
}

/** Nothing in it is of the key: it is the same for all. */
function isOfAll({ path, body, headers, auth }: SafeRequest, told: readonly string[]): boolean {
  const holes = JSON.stringify([path, body, headers, auth]).matchAll(/\{([a-z][a-z0-9_]*)\}/g)
  return [...holes].every(([, name = '']) => name.startsWith('admin_') || told.includes(name))
}

function askerOf({ auth }: { readonly auth: object }): Foreseen['with'] {
  if ('none' in auth) return 'nobody'
  return JSON.stringify(auth).includes('{admin_') ? 'admin' : 'key'
}

/** What stands for a name where only a label may stand, as in a host. */
function labelOf(name: string): string {
  return `told-${name.replaceAll('_', '-')}`
}

function templateOf(origin: string, names: readonly string[]): string {
  return names.reduce((text, name) => text.replaceAll(labelOf(name), `{${name}}`), origin)
}

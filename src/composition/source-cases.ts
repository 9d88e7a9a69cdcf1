import { madeUp } from '../catalog/made-up.ts'
import type { Provider } from '../catalog/schema.ts'
import type { Subject } from '../identify/identify.ts'
import { lookUp } from '../lookup/lookup.ts'
import type { Case, Part } from '../model/credential.ts'
import type { Keyring } from '../model/keyring.ts'
import type { Effect, SafeRequest } from '../model/request.ts'
import type { UsageEvent } from '../model/usage.ts'
import type { Walk } from '../pipeline.ts'
import { joinKeysOf } from '../usage/join.ts'
import { Pull } from '../usage/pull.ts'
import { gatherUsage } from '../usage/usage.ts'
import { readingPlans } from './keeping.ts'
import { lookupPlans, pullPlans, type Sources } from './sources.ts'

type Example = Provider['cases'][number] & { readonly of: string }

interface World {
  readonly walk: Walk
  readonly keyring: Keyring
  /** What was sent; grows. */
  readonly sent: readonly SafeRequest[]
}

/** What `allow_effect` in a case allows. */
export const allowedEffects: ReadonlySet<Effect> = new Set(['evicts', 'counts'])

/** Tries a case of a look-up or a log, as a run would ask for it; comes back with what differs, in words. */
export async function trySource(
  provider: Provider,
  { of, known = {}, host, allow_effect: allowed, on, expect }: Example,
  subject: Subject,
  { walk, keyring, sent }: World,
): Promise<readonly string[]> {
  const { parts = {}, facts, id, kind } = subject
  const admin = Object.entries(provider.admin?.parts ?? {}).map(([name, part]): [string, Part] => [
    `admin_${name}`,
    part.public
      ? { public: true, text: known[`admin_${name}`] ?? name }
      : { public: false, secret: keyring.of(madeUp('{alnum:40}', `${provider.id} admin ${name}`)) },
  ])
  const sources: Sources = {
    catalog: walk.catalog,
    send: walk.send,
    admins: new Map(
      admin.length === 0 ? [] : [[provider.id, { provider: provider.id, parts: Object.fromEntries(admin) }]],
    ),
    noTouch: false,
    effects: allowed === true ? allowedEffects : undefined,
    hosts: host === undefined ? undefined : new Map([[provider.id, host]]),
  }
  const differences: string[] = []
  const same = (what: string, wanted: unknown, got: unknown): void => {
    if (wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(got))
      differences.push(`${what}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`)
  }
  if (provider.lookup?.[of] !== undefined) {
    const key = { id, kind: kind ?? '', parts, facts: { ...facts, ...known }, provider: provider.id }
    const plan = lookupPlans(key, sources).find(({ source }) => source === `${provider.id} ${of}`)
    if (plan === undefined) return [`${of} is not for such a key`]
    const { looked, verdict } = await lookUp(plan)
    same('state', expect.state, verdict?.state ?? 'unknown')
    same('reason', expect.reason, verdict?.reason)
    for (const [name, value] of Object.entries(expect.identity ?? {}))
      same(`identity.${name}`, value, looked.identity?.[name])
    same('marks', expect.marks, looked.marks)
    same('coverage.state', expect.coverage?.state, looked.state)
    if (!(looked.why ?? '').includes(expect.coverage?.why ?? '')) same('why', expect.coverage?.why, looked.why)
    if (differences.length > 0 && looked.why !== undefined) differences.push(`it said: ${looked.why}`)
  } else {
    const one: Case = {
      ...subject,
      verdict: { state: 'live', reason: 'works', because: '', checkedAt: '', evidence: [], identity: known },
    }
    const now = on === undefined ? Date.now() : Date.parse(`${on}T12:00:00Z`)
    const kept = known['kept'] === undefined ? [] : [{ credential: id, store: known['kept'] }]
    const plans = [...pullPlans([{ one, parts }], sources, now), ...readingPlans(kept, sources, now)]
    const plan = plans.find(({ name }) => name === of)
    if (plan === undefined) return [`${of} is not for such a key`]
    const pull = new Pull([plan])
    const usage = await gatherUsage([], {
      keys: [joinKeysOf(one, parts)],
      warn: () => undefined,
      scrub: text => keyring.scrub(text),
      pulled: pull.handfuls(),
      kept,
    })
    const [told = id] = plan.credentials
    const events = [...usage.history(told)]
    const [coverage] = pull.coverage(told)
    same('coverage.state', expect.coverage?.state, coverage?.state)
    if (!(coverage?.why ?? '').includes(expect.coverage?.why ?? '')) same('why', expect.coverage?.why, coverage?.why)
    if (expect.events !== undefined) {
      same('events', expect.events.length, events.length)
      for (const [index, wanted] of expect.events.entries()) sameEvent(wanted, events[index], same)
    }
    if (differences.length > 0 && coverage?.why !== undefined) differences.push(`it said: ${coverage.why}`)
  }
  same(
    'requests',
    expect.requests,
    sent.map(({ method, origin, path }) => `${method} ${origin}${path}`),
  )
  return differences
}

function sameEvent(
  wanted: Readonly<Record<string, unknown>>,
  event: UsageEvent | undefined,
  same: (what: string, wanted: unknown, got: unknown) => void,
): void {
  const got: Readonly<Record<string, unknown>> = {
    ...event,
    ...(event !== undefined && {
      at: new Date(event.at).toISOString(),
      match: event.credential.match,
      uid: event.credential.uid,
    }),
  }
  for (const [name, value] of Object.entries(wanted)) same(`event.${name}`, value, got[name])
}

import { namerOf } from '../address/own-networks.ts'
import { withDependents } from '../address/services.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { AddressLookup } from '../model/address-context.ts'
import type { Case } from '../model/credential.ts'
import type { Warning } from '../model/finding.ts'
import type { Service } from '../model/inventory.ts'
import type { Misuse } from '../model/misuse.ts'
import type { Priority } from '../model/priority.ts'
import type { Coverage, UsageEvent } from '../model/usage.ts'
import type { Checked } from '../pipeline.ts'
import { decide } from '../priority/decide.ts'
import type { Context } from '../priority/input.ts'
import { byUrgency } from '../priority/order.ts'
import { assess } from '../signals/assess.ts'
import { attemptsOn } from '../signals/attempts.ts'
import { wantsParameters } from '../signals/requests/asked.ts'
import type { Setting } from '../signals/setting.ts'
import type { Input } from '../text/input.ts'
import type { Footsteps } from '../usage/footsteps.ts'
import type { LogFormat } from '../usage/format.ts'
import { type JoinKeys, joinKeysOf } from '../usage/join.ts'
import { readersOf } from '../usage/keepers.ts'
import { openConnections } from '../usage/open-connections.ts'
import { Pull } from '../usage/pull.ts'
import type { Handful } from '../usage/read.ts'
import { remembered } from '../usage/remembered.ts'
import { gatherUsage } from '../usage/usage.ts'
import { keepingOf, readingPlans } from './keeping.ts'
import { settingOf } from './key-setting.ts'
import { withMaker } from './maker.ts'
import { readershipOf } from './readership.ts'
import { type AskedEarlier, pullPlans, type Sources } from './sources.ts'

/** What an investigation needs besides the checked keys. Times are in milliseconds since 1970. */
export interface Investigation extends Pick<Context, 'now' | 'due' | 'exposure'> {
  readonly catalog: Catalog
  readonly logs: AsyncIterable<Input> | Iterable<Input>
  /** Logs that the user's field maps describe. */
  readonly formats: readonly LogFormat[]
  /** What our ledgers say that we did. Asked when the keys were checked, so that this run's calls are in it. */
  readonly footsteps: () => Promise<Footsteps>
  readonly lookup: AddressLookup
  readonly scrub: (text: string) => string
  readonly warn: (warning: Warning) => void
  readonly year?: number
  /** Names of users by which keys of a provider are found in logs that name no key. */
  readonly principals?: (provider: string | null) => readonly string[]
  /** Where the user says that a key is kept: references. */
  readonly keptIn?: (one: Pick<Case, 'id'>) => readonly string[]
  readonly leakedAt?: number
  /** Only sessions since then are told; those before are history. */
  readonly since?: number
  readonly own?: {
    readonly networks?: readonly string[] | undefined
    readonly roles?: readonly string[] | undefined
    readonly clients?: readonly string[] | undefined
  }
  readonly timeZone?: string
  readonly hours?: Setting['hours']
  readonly scope?: ReadonlyMap<string, readonly string[]>
  /** With what providers' own logs are asked for; none are if absent. */
  readonly sources?: Sources
  /** What was asked for at the providers. */
  readonly pulled?: Pull
  /** The user's own services, by which callers get names. */
  readonly services?: readonly Service[]
  /** What was read at another time. */
  readonly remembered?: {
    readonly events: (id: string) => Iterable<UsageEvent>
    readonly coverage: readonly Coverage[]
    /** From when to when a provider's log was asked for, without a gap. */
    readonly pulled: AskedEarlier
  }
}

/** A case whose use was looked into. */
export type Investigated = Case & { readonly misuse: Misuse; readonly priority: Priority }

export interface Outcome {
  /** In the order of work. */
  readonly cases: readonly Investigated[]
  /** The events of a case in the order of time, our own marked; secrets are taken out. */
  readonly events: (id: string) => Iterable<UsageEvent>
  /** Who read the key of a case where it is kept, alike. */
  readonly reads: (id: string) => Iterable<UsageEvent>
  /** What the providers' own logs told of a case. */
  readonly pulled: (id: string) => readonly Coverage[]
}

/** One key with what its own use says. */
export interface Known {
  readonly one: Case
  readonly keys: JoinKeys
  readonly setting: Setting
  readonly misuse: Misuse
}

/** usage → signals → priority: what the logs say of each key, and what to do first. */
export async function investigate(checked: readonly Checked[], given: Investigation): Promise<Outcome> {
  const { remembered: earlier } = given
  const keeping = checked.map(({ one }) => keepingOf(one, given.services, given.keptIn?.(one)))
  const kept = checked.flatMap(({ one }, index) =>
    (keeping[index] ?? []).map(({ store }) => ({ credential: one.id, store })),
  )
  const now = Date.now()
  const pulled =
    given.sources &&
    new Pull([...pullPlans(checked, given.sources, now, earlier?.pulled), ...readingPlans(kept, given.sources, now)])
  const how: Investigation = { ...given, ...(pulled !== undefined && { pulled }) }
  const joins = checked.map(({ one, parts }) =>
    joinKeysOf(one, parts, { principals: how.principals?.(one.provider) ?? [] }),
  )
  const gathered = await gatherUsage(how.logs, {
    keys: joins,
    scrub: how.scrub,
    warn: how.warn,
    footsteps: await how.footsteps(),
    wants: wantsParameters,
    formats: how.formats,
    kept,
    pulled: both(openConnections(checked.map(({ one }) => one)), pulled?.handfuls()),
    ...(how.year !== undefined && { year: how.year }),
    ...(earlier !== undefined && { remembered: earlierOf(checked, earlier, how.formats) }),
  })
  const usage =
    earlier === undefined ? gathered : { ...gathered, coverage: [...earlier.coverage, ...gathered.coverage] }
  const first = checked.map(({ one }, index) => {
    const keys = joins[index] ?? joinKeysOf(one)
    const setting = settingOf(one, keys, usage, how)
    return { one, keys, setting, misuse: assess(usage.history(one.id), setting) }
  })
  const context: Context = { ...how, ownNetwork: namerOf(how.own?.networks ?? []) }
  const parents = first.filter(({ misuse: { children = [] } }) => children.length > 0)
  const cases = first.map((known, index) => {
    const readers = readershipOf(known.one.id, keeping[index] ?? [], {
      usage,
      pulled,
      services: how.services,
      leakedAt: known.misuse.leakedAt,
    })
    const attempts = attemptsOn(known.one.verdict, usage.history(known.one.id), known.misuse.leakedAt)
    const misuse = {
      ...named(withMaker(known, parents, usage, how.scrub), context),
      ...(attempts !== undefined && { attempts }),
    }
    const priority = decide({ ...known.one, misuse }, how.catalog.providers.get(known.one.provider ?? ''), context)
    const one = {
      ...known.one,
      misuse,
      priority: dated(priority, how.leakedAt),
      ...(readers !== undefined && { readers }),
    }
    return withDependents(one, how.services)
  })
  return {
    cases: cases.toSorted(byUrgency),
    events: id => usage.history(id),
    reads: id => usage.history(readersOf(id)),
    pulled: id => pulled?.coverage(id) ?? [],
  }
}

function* earlierOf(
  checked: readonly Checked[],
  { events }: NonNullable<Investigation['remembered']>,
  formats: readonly LogFormat[],
): Generator<Handful> {
  for (const { one } of checked) yield* remembered(one.id, events(one.id), formats)
}

async function* both(seen: Iterable<Handful>, pulled: AsyncIterable<Handful> | undefined): AsyncGenerator<Handful> {
  yield* seen
  if (pulled !== undefined) yield* pulled
}

/** The owner's clients from before the leak, by the names of their networks. */
function named(misuse: Misuse, { ownNetwork }: Context): Misuse {
  const { before } = misuse
  if (before?.clients === undefined) return misuse
  const clients = before.clients.map(client => ({ ...client, network: ownNetwork?.(client.network) ?? client.network }))
  return { ...misuse, before: { ...before, clients } }
}

/** The user's own word on when it leaked goes before what places say. */
function dated(priority: Priority, leakedAt: number | undefined): Priority {
  if (leakedAt === undefined) return priority
  const since = new Date(leakedAt).toISOString()
  return { ...priority, since, ...(priority.exposure.value === 'open' && { exposedSince: since }) }
}

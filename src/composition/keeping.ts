import { namedFor } from '../address/services.ts'
import { remembering } from '../lookup/remembering.ts'
import type { Case } from '../model/credential.ts'
import type { Service } from '../model/inventory.ts'
import { type Kept, storeIn } from '../model/readership.ts'
import { reading } from '../plan/reading.ts'
import { windowOf } from '../plan/windows.ts'
import { type KeptKey, readersOf } from '../usage/keepers.ts'
import type { PullPlan } from '../usage/pull.ts'
import { pulledFormat } from '../usage/pulled-format.ts'
import type { Sources } from './sources.ts'

/** How many places are looked at for references: a key that was given by one was found nowhere else first. */
const placesRead = 50

/**
 * Where a key is kept: in the place that a reference named, where services of the inventory read it, and where the user
 * says (references, without or with a field).
 */
export function keepingOf(
  one: Pick<Case, 'id' | 'findings'>,
  services: readonly Service[] = [],
  said: readonly string[] = [],
): readonly Kept[] {
  const known = new Map<string, Kept>()
  const add = (reference: string, how: Omit<Kept, 'store'>): void => {
    const store = storeIn(reference)?.store
    if (store !== undefined && !known.has(store)) known.set(store, { store, ...how })
  }
  let places = 0
  for (const { scanner, file } of one.findings) {
    if (++places > placesRead) break
    if (scanner === 'json') for (const reference of (file ?? '').split(' ')) add(reference, { by: 'reference' })
  }
  for (const reference of said) add(reference, { by: 'user' })
  for (const { name, stores } of namedFor(one, services))
    for (const reference of stores) add(reference, { by: 'inventory', service: name })
  return [...known.values()]
}

/** The logs of stores that could show who read these keys; each is read once for all of them. */
export function readingPlans(
  kept: readonly KeptKey[],
  { catalog, send, admins, effects, asks }: Sources,
  now: number,
): readonly PullPlan[] {
  return [...catalog.providers.values()].flatMap(provider =>
    Object.entries(provider.usage ?? {}).flatMap(([name, spec]) => {
      const keys = kept.filter(({ store }) => storeIn(store)?.kind === spec.reads)
      const [first] = keys
      if (spec.reads === undefined || first === undefined || asks?.(provider.id) === false) return []
      const time = windowOf(spec, now)
      const credential = { id: first.credential, kind: '', parts: {}, facts: {} }
      const mayTouch = { state: 'unavailable', why: 'not asked: a leaked key reads no log of a store' } as const
      const asking = { credential, admin: admins.get(provider.id), effects, mayTouch }
      return [
        {
          credentials: [...new Set(keys.map(({ credential: id }) => readersOf(id)))],
          name,
          spec,
          format: pulledFormat(provider.id, name, spec),
          facts: time.facts,
          parts: {},
          ...time.asked,
          send,
          lists: remembering(send),
          make: reading(provider, { use: 'usage', name, spec }, asking),
        },
      ]
    }),
  )
}

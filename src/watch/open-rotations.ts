import type { Rotation, Transition } from '../model/watch.ts'
import { Outbox } from '../store/outbox.ts'
import type { WatchList } from '../store/watch-list.ts'
import type { CycleOptions } from './cycle.ts'
import { progress, type Side, type Sides } from './rotation.ts'
import type { Stretch } from './used.ts'

/** Where the open rotations stand after this cycle. */
export function rotated(
  { database, now, receivers }: Pick<CycleOptions, 'database' | 'now' | 'receivers'>,
  list: WatchList,
): readonly Transition[] {
  const outbox = new Outbox(database)
  return list.rotations().flatMap(rotation => {
    const sides = sidesOf(rotation, list)
    if (sides === undefined || rotation.doneAt !== undefined) return []
    const { rotation: after, told } = progress(rotation, sides, now())
    if (after !== rotation) list.saveRotation(after)
    return told.filter(transition => outbox.add(transition, receivers(transition)))
  })
}

/** Both keys of a rotation with what is known of them; undefined where one is no longer watched. */
export function sidesOf(rotation: Rotation, list: WatchList): Sides | undefined {
  const side = (id: string): Side | undefined => {
    const entry = list.one(id)
    return entry && { ...entry, callers: list.callers(id), seen: stretchOf(id, list) }
  }
  const [old, fresh] = [side(rotation.old), side(rotation.new)]
  return old && fresh && { old, fresh }
}

/** Of which time logs have shown who used a key. */
export function stretchOf(id: string, list: WatchList): Stretch | undefined {
  const [from, until] = [list.cursor(id, 'usage_from'), list.cursor(id, 'usage')]
  return from === undefined || until === undefined ? undefined : { from: Date.parse(from), until: Date.parse(until) }
}

const week = 7 * 86_400_000

/** Whether somebody counts on a key: one that is to be replaced is meant to die. */
export function neededBy(
  id: string,
  list: WatchList,
  now: number,
): { readonly isNew: boolean; readonly by: readonly string[] } {
  const rotations = list.rotations()
  if (rotations.some(({ old }) => old === id)) return { isNew: false, by: [] }
  const lately = list.callers(id).filter(({ known, lastAt }) => known && lastAt > now - week)
  return { isNew: rotations.some(({ new: fresh }) => fresh === id), by: lately.map(({ name }) => name) }
}

/** When a key has to be asked about whatever its cadence says. */
export function deadlinesOf(list: WatchList): ReadonlyMap<string, number> {
  const open = list.rotations().filter(({ doneAt }) => doneAt === undefined)
  return new Map(
    open.flatMap(({ old, new: fresh, deadline }) => [[old, deadline] as const, [fresh, deadline] as const]),
  )
}

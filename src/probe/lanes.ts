import type { Limit } from '../model/request.ts'

/** Workers of a lane beyond the provider's own number of places, so that a key that waits does not hold up the others. */
const spare = 16

/**
 * Runs a task for every item, each provider's items in a lane of their own, all lanes side by side; yields what is done
 * as it is done. The whole takes as long as the slowest lane, not as long as all of them together.
 */
export async function* inLanes<Item extends { readonly subject: { readonly provider: string | null } }, Done>(
  items: readonly Item[],
  limitOf: (item: Item) => Limit | undefined,
  task: (item: Item) => Promise<Done>,
): AsyncGenerator<Done> {
  const lanes = new Map<string | null, Item[]>()
  for (const item of items) {
    const lane = lanes.get(item.subject.provider)
    if (lane === undefined) lanes.set(item.subject.provider, [item])
    else lane.push(item)
  }
  const done: Done[] = []
  const state: { running: boolean; stopped: boolean; fault?: { readonly error: unknown } } = {
    running: true,
    stopped: false,
  }
  let wake = nobody
  const drain = async (queue: Iterator<Item>): Promise<void> => {
    try {
      for (let step = queue.next(); !step.done && !state.stopped; step = queue.next()) {
        done.push(await task(step.value))
        wake()
      }
    } catch (error) {
      state.fault ??= { error }
      state.stopped = true
      wake()
    }
  }
  const workers = [...lanes.values()].flatMap(lane => {
    const queue = lane[Symbol.iterator]()
    const places = lane.reduce((most, item) => Math.max(most, limitOf(item)?.at_once ?? 0), 0) + spare
    return Array.from({ length: Math.min(lane.length, places) }, () => drain(queue))
  })
  const all = Promise.all(workers).finally(() => {
    state.running = false
    wake()
  })
  try {
    while (state.running || done.length > 0) {
      for (const one of done.splice(0)) yield one
      if (state.fault !== undefined) throw state.fault.error
      if (state.running && done.length === 0) await new Promise<void>(resolve => (wake = resolve))
    }
  } finally {
    // Whoever leaves early starts nothing more, and leaves nothing behind that still writes.
    state.stopped = true
    await all
  }
}

function nobody(): void {}

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
  let wake: () => void = () => undefined
  let fault: { readonly error: unknown } | undefined
  const drain = async (queue: Iterator<Item>): Promise<void> => {
    for (let step = queue.next(); !step.done; step = queue.next()) {
      done.push(await task(step.value))
      wake()
    }
  }
  const workers = [...lanes.values()].flatMap(lane => {
    const queue = lane[Symbol.iterator]()
    const places = Math.max(0, ...lane.map(item => limitOf(item)?.at_once ?? 0)) + spare
    return Array.from({ length: Math.min(lane.length, places) }, () => drain(queue))
  })
  let running = true
  const all = Promise.all(workers)
    .catch((error: unknown) => {
      fault = { error }
    })
    .finally(() => {
      running = false
      wake()
    })
  while (running || done.length > 0) {
    yield* done.splice(0)
    if (fault !== undefined) throw fault.error
    if (running && done.length === 0)
      await new Promise<void>(resolve => {
        wake = resolve
      })
  }
  await all
}

import type { Transition } from '../model/watch.ts'
import type { Outbox } from '../store/outbox.ts'

/** What became of a delivery. `final`: trying again would not help. */
export type Delivered =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: string; readonly retryAt?: number; readonly final?: true }

/** Where changes are told. The id of a transition stays the same when it is sent again. */
export interface Channel {
  /** As afterleak.yaml calls it. */
  readonly name: string
  deliver(transition: Transition): Promise<Delivered>
}

const minute = 60_000
/** After a failure it is tried again in 1, 5, 30, 120 minutes, and so on every 4 hours; for some two days. */
const again = [1, 5, 30, 120, 240].map(minutes => minutes * minute)
const mostAttempts = 15

export interface DeliveryOptions {
  readonly outbox: Outbox
  readonly channels: readonly Channel[]
  readonly now: () => number
  readonly signal?: AbortSignal | undefined
}

/** Sends what waits. What fails stays in the outbox; another channel's failure holds nothing up. */
export async function deliver({ outbox, channels, now, signal }: DeliveryOptions): Promise<readonly string[]> {
  const failures: string[] = []
  const byName = new Map(channels.map(channel => [channel.name, channel]))
  for (const waiting of outbox.due(now(), 1000)) {
    if (signal?.aborted === true) break
    const channel = byName.get(waiting.channel)
    if (channel === undefined) {
      outbox.failed(waiting, 'There is no such channel in afterleak.yaml any more.', undefined)
      continue
    }
    const result = await channel.deliver(waiting.transition)
    if (result.ok) {
      outbox.sent(waiting)
      continue
    }
    failures.push(`${channel.name}: ${result.why}`)
    const more = result.final !== true && waiting.attempts + 1 < mostAttempts
    const wait = again[Math.min(waiting.attempts, again.length - 1)] ?? minute
    outbox.failed(waiting, result.why, more ? Math.max(now() + wait, result.retryAt ?? 0) : undefined)
  }
  return [...new Set(failures)]
}

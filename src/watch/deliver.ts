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
/** After so many failures in a row a receiver is left alone until the next time: what waits for it is not tried. */
const enough = 3
/** A delivery takes less; when its process was killed, it is made again after this. */
const inFlight = 5 * minute

export interface DeliveryOptions {
  readonly outbox: Outbox
  readonly channels: readonly Channel[]
  readonly now: () => number
  readonly signal?: AbortSignal | undefined
}

async function delivered(channel: Channel | undefined, transition: Transition): Promise<Delivered> {
  if (channel === undefined)
    return { ok: false, why: 'there is no such receiver in afterleak.yaml any more', final: true }
  return channel
    .deliver(transition)
    .catch((error: unknown) => ({ ok: false, why: error instanceof Error ? error.message : String(error) }))
}

/** Sends what waits. What fails stays in the outbox; another channel's failure holds nothing up. */
export async function deliver({ outbox, channels, now, signal }: DeliveryOptions): Promise<readonly string[]> {
  const failures: string[] = []
  const byName = new Map(channels.map(channel => [channel.name, channel]))
  const inARow = new Map<string, number>()
  for (const waiting of outbox.due(now(), 1000)) {
    if (signal?.aborted === true) break
    const failed = inARow.get(waiting.channel) ?? 0
    if (failed >= enough) continue
    if (!outbox.claim(waiting, now(), now() + inFlight)) continue
    const result = await delivered(byName.get(waiting.channel), waiting.transition)
    inARow.set(waiting.channel, result.ok || result.final === true ? 0 : failed + 1)
    if (result.ok) {
      outbox.sent(waiting)
      continue
    }
    const more = result.final !== true && waiting.attempts + 1 < mostAttempts
    failures.push(`${waiting.channel}: ${result.why}${more ? '; tried again later' : '; NOT tried again'}`)
    const wait = again[Math.min(waiting.attempts, again.length - 1)] ?? minute
    outbox.failed(waiting, result.why, more ? Math.max(now() + wait, result.retryAt ?? 0) : undefined)
  }
  return [...new Set(failures)]
}

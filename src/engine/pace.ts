import { setTimeout as sleep } from 'node:timers/promises'

/** When the next request to a host may leave. In this process now; through the store between processes later. */
export interface Pace {
  /** Waits for this host's next place. Rejects when `signal` aborts. */
  take(host: string, perSecond: number, signal: AbortSignal): Promise<void>
}

/** The shortest time worth a timer, in milliseconds: timers count in whole ones. */
const finest = 0.5

/** Spaced places, no bursts: each is 1/perSecond after the one before, whenever that one woke up. */
export function spaced(now: () => number = () => performance.now(), wait: typeof pause = pause): Pace {
  const next = new Map<string, number>()
  return {
    async take(host, perSecond, signal) {
      signal.throwIfAborted()
      const at = Math.max(now(), next.get(host) ?? 0)
      next.set(host, at + 1000 / perSecond)
      const ahead = at - now()
      if (ahead >= finest) await wait(ahead, signal)
    },
  }
}

/** Sleeps, and wakes up at once when `signal` aborts (rejecting). */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  // A timer holds at most 2^31-1 ms; nothing here waits that long.
  await sleep(Math.min(milliseconds, 2_147_483_647), undefined, { signal })
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from './database.ts'

/** Places at hosts, shared by all processes that have the file open: each is 1/perSecond after the one before. */
export interface MachinePace {
  take(host: string, perSecond: number, signal: AbortSignal): Promise<void>
}

/** No more than this wait for one host; a place further away was taken before the clock was set back. */
const queue = 100

/** The database need not be durable: after a crash of the machine the worst is one place too early. */
export function machinePace(database: Database, now: () => number = Date.now): MachinePace {
  return {
    async take(host, perSecond, signal) {
      signal.throwIfAborted()
      const gap = 1000 / perSecond
      const at = now()
      const row = database.get(
        `INSERT INTO pace (host, next_at) VALUES (?, ?)
         ON CONFLICT (host) DO UPDATE SET next_at = CASE WHEN next_at > ? THEN ? ELSE max(next_at, ?) END + ?
         RETURNING next_at`,
        host,
        at + gap,
        at + Math.max(10_000, queue * gap),
        at,
        at,
        gap,
      )
      const ahead = Number(row?.next_at ?? at) - gap - at
      if (ahead >= 1) await sleep(Math.min(ahead, 2_147_483_647), undefined, { signal })
    },
  }
}

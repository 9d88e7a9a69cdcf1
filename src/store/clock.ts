import type { Database } from './database.ts'

/** A clock may be put right by so much without notice, in milliseconds. */
const tick = 60_000

/** Notes the time. Where the clock was set back since the last note, what waits for a time by the old one waits no longer. */
export function noteTime(database: Database, now: number): void {
  const last = Number(database.get('SELECT at FROM clock')?.at ?? 0)
  if (Math.abs(now - last) < tick) return
  database.atomically(() => {
    if (now < last) {
      database.run('UPDATE watched SET next_at = ? WHERE next_at > ?', now, now)
      database.run("UPDATE outbox SET next_at = ? WHERE next_at > ? AND state = 'waiting'", now, now)
    }
    database.run('INSERT OR REPLACE INTO clock (one, at) VALUES (1, ?)', now)
  })
}

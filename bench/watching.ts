import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Watched } from '../src/model/watch.ts'
import { openDatabase } from '../src/store/database.ts'
import { WatchList } from '../src/store/watch-list.ts'
import { type Ask, cycle } from '../src/watch/cycle.ts'
import { defaultPolicy } from '../src/watch/policy.ts'
import type { Figure } from './main.ts'

/** A cycle over many watched keys, answers at no cost: what one key costs must not grow with how many there are. */
export async function watching(): Promise<readonly Figure[]> {
  // The first of them also warms up.
  await costOf(1000)
  const few = await costOf(1000)
  const before = process.memoryUsage().rss
  const many = await costOf(100_000)
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  return [
    { what: 'a cycle over 100,000 watched keys, a key, to one over 1,000', value: many / few, unit: ' ×', atMost: 1.5 },
    { what: 'memory that a cycle over 100,000 watched keys adds', value: grown, unit: ' MB', atMost: 100 },
  ]
}

/** Milliseconds for one key. */
async function costOf(count: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'afterleak-bench-'))
  const database = await openDatabase(join(folder, 'watch.db'))
  const list = new WatchList(database)
  const now = Date.parse('2026-11-24T00:00:00Z')
  database.atomically(() => {
    for (let i = 0; i < count; i++)
      list.add(key(i), { state: 'live', since: now, liveAt: now, undecided: 0, calmFrom: now, nextAt: now, told: {} })
  })
  const checkedAt = new Date(now).toISOString()
  const ask: Ask = async function* (keys) {
    for (const { id } of keys)
      yield { id, verdict: { state: 'live', reason: 'works', because: 'It works.', checkedAt, evidence: [] } }
  }
  const started = performance.now()
  const { asked } = await cycle({
    database,
    ask,
    now: () => now,
    policy: defaultPolicy,
    receivers: () => [],
    run: 'bench',
  })
  const spent = performance.now() - started
  database.close()
  await rm(folder, { recursive: true })
  if (asked !== count) throw new Error(`${asked} of ${count} were asked about`)
  return spent / count
}

function key(i: number): Watched {
  return {
    id: `stripe-${i.toString(16).padStart(16, '0')}`,
    provider: 'stripe',
    kind: 'secret-key',
    name: 'Stripe',
    shown: 'sk_live_…wXyZ',
    facts: { mode: 'live' },
    keep: { by: 'reference', parts: { key: `env:KEY_${i}` } },
    addedAt: 0,
  }
}

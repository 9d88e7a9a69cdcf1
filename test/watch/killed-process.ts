import { appendFileSync } from 'node:fs'
import { openDatabase } from '../../src/store/database.ts'
import { Outbox } from '../../src/store/outbox.ts'
import { WatchList } from '../../src/store/watch-list.ts'
import { type Ask, cycle } from '../../src/watch/cycle.ts'
import { deliver } from '../../src/watch/deliver.ts'
import { defaultPolicy } from '../../src/watch/policy.ts'
import { day, hour, standing, start, verdict, watched } from './support.ts'

/** Watches keys through three days, as fast as it can, and tells a file what is new: to be killed at any moment. */
const [store = '', receiver = '', count = ''] = process.argv.slice(2)
const keys = Array.from({ length: Number(count) }, (_, i) => watched(`key-${i}`, { provider: `provider-${i >> 1}` }))
const database = await openDatabase(store)
const list = new WatchList(database)
const outbox = new Outbox(database)
if (list.nextAt() === undefined)
  database.atomically(() => {
    for (const key of keys) list.add(key, standing({ liveAt: start }))
  })
const channels = [
  {
    name: 'file',
    async deliver({ id, kind, watched: key = '' }: { id: string; kind: string; watched?: string }) {
      appendFileSync(receiver, `${id} ${kind} ${key}\n`)
      return { ok: true } as const
    },
  },
]
for (let now = list.nextAt() ?? start; now < start + 3 * day; now = list.nextAt() ?? Infinity) {
  const at = now
  const ask: Ask = async function* (asked) {
    for (const { id } of asked) yield { id, verdict: verdict(works(Number(id.slice(4)), at - start) ? 'live' : 'dead') }
  }
  await cycle({ database, ask, now: () => at, policy: defaultPolicy, receivers: () => ['file'], run: 'r', handful: 2 })
  await deliver({ outbox, channels, now: () => at })
}
database.close()

/** A third of them die, and some of these come back. */
function works(key: number, at: number): boolean {
  if (key % 3 !== 0 || at < (5 + (key % 40)) * hour) return true
  return key % 2 === 0 && at > (20 + (key % 40)) * hour
}

import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Catalog } from '../src/catalog/catalog.ts'
import { openInvestigation } from '../src/composition/investigation.ts'
import { WatchedUses } from '../src/composition/watched-uses.ts'
import type { Watched } from '../src/model/watch.ts'
import { openDatabase } from '../src/store/database.ts'
import { WatchList } from '../src/store/watch-list.ts'
import { cycle } from '../src/watch/cycle.ts'
import { defaultPolicy } from '../src/watch/policy.ts'
import type { Figure } from './main.ts'

const lines = 20_000
const fresh = 200
const used = 100

/** Cycles that read a log for many watched keys, none of which is due: what a key costs must not grow with their number. */
export async function watchingLogs(): Promise<readonly Figure[]> {
  // The first of them also warms up.
  await costOf(10_000)
  const few = await costOf(10_000)
  const before = process.resourceUsage().maxRSS
  const many = await costOf(100_000)
  const grown = (process.resourceUsage().maxRSS - before) / 1024
  const perKey = 'for 100,000 watched keys, a key, to 10,000'
  return [
    { what: `a log that is new, read ${perKey}`, value: many.first / few.first / 10, unit: ' ×', atMost: 1 },
    { what: `new lines of a log, read ${perKey}`, value: many.next / few.next / 10, unit: ' ×', atMost: 1 },
    { what: 'memory that reading logs for 100,000 watched keys adds', value: grown, unit: ' MB', atMost: 400 },
  ]
}

/** Milliseconds for a log that is new, and for new lines in it. */
async function costOf(count: number): Promise<{ readonly first: number; readonly next: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'afterleak-bench-'))
  const database = await openDatabase(join(folder, 'watch.db'))
  const list = new WatchList(database)
  const now = Date.parse('2026-11-24T00:00:00Z')
  const later = now + 3_600_000
  database.atomically(() => {
    for (let i = 0; i < count; i++)
      list.add(key(i), { state: 'live', since: now, liveAt: now, undecided: 0, calmFrom: now, nextAt: later, told: {} })
  })
  const log = join(folder, 'trail.jsonl')
  await writeFile(log, Array.from({ length: lines }, (_, n) => lineOf(n, now - 86_400_000 + n * 1000)).join(''))
  const first = await cycled()
  await appendFile(log, Array.from({ length: fresh }, (_, n) => lineOf(lines + n, now - 60_000 + n)).join(''))
  const next = await cycled()
  database.close()
  await rm(folder, { recursive: true })
  return { first, next }

  async function cycled(): Promise<number> {
    const how = await openInvestigation(
      { logs: [log] },
      { catalog: new Catalog([]), scrub: text => text, warn: () => undefined, state: folder },
    )
    const uses = new WatchedUses({ database, how, paths: [log], way: '', now: () => now })
    const started = performance.now()
    await cycle({
      database,
      async *ask() {},
      ofOthers: () => uses.ofOthers(),
      now: () => now,
      policy: defaultPolicy,
      receivers: () => [],
      run: 'bench',
    })
    if (uses.fresh === 0) throw new Error('no use was found')
    return performance.now() - started
  }
}

const idOf = (i: number): string => `AKIA${i.toString(32).toUpperCase().padStart(16, 'A')}`

function key(i: number): Watched {
  return {
    id: `aws-${i.toString(16).padStart(16, '0')}`,
    provider: 'aws',
    kind: 'access-key',
    name: 'AWS',
    shown: idOf(i),
    facts: {},
    keep: { by: 'lookup', parts: { key_id: idOf(i) } },
    addedAt: 0,
  }
}

/** A line of CloudTrail; one of so many keys has made the call. */
function lineOf(n: number, at: number): string {
  const accessKeyId = idOf(n % used)
  return `${JSON.stringify({
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::210987654321:user/u${n % used}`,
      accountId: '210987654321',
      accessKeyId,
    },
    eventTime: new Date(at).toISOString().replace(/\.\d+Z/, 'Z'),
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'eu-west-1',
    sourceIPAddress: `198.51.100.${n % 7}`,
    userAgent: 'aws-cli/2.0',
    eventID: `event-${n}`,
  })}\n`
}

import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { UsageEvent } from '../../src/model/usage.ts'
import { openDatabase } from '../../src/store/database.ts'
import { Uses } from '../../src/store/uses.ts'
import { WatchList } from '../../src/store/watch-list.ts'
import { folder } from '../cli/support.ts'
import { standing, watched } from '../watch/support.ts'

const event = (id: string, at: number, more: Partial<UsageEvent> = {}): UsageEvent => ({
  id,
  at,
  source: 'cloudtrail',
  kind: 'event',
  credential: { uid: 'key', match: 'exact' },
  action: 'GetObject',
  verb: 'read',
  outcome: 'success',
  ...more,
})

it('uses are kept once and in the order of time, and our own calls are none', async () => {
  const database = await openDatabase(join(folder(), 'uses.db'))
  new WatchList(database).add(watched('aws-1'), standing())
  const uses = new Uses(database)
  expect(uses.add('aws-1', [event('b', 2), event('ours', 3, { ours: true }), event('a', 1)])).toBe(2)
  expect(uses.add('aws-1', [event('b', 2), event('c', 4)])).toBe(1)
  expect([...uses.of('aws-1')].map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect([...uses.of('aws-2')]).toEqual([])
  database.close()
})

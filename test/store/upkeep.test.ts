import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Transition } from '../../src/model/watch.ts'
import { type Database, openDatabase, StoreError } from '../../src/store/database.ts'
import { migrations } from '../../src/store/migrations.ts'
import { Outbox } from '../../src/store/outbox.ts'
import { checked, exported, prune } from '../../src/store/upkeep.ts'
import { WatchList } from '../../src/store/watch-list.ts'
import { day, standing, start, watched } from '../watch/support.ts'

let folder: string
let database: Database
let outbox: Outbox

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(async () => {
  database = await openDatabase(':memory:')
  outbox = new Outbox(database)
})

const transition = (id: string): Transition => ({
  id,
  kind: 'misused',
  at: start,
  provider: 'stripe',
  severity: 'critical',
  title: id,
  says: [],
  todo: [],
})

describe('pruning', () => {
  it('takes out what was told, and never has it told again when the logs are read again', () => {
    outbox.add(transition('told'), ['x'])
    for (const waiting of outbox.due(start)) outbox.sent(waiting)
    expect(prune(database, start + day)).toBe(1)
    expect(outbox.add(transition('told'), ['x'])).toBe(false)
    expect(outbox.due(start + day)).toEqual([])
  })

  it('leaves what still waits to be told, and what is newer', () => {
    outbox.add(transition('waits'), ['x'])
    expect([prune(database, start + day), prune(database, start)]).toEqual([0, 0])
    expect(outbox.due(start)).toHaveLength(1)
  })
})

describe('a store', () => {
  it('is exported without what leads to a value', () => {
    const list = new WatchList(database)
    list.add(watched('a', { keep: { by: 'encrypted', parts: { key: 'sealed:AAAA' } } }), standing())
    list.add(watched('b', { keep: { by: 'reference', parts: { key: 'vault:kv/pay#key' } } }), standing())
    const text = JSON.stringify([...exported(database)])
    expect(text).not.toMatch(/sealed:|vault:/)
    expect(text).toContain('"keep":"reference"')
    expect(checked(database)).toMatchObject({ faults: [], counts: { watched: 2 } })
  })

  it('of a newer version, or a file that is none, is left as it is', async () => {
    const newer = join(folder, 'newer.db')
    const written = await openDatabase(newer)
    written.run(`PRAGMA user_version = ${migrations.length + 1}`)
    written.close()
    await expect(openDatabase(newer)).rejects.toThrow(/written by a newer afterleak/)
    const none = join(folder, 'none.db')
    writeFileSync(none, 'this is no database, however long it may be. '.repeat(100))
    await expect(openDatabase(none)).rejects.toBeInstanceOf(StoreError)
  })

  it('of an older version is brought up to date with all that is in it', async () => {
    const file = join(folder, 'older.db')
    const older = await openDatabase(file)
    new WatchList(older).add(watched('a'), standing())
    for (const later of ['told', 'uses', 'logs', 'shown']) older.run(`DROP TABLE ${later}`)
    older.run('PRAGMA user_version = 1')
    older.close()
    const now = await openDatabase(file)
    expect([new WatchList(now).one('a')?.watched.id, now.get('SELECT count(*) AS n FROM told')?.n]).toEqual(['a', 0])
    now.close()
  })

  it('tells the first error where the database has rolled back by itself', () => {
    expect(() =>
      database.atomically(() => {
        database.run('ROLLBACK')
        throw new Error('database or disk is full')
      }),
    ).toThrow('disk is full')
    expect(database.atomically(() => 'it goes on')).toBe('it goes on')
  })
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, asyncProperty, array as listOf, nat, string as words } from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Transition } from '../../src/model/watch.ts'
import { noteTime } from '../../src/store/clock.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { migrations } from '../../src/store/migrations.ts'
import { Outbox } from '../../src/store/outbox.ts'
import { explained, StoreError } from '../../src/store/store-error.ts'
import { checked, exported, prune } from '../../src/store/upkeep.ts'
import { WatchList } from '../../src/store/watch-list.ts'
import { often } from '../often.ts'
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

let aged = ''

/** A store as an older version has left it. */
async function ofVersion(version: number): Promise<Database> {
  aged = join(folder, `aged-${Math.random()}.db`)
  const older = await openDatabase(aged)
  older.run('PRAGMA foreign_keys = OFF')
  for (const { name } of older.all("SELECT name FROM sqlite_master WHERE type = 'table'"))
    older.run(`DROP TABLE "${String(name)}"`)
  for (const sql of migrations.slice(0, version).flat()) older.run(sql)
  older.run(`PRAGMA user_version = ${version}`)
  return older
}

function rowsOf(from: Database): unknown {
  return ['watched', 'verdicts', 'cursors'].map(table => from.all(`SELECT * FROM ${table}`))
}

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

  it('of any older version is brought up to date with all that is in it', async () => {
    await assert(
      asyncProperty(
        nat(migrations.length - 1),
        listOf(words({ unit: 'grapheme' }), { maxLength: 20 }),
        async (version, labels) => {
          const older = await ofVersion(version + 1)
          const list = new WatchList(older)
          for (const [i, label] of labels.entries()) {
            list.add(watched(`key-${i}`, { label }), standing())
            list.keep({ watched: `key-${i}`, at: i, state: 'live', reason: 'works', because: label, run: 'r' })
            list.moveCursor(`key-${i}`, label, String(i))
          }
          const before = rowsOf(older)
          older.close()
          const now = await openDatabase(aged)
          expect(rowsOf(now)).toEqual(before)
          expect(checked(now)).toMatchObject({ faults: [], counts: { watched: labels.length } })
          expect(now.get('PRAGMA user_version')?.user_version).toBe(migrations.length)
          new Outbox(now).add(transition('new'), ['x'])
          noteTime(now, start)
          expect([...exported(now)].length).toBeGreaterThan(0)
          now.close()
        },
      ),
      often(30),
    )
  }, 60_000)

  it('asks at once about what waits for a time of a clock that was set back', () => {
    const list = new WatchList(database)
    list.add(watched('a'), standing({ nextAt: start + 300 * day }))
    outbox.add({ ...transition('late'), at: start + 300 * day }, ['x'])
    noteTime(database, start + 299 * day)
    noteTime(database, start + 299 * day - 1000)
    expect(list.due(start + 299 * day, 9)).toEqual([])
    noteTime(database, start)
    expect([list.due(start, 9).length, outbox.due(start).length]).toEqual([1, 1])
  })

  it('that is broken, or held by another, says so in words, and its check what is left of it', async () => {
    const file = join(folder, 'broken.db')
    const whole = await openDatabase(file)
    for (let i = 0; i < 200; i++) new WatchList(whole).add(watched(`key-${i}`), standing())
    whole.get('PRAGMA wal_checkpoint(TRUNCATE)')
    whole.close()
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(7, 4096, 20_000))
    const broken = await openDatabase(file)
    expect(() => new WatchList(broken).page()).toThrow(StoreError)
    const { faults, counts } = checked(broken)
    expect([faults.join(), counts['told']]).toEqual([
      expect.stringContaining('is broken. Put a copy of it in its place'),
      0,
    ])
    broken.close()
    for (const [code, says] of [
      [5, 'held by another process'],
      [13, 'the disk is full'],
      [1034, 'its disk'],
    ] as const)
      for (const name of ['rawCode', 'errcode'])
        expect(explained(Object.assign(new Error('sqlite'), { [name]: code }), file)).toMatchObject({
          name: 'StoreError',
          message: expect.stringContaining(says),
        })
    const ours = new TypeError('a mistake')
    expect(explained(ours, file)).toBe(ours)
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

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { machinePace } from '../../src/store/machine-pace.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the pace of a host', () => {
  it('is one for all who have the file open', async () => {
    const file = join(folder, 'pace.db')
    const both = [await openDatabase(file, { durable: false }), await openDatabase(file, { durable: false })]
    const began = Date.now()
    const { signal } = new AbortController()
    const at: number[] = []
    await Promise.all(
      both.map(async database => {
        const pace = machinePace(database)
        for (let i = 0; i < 10; i++) {
          await pace.take('api.stripe.com', 50, signal)
          at.push(Date.now() - began)
        }
      }),
    )
    // Twenty places, twenty milliseconds apart, whoever takes them.
    expect(Math.max(...at)).toBeGreaterThanOrEqual(19 * 20 - 5)
    for (const database of both) database.close()
  })

  it('of another host is another', async () => {
    const database = await openDatabase(':memory:', { durable: false })
    const pace = machinePace(database, () => 1000)
    const { signal } = new AbortController()
    const began = performance.now()
    for (const host of ['a', 'b', 'c', 'd']) await pace.take(host, 1, signal)
    expect(performance.now() - began).toBeLessThan(500)
    database.close()
  })

  it('is not held up by places that were taken before the clock was set back', async () => {
    const database = await openDatabase(':memory:', { durable: false })
    const { signal } = new AbortController()
    let now = 90 * 86_400_000
    const pace = machinePace(database, () => now)
    await pace.take('a', 1, signal)
    now -= 3_600_000
    const began = performance.now()
    await pace.take('a', 1, signal)
    expect(performance.now() - began).toBeLessThan(500)
    database.close()
  })

  it('lets nobody wait who was stopped', async () => {
    const database = await openDatabase(':memory:', { durable: false })
    const pace = machinePace(database)
    const stop = new AbortController()
    await pace.take('a', 0.1, stop.signal)
    const waiting = pace.take('a', 0.1, stop.signal)
    stop.abort()
    await expect(waiting).rejects.toThrow()
    database.close()
  })
})

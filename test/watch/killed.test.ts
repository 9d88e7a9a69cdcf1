import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { checked } from '../../src/store/upkeep.ts'

/** How often the process is killed, and how much it has to do. */
const kills = Number(process.env.AFTERLEAK_KILLS ?? 12)
const script = 'node_modules/.cache/afterleak-test/killed-process.js'
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
  const options = { bundle: true, format: 'esm', platform: 'node', target: 'node20.19', packages: 'external' } as const
  await build({ ...options, entryPoints: ['test/watch/killed-process.ts'], outfile: script })
})
afterAll(() => rmSync(folder, { recursive: true }))

function started(name: string): { readonly child: ChildProcess; readonly code: Promise<number | null> } {
  const child = spawn(
    process.execPath,
    [script, join(folder, `${name}.db`), join(folder, `${name}.txt`), String(20 + 5 * kills)],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  return { child, code: new Promise(resolve => child.on('exit', resolve)) }
}

async function outcome(name: string) {
  const database = await openDatabase(join(folder, `${name}.db`))
  const verdicts = database
    .all('SELECT watched, at, state FROM verdicts ORDER BY watched, at')
    .map(({ watched, at, state }) => `${String(watched)} ${String(at)} ${String(state)}`)
  const waiting = database.all("SELECT transition FROM outbox WHERE state <> 'sent'")
  const { faults } = checked(database)
  database.close()
  const told = readFileSync(join(folder, `${name}.txt`), 'utf8')
    .trim()
    .split('\n')
  return { verdicts, told, waiting, faults }
}

describe('a process that is killed', () => {
  it(
    'has lost no verdict, told nothing twice but what was under way, and left a store that is whole',
    async () => {
      expect(await started('undisturbed').code).toBe(0)
      let killed = 0
      for (;;) {
        const { child, code } = started('killed')
        if (killed < kills) {
          // Starting takes the first half of it; then it writes all the time.
          while (!existsSync(join(folder, 'killed.db')) && child.exitCode === null) await sleep(1)
          await sleep(100 + Math.random() * 100)
          child.kill('SIGKILL')
        }
        if ((await code) === 0) break
        killed += 1
      }
      expect(killed).toBe(kills)
      const [expected, after] = [await outcome('undisturbed'), await outcome('killed')]
      expect(after.verdicts).toEqual(expected.verdicts)
      expect([after.waiting, after.faults]).toEqual([[], []])
      expect([...new Set(after.told)].toSorted()).toEqual(expected.told.toSorted())
      expect(after.told.length - new Set(after.told).size).toBeLessThanOrEqual(killed)
      expect(expected.told.length).toBeGreaterThan(15)
    },
    180_000 + kills * 10_000,
  )
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRun } from '../src/composition/run.ts'
import { Keyring } from '../src/model/keyring.ts'
import { check, understand } from '../src/pipeline.ts'
import { keysOf, stripes } from './keys.ts'
import type { Figure } from './main.ts'
import { startProvider } from './provider-process.ts'

/** Ten hosts with limits of their own, 300 keys each: a run has to take as long as the slowest host must, not longer. */
export async function makespan(): Promise<readonly Figure[]> {
  const keys = 300
  const rates = [25, 40, 50, 60, 75, 80, 100, 120, 150, 200]
  const hosts = rates.map((_, index) => `host-${index}.example.com`)
  const provider = await startProvider(hosts)
  const state = await mkdtemp(join(tmpdir(), 'afterleak-bench-'))
  const keyring = new Keyring()
  const catalog = await stripes(rates.map((perSecond, index) => ({ host: hosts[index] ?? '', perSecond, atOnce: 4 })))
  const run = await openRun(
    catalog,
    { state, ca: [provider.ca], route: () => ({ address: '127.0.0.1', port: provider.port }) },
    keyring,
  )
  const planned = await understand(keysOf(keyring, rates.length, keys), run.walk)
  const started = performance.now()
  let live = 0
  for await (const { verdict } of check(planned, run.walk)) if (verdict.state === 'live') live += 1
  const seconds = (performance.now() - started) / 1000
  await run.close(true)
  provider.stop()
  await rm(state, { recursive: true })
  if (live !== keys * rates.length) throw new Error(`${live} of ${keys * rates.length} were live`)
  // The first request of a host leaves at once, so n keys need n - 1 intervals.
  const least = Math.max(...rates.map(rate => (keys - 1) / rate))
  return [
    {
      what: 'makespan of 10 hosts × 300 keys, to the slowest host alone',
      value: seconds / least,
      unit: ' ×',
      atMost: 1.05,
    },
  ]
}

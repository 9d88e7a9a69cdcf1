import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import { openRun } from '../src/composition/run.ts'
import type { Finding } from '../src/model/finding.ts'
import { Keyring } from '../src/model/keyring.ts'
import { check, understand } from '../src/pipeline.ts'
import { keysOf, stripes } from './keys.ts'
import type { Figure } from './main.ts'
import { startProvider } from './provider-process.ts'

const host = 'api.example.com'
const keys = 12_000
const atOnce = 64

/** The whole pipeline, ledger and all, beside bare undici.request: over TLS, with as many requests under way. */
export async function verdicts(): Promise<readonly Figure[]> {
  const provider = await startProvider([host])
  const ratios: number[] = []
  for (let round = 0; round < 3; round++) {
    const bare = await bareRequests(provider.port, provider.ca)
    const whole = await wholePipeline(provider.port, provider.ca)
    ratios.push(whole / bare)
  }
  provider.stop()
  const median = ratios.toSorted((a, b) => a - b)[1] ?? 0
  return [
    {
      what: `verdicts a second, to bare undici.request (${atOnce} at once, TLS)`,
      value: median,
      unit: ' ×',
      atLeast: 0.4,
    },
  ]
}

async function bareRequests(port: number, ca: string): Promise<number> {
  const dispatcher = new Agent({ connect: { ca, servername: host } })
  const started = performance.now()
  let left = keys
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const { body } = await request(`https://127.0.0.1:${port}/v1/account`, {
        dispatcher,
        headers: { authorization: 'Bearer made-up' },
      })
      await body.json()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const rate = keys / (performance.now() - started)
  await dispatcher.close()
  return rate
}

async function wholePipeline(port: number, ca: string): Promise<number> {
  const state = await mkdtemp(join(tmpdir(), 'afterleak-bench-'))
  const keyring = new Keyring()
  const catalog = await stripes([{ host, perSecond: 1e9, atOnce }])
  const run = await openRun(catalog, { state, ca: [ca], route: () => ({ address: '127.0.0.1', port }) }, keyring)
  const findings: Finding[] = []
  for await (const finding of keysOf(keyring, 1, keys)) findings.push(finding)
  const started = performance.now()
  const planned = await understand(each(findings), run.walk)
  let live = 0
  for await (const { verdict } of check(planned, run.walk)) if (verdict.state === 'live') live += 1
  const rate = live / (performance.now() - started)
  await run.close(true)
  await rm(state, { recursive: true })
  if (live !== keys) throw new Error(`${live} of ${keys} were live`)
  return rate
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items
}

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import { answering, simulated } from './network.ts'
import { run } from './run.ts'
import { file } from './support.ts'

let asked = 0

/** Lets everybody in. */
beforeAll(async () => {
  simulated.network = await startLoopback(
    ['hub.docker.com'],
    answering(() => {
      asked += 1
      return { status: 200, json: { access_token: 'opaque' } }
    }),
  )
})
afterAll(() => simulated.network?.close())
beforeEach(() => {
  asked = 0
})

async function checked(parts: Readonly<Record<string, string>>) {
  const found = file(
    'found.jsonl',
    `${JSON.stringify({ provider: 'docker-hub', parts: { username: 'alice', ...parts } })}\n`,
  )
  const { out } = await run(['check', found, '--control', '--to', 'json'])
  const { cases } = JSON.parse(out)
  return cases[0].verdict
}

describe('--control', () => {
  it('asks with a made-up key too, and believes nobody who knows that one', async () => {
    const verdict = await checked({ token: madeUp('dckr_pat_{alnum:27}', 'control') })
    expect([verdict.state, verdict.reason, asked]).toEqual(['unknown', 'unreliable', 2])
  })

  it('never tries a made-up password where wrong ones lock accounts', async () => {
    const verdict = await checked({ password: madeUp('{alnum:20}', 'control') })
    expect([verdict.state, verdict.reason, asked]).toEqual(['live', 'works', 1])
  })
})

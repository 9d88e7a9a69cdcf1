import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { type Loopback, startLoopback } from '../../src/demo/loopback.ts'
import { readLedger, verifyLedger } from '../../src/ledger/read.ts'
import { leftBy } from '../../src/store/resume.ts'
import { ledgerFile, openState } from '../../src/store/state.ts'
import { type ConnectProxy, startProxy } from '../engine/proxy.ts'
import { buildCommand, type Command, type JsonReport } from './command.ts'

const atOnce = 8
const count = 60
let command: Command
let server: Loopback
let proxy: ConnectProxy
let folder: string
let tests = 0
/** Requests that arrived, by key. */
let arrived = new Map<string, number>()
let slowest = 40
let live = true
let onArrival: (total: number) => void = () => undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
  let total = 0
  server = await startLoopback(['api.stripe.com'], (request, response) => {
    const key = request.headers.authorization ?? ''
    arrived.set(key, (arrived.get(key) ?? 0) + 1)
    onArrival(++total)
    const answer = live
      ? ([200, { id: 'acct_1', object: 'account', country: 'IE' }] as const)
      : ([
          401,
          { error: { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_live_****1234' } },
        ] as const)
    setTimeout(
      () => response.writeHead(answer[0], { 'content-type': 'application/json' }).end(JSON.stringify(answer[1])),
      Math.random() * slowest,
    )
  })
  proxy = await startProxy(() => server.port)
  command = await buildCommand()
  writeFileSync(join(folder, 'ca.pem'), server.ca)
  const keys = Array.from({ length: count }, (_, id) => ({
    provider: 'stripe',
    key: madeUp('sk_live_{alnum:99}', `stopped ${id}`),
  }))
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys))
  const limits = `limits: { stripe: { per_second: 400, at_once: ${atOnce} } }\n`
  writeFileSync(join(folder, 'with-ca.yaml'), `ca: ${join(folder, 'ca.pem')}\n${limits}`)
  writeFileSync(join(folder, 'without-ca.yaml'), limits)
})
afterAll(async () => {
  command.remove()
  await proxy.close()
  await server.close()
  rmSync(folder, { recursive: true })
})

let environment: Readonly<Record<string, string>>
let state: string
beforeEach(() => {
  arrived = new Map()
  slowest = 40
  live = true
  onArrival = () => undefined
  state = join(folder, `state-${++tests}`)
  mkdirSync(state)
  environment = { HTTPS_PROXY: proxy.url, XDG_STATE_HOME: state, HOME: folder }
})

function check(config: 'with-ca' | 'without-ca', ...more: readonly string[]) {
  return command.start(
    ['check', join(folder, 'keys.json'), '--config', join(folder, `${config}.yaml`), '--to', 'json', ...more],
    environment,
  )
}

/** Calls back when so many more requests have arrived. */
function uponArrival(more: number, then: () => void): void {
  let seen = 0
  onArrival = () => {
    if (++seen === more) then()
  }
}

/** Credentials that the last run had sent and not written an answer of, as its files say. */
async function underWay(): Promise<ReadonlySet<string>> {
  const folders = openState(join(state, 'afterleak'))
  const left = await leftBy(folders, undefined)
  const open = new Set<string>()
  for await (const line of readLedger(ledgerFile(folders, left?.run ?? '')))
    if (line.type === 'sent') open.add(String(line.credential))
  for (const key of left?.answers.keys() ?? []) open.delete(key.slice(0, key.indexOf(' ')))
  return open
}

const report = (out: string): JsonReport => JSON.parse(out)
const twice = (): number => [...arrived.values()].filter(times => times > 1).length

describe('a run', () => {
  it('that is killed and resumed asks only for what was under way again, and says so', async () => {
    const killed = check('with-ca')
    uponArrival(3 + Math.floor(Math.random() * (count - 10)), () => killed.process.kill('SIGKILL'))
    expect((await killed.ended).code).toBe('SIGKILL')
    const open = await underWay()
    onArrival = () => undefined
    const { code, out, error } = await check('with-ca', '--resume').ended
    expect(error).not.toContain('Warning')
    expect(code).toBe(1)
    const { cases, summary, run } = report(out)
    expect(summary).toMatchObject({ cases: count, live: count })
    expect(run).toHaveProperty('resumed')
    expect(arrived.size).toBe(count)
    expect(Math.max(...arrived.values())).toBeLessThanOrEqual(2)
    const repeated = cases.filter(({ verdict }) => verdict.evidence.some(one => one.repeated)).map(({ id }) => id)
    expect(new Set(repeated)).toEqual(open)
    expect(twice()).toBeLessThanOrEqual(open.size)
    // A place is free a moment before its answer is written down.
    expect(open.size).toBeLessThanOrEqual(2 * atOnce)
    // Both ledgers hold their chain, and every call that arrived.
    const ledgers = join(state, 'afterleak', 'ledger')
    let sent = 0
    for (const name of readdirSync(ledgers)) {
      expect((await verifyLedger(join(ledgers, name))).whole).toBe(true)
      const text = readFileSync(join(ledgers, name), 'utf8')
      expect(text).not.toMatch(/sk_live_\w/)
      sent += text.split('"type":"sent"').length - 1
    }
    expect(sent).toBeGreaterThanOrEqual([...arrived.values()].reduce((sum, times) => sum + times, 0))
    const again = await check('with-ca', '--resume').ended
    expect(again.error).toContain('there is no stopped run to resume')
  })

  it('that is killed twice is taken up from where the second one ended', async () => {
    let open = 0
    for (const options of [[], ['--resume']]) {
      const killed = check('with-ca', ...options)
      uponArrival(15, () => killed.process.kill('SIGKILL'))
      await killed.ended
      open += (await underWay()).size
    }
    onArrival = () => undefined
    const { out } = await check('with-ca', '--resume').ended
    expect(report(out).summary).toMatchObject({ live: count })
    expect([...arrived.values()].reduce((sum, times) => sum + times - 1, 0)).toBeLessThanOrEqual(open)
  })

  it.each([
    ['live', true, 1],
    ['dead', false, 3],
  ] as const)('that is ended with Ctrl-C reports what it knows: %s so far', async (known, works, expected) => {
    live = works
    slowest = 200
    const stopped = check('with-ca')
    uponArrival(30, () => stopped.process.kill('SIGINT'))
    const { code, out, error } = await stopped.ended
    expect(code).toBe(expected)
    expect(error).toContain('Stopping')
    const { summary, cases } = report(out)
    expect(summary.cases).toBe(count)
    expect(summary[known]).toBeGreaterThan(0)
    expect(summary.unknown).toBeGreaterThan(0)
    expect(summary[known] + summary.unknown).toBe(count)
    const open = cases.filter(({ verdict }) => verdict.state === 'unknown')
    expect(new Set(open.map(({ verdict }) => verdict.reason))).toEqual(new Set(['cancelled']))
    expect(arrived.size).toBeLessThan(count)
    const left = await underWay()
    onArrival = () => undefined
    const { out: rest } = await check('with-ca', '--resume').ended
    expect(report(rest).summary[known]).toBe(count)
    expect(twice()).toBeLessThanOrEqual(left.size)
  })

  it('that reaches its deadline reports what it knows', async () => {
    slowest = 2000
    const { out, code } = await check('with-ca', '--deadline', '3s').ended
    expect(code).toBe(1)
    const { cases } = report(out)
    const open = cases.filter(({ verdict }) => verdict.reason === 'cancelled')
    expect(open.length).toBeGreaterThan(0)
    expect(open[0]?.verdict.because).toContain('deadline')
  })
})

describe('a certificate of one’s own', () => {
  it('is trusted from NODE_EXTRA_CA_CERTS', async () => {
    environment = { ...environment, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }
    const { out } = await check('without-ca').ended
    expect(report(out).summary).toMatchObject({ live: count })
  })

  it('is not trusted by itself: no key leaves', async () => {
    const { out, code } = await check('without-ca').ended
    expect(code).toBe(3)
    expect(new Set(report(out).cases.map(({ verdict }) => verdict.reason))).toEqual(new Set(['unreachable']))
    expect(arrived.size).toBe(0)
  })
})

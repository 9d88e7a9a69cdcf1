import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { providerText } from '../catalog/provider-text.ts'
import { shipped } from '../identify/support.ts'
import { keys, providersOf, report, run, withNetwork } from './run.ts'
import { folder } from './support.ts'

const { stripe } = keys
withNetwork()

describe('the other commands', () => {
  it('list providers as a table and as JSON', async () => {
    expect((await run(['providers'])).out).toMatch(/^aws\s+\d+ kinds of key checked/m)
    const { providers } = JSON.parse((await run(['providers', '--to', 'json'])).out) as {
      providers: { id: string; requests: unknown[]; kinds: { probe?: unknown }[] }[]
    }
    expect(providers.map(({ id }) => id)).toEqual(shipped.map(({ id }) => id))
    for (const provider of providers)
      expect(provider).toEqual({
        id: expect.any(String),
        name: expect.any(String),
        hosts: expect.any(Array),
        kinds: expect.any(Array),
        docs: expect.any(Array),
        checked: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        usage: expect.any(Array),
        lookup: expect.any(Array),
        limit: expect.objectContaining({ per_second: expect.any(Number), at_once: expect.any(Number) }),
        requests: expect.any(Array),
      })
    // Some files only recognise, and ask nothing.
    for (const { requests, kinds } of providers)
      expect(requests.length > 0).toBe(kinds.some(({ probe }) => probe !== undefined))
    for (const request of providers.flatMap(({ requests }) => requests))
      expect(request).toMatchObject({
        method: expect.stringMatching(/^(?:GET|HEAD|POST|LOGIN)$/),
        url: expect.stringMatching(/^(?:https|postgresql|mysql|redis|mongodb|amqp):/),
        effect: expect.any(String),
      })
  })

  it('show everything that one provider would be sent', async () => {
    const { code, out } = await run(['providers', 'GitHub'])
    expect(code).toBe(0)
    expect(out).toMatch(/GET https:\/\/api\.github\.com\/user {2}effect: last_used/)
    expect(out).toMatch(/Way back:/)
  })

  it('hold a user’s folder against the format and run its cases', async () => {
    const good = await run(['validators', 'check', providersOf(providerText)])
    expect(good).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /acme: 5 of 5 cases hold\. It can send:\n {4}probe {2}GET https:\/\/api\.acme\.example\/v1\/me/,
      ),
    })
    const wrong = await run([
      'validators',
      'check',
      providersOf(providerText.replace('expect: { state: dead, reason: revoked }', 'expect: { state: live }')),
    ])
    expect(wrong).toMatchObject({
      code: 1,
      out: expect.stringMatching(/case "calls a revoked key dead"\n\s+state: expected "live", got "dead"/),
    })
    const broken = await run([
      'validators',
      'check',
      providersOf(providerText.replace('per_second: 100', 'per_second: fast')),
    ])
    expect(broken).toMatchObject({
      code: 1,
      out: expect.stringMatching(/acme\.yaml:20:10 limit\.per_second: must be a number/),
    })
  })

  it('show and verify the ledger', async () => {
    const home = folder()
    const world = { environment: { XDG_STATE_HOME: home } }
    expect(await run(['ledger', 'verify'], world)).toMatchObject({
      code: 0,
      out: 'Nothing was ever sent from here: there is no ledger.\n',
    })
    await run(['check', report(stripe)], world)
    expect(await run(['ledger', 'show'], world)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/GET https:\/\/api\.stripe\.com\/v1\/account {2}stripe-[0-9a-f]+ {2}200/),
    })
    expect(await run(['ledger', 'verify'], world)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/whole, \d+ lines, head [0-9a-f]{64}/),
    })
    const [name = ''] = readdirSync(join(home, 'afterleak', 'ledger'))
    const ledger = join(home, 'afterleak', 'ledger', name)
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replace('api.stripe.com', 'api.strype.com'))
    expect(await run(['ledger', 'verify'], world)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/BROKEN at line 3/),
    })
  })

  it('write a finished run in another format', async () => {
    const out = join(folder(), 'run.json')
    await run(['check', report(stripe), '--out', out])
    expect(await run(['report', out])).toMatchObject({ code: 0, out: expect.stringMatching(/LIVE 1/) })
    expect((await run(['report', out, '--to', 'csv'])).out).toMatch(/stripe/i)
  })
})

describe.runIf(existsSync('dist/afterleak.js'))('the command itself', () => {
  const environment = { PATH: process.env.PATH ?? '', HOME: folder(), XDG_STATE_HOME: folder() }
  const shell = (command: string, input = '') =>
    spawnSync('/bin/sh', ['-c', command], { env: environment, input, encoding: 'utf8' })
  const afterleak = `"${process.execPath}" dist/afterleak.js`

  it('ends with the exit code', () => {
    expect(shell(`${afterleak} check --no-touch`, `stripe:${stripe}\n`).status).toBe(3)
    expect(shell(`${afterleak} check /nowhere.json`).status).toBe(2)
  })

  it('goes quietly when the reader of a pipe leaves', () => {
    const { stderr, stdout } = shell(`${afterleak} providers --to json | head -1`)
    expect(stdout).toBe('{\n')
    expect(stderr).toBe('')
  })

  it('writes data on standard output and everything else on standard error', () => {
    const { stdout, stderr } = shell(`${afterleak} check --no-touch --to json`, `stripe:${stripe}\n`)
    expect(JSON.parse(stdout)).toMatchObject({ cases: [{ verdict: { reason: 'no_touch' } }] })
    expect(stderr).toMatch(/1 findings? → 1 keys?/)
    expect(`${stdout}${stderr}`).not.toContain(stripe.slice(8, 20))
  })
})

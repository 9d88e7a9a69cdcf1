import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { providerText } from '../catalog/provider-text.ts'
import { keys, providersOf, report, run, withNetwork } from './run.ts'
import { file, folder } from './support.ts'

const { stripe, github, awsId, awsSecret, hex } = keys
withNetwork()

describe('check', () => {
  it('reads standard input, by itself and as -', async () => {
    for (const args of [['check'], ['check', '-']]) {
      const { code, out } = await run([...args, '--to', 'json'], { input: `stripe:${stripe}\n` })
      expect(code).toBe(1)
      expect(JSON.parse(out)).toMatchObject({
        summary: { findings: 1, live: 1 },
        cases: [{ provider: 'stripe', verdict: { state: 'live', identity: { account: 'acct_1' } } }],
      })
    }
  })

  it('asks for one key where nobody sees it, and for nothing else', async () => {
    const { code, asked, out, error } = await run(['check', '--provider', 'stripe', '--to', 'json'], { typed: stripe })
    expect(asked).toEqual(['stripe key (not shown): '])
    expect(code).toBe(1)
    expect(`${out}${error}`).not.toContain(stripe.slice(8, 20))
  })

  it('takes parts from the environment and from files that only their owner may read', async () => {
    const args = [
      'check',
      '--provider',
      'aws',
      '--part',
      'key_id=env:OLD_ID',
      '--part',
      `secret=file:${file('secret', `${awsSecret}\n`)}`,
      '--dry-run',
      '--to',
      'json',
    ]
    const { code, out } = await run(args, { environment: { OLD_ID: awsId } })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      requests: [
        { provider: 'aws', kind: 'access-key', method: 'GET', url: expect.stringMatching(/^https:\/\/sts/) },
        {},
        {},
        {},
      ],
    })
    expect(out).not.toContain(awsSecret.slice(4, 30))
  })

  it('says what it would send, and sends nothing', async () => {
    const text = await run(['check', report(stripe, github, hex), '--dry-run'])
    expect(text.out).toMatch(/Stripe\s+sk_live_…\S+\n\s+GET https:\/\/api\.stripe\.com\/v1\/account/)
    expect(text.out).toMatch(/Nothing was sent\. 2 requests to 2 hosts would be; set aside: 1 no_validator\./)
    expect(readdirSync(join(text.state, 'ledger'))).toEqual([])
    const lines = await run(['check', report(stripe), '--dry-run', '--to', 'jsonl'])
    expect(JSON.parse(lines.out)).toMatchObject({ name: 'Stripe', effect: 'none', alternative: false })
  })

  it('says with which secrets it would try a key id that several stand near', async () => {
    const leak = (RuleID: string, Secret: string, StartLine: number) => ({ RuleID, Secret, StartLine, File: 'a/.env' })
    const other = madeUp('{base64:40}', 'another secret')
    const secrets = [awsSecret, other].map((secret, index) => leak('generic-api-key', secret, 4 + index))
    const leaks = file('gitleaks.json', JSON.stringify([leak('aws-access-token', awsId, 3), ...secrets]))
    const { out } = await run(['check', leaks, '--dry-run', '--to', 'jsonl'])
    const rows: { id: string; shown: string; alternative: boolean }[] = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
    expect(rows.map(({ alternative }) => alternative)).toEqual([false, ...Array.from({ length: 7 }, () => true)])
    for (const { shown } of rows) expect(shown).toMatch(new RegExp(`^${awsId} with .{4}….{4}$`))
  })

  it.each([
    ['report.json', /^\{/],
    ['report.jsonl', /^\{.*\}\n$/],
    ['report.sarif', /"2\.1\.0"/],
    ['report.csv', /,/],
    ['report.md', /Stripe/],
    ['report.html', /<!doctype html>/i],
    ['report.XML', /<testsuite/],
    ['report.txt', /LIVE 1/],
    ['report', /LIVE 1/],
  ])('writes %s in the format of its ending, for its owner alone', async (name, looks) => {
    const out = join(folder(), name)
    const result = await run(['check', report(stripe), '--out', out])
    expect(result.out).toBe('')
    expect(readFileSync(out, 'utf8')).toMatch(looks)
    expect(statSync(out).mode & 0o077).toBe(0)
    expect(result.error).toContain(`→ ${out}`)
  })

  it('lets --to win over the ending', async () => {
    const out = join(folder(), 'report.html')
    await run(['check', report(stripe), '--out', out, '--to', 'json'])
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ schema: 1 })
  })

  it('says nothing on standard error with --quiet', async () => {
    expect((await run(['check', report(stripe), '/nowhere.json', '--quiet'])).error).toBe('')
  })

  it('says what was asked and answered with --verbose', async () => {
    expect((await run(['check', report(stripe), '--verbose'])).error).toMatch(
      /Stripe sk_live_…\S+: live\/works\n {2}GET https:\/\/api\.stripe\.com\/v1\/account → 200/,
    )
  })

  it('asks only whom it should', async () => {
    const { out } = await run(['check', report(stripe, github), '--skip', 'stripe', '--dry-run', '--to', 'json'])
    expect(JSON.parse(out)).toMatchObject({ requests: [{ provider: 'github' }], setAside: { out_of_scope: 1 } })
  })

  it('has colours on a terminal, and none with NO_COLOR', async () => {
    const coloured = await run(['check', report(stripe)], { outIsTerminal: true })
    expect(coloured.out).toContain('\u001b[')
    const plain = await run(['check', report(stripe)], { outIsTerminal: true, environment: { NO_COLOR: '1' } })
    expect(plain.out).not.toContain('\u001b[')
  })

  it('finds its configuration in XDG_CONFIG_HOME', async () => {
    const home = folder()
    mkdirSync(join(home, 'afterleak'))
    writeFileSync(join(home, 'afterleak', 'afterleak.yaml'), 'skip: [stripe]\n')
    const { out } = await run(['check', report(stripe), '--dry-run', '--to', 'json'], {
      environment: { XDG_CONFIG_HOME: home },
    })
    expect(JSON.parse(out)).toMatchObject({ setAside: { out_of_scope: 1 } })
  })

  it('does not pass over a configuration that it can not read', async () => {
    const home = folder()
    mkdirSync(join(home, 'afterleak', 'afterleak.yaml'), { recursive: true })
    const { code, error } = await run(['check', report(stripe)], { environment: { XDG_CONFIG_HOME: home } })
    expect(code).toBe(2)
    expect(error).toMatch(/the configuration .* could not be read: it is a folder/)
  })

  it('takes a user’s own provider, and keeps everything for its owner', async () => {
    const own = await run(['check', '--validators', providersOf(providerText), '--dry-run', '--to', 'json'], {
      input: 'acme:acme_eu_abcdefghijkLMNOP12345678\n',
    })
    expect(JSON.parse(own.out)).toMatchObject({
      requests: [
        { url: 'https://api.eu.acme.example/v1/me' },
        { url: 'https://api.eu.acme.example/v1/scopes', alternative: true },
      ],
    })
    const { state } = await run(['check', report(stripe)])
    expect(statSync(state).mode & 0o077).toBe(0)
    for (const name of readdirSync(state, { recursive: true, encoding: 'utf8' }))
      expect(statSync(join(state, name)).mode & 0o077).toBe(0)
  })
})

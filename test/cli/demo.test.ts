import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type * as Load from '../../src/catalog/load.ts'
import { program } from '../../src/cli/program.ts'
import { auditorsAnswer, demoAuditor } from '../../src/demo/admin-sources.ts'
import { demoKeys } from '../../src/demo/findings.ts'
import { demoLogs } from '../../src/demo/usage-logs.ts'
import { fakeTerminal, folder, shippedCatalog } from './support.ts'

const catalog = await shippedCatalog()

vi.mock('../../src/catalog/load.ts', async original => {
  const real = await original<typeof Load>()
  return { ...real, loadCatalog: () => real.loadCatalog({ from: catalog }) }
})

/** Unlike other commands of these tests, the demo brings its own network. */
async function run(args: readonly string[]) {
  const terminal = fakeTerminal({})
  const code = await program(terminal, args)
  return { code, ...terminal.written }
}

describe('the demo', () => {
  it('checks, then shows a misused key first, in eighty columns, as a page and as a report to explain', {
    timeout: 60_000,
  }, async () => {
    const out = join(folder(), 'demo.html')
    const { code, out: said, error } = await run(['demo', '--out', out])
    expect(code).toBe(0)
    expect(said.split('\n').filter(line => line.length > 80)).toEqual([])
    const [checked = '', investigated = ''] = said.split('ACT NOW')
    expect(checked).toMatch(/^LIVE 7\n/)
    const text = investigated.replaceAll(/\s+/g, ' ')
    expect(text).toMatch(
      /^ 2 due .* \(1 h\) 1 AWS AKIA\w+ .*Likely misused \(chance of misuse 9\d %\).*6 min after the leak/,
    )
    expect(text).toContain('from 203.0.113.50 by boto3')
    expect(text).toContain('Keys made by it, which must go too: AKIA')
    expect(text).toContain('1 event of it was a call of our own')
    expect(checked).toMatch(/AWS +AKIA\w+ +disabled .*\n.*list of access keys has it as inactive/)
    expect(text).toMatch(/2 GitHub ghp_…\w{4} robin .*Likely misused .*203\.0\.113\.77/)
    expect(text).toMatch(/No log shows who uses it/)
    expect(readFileSync(out, 'utf8')).toContain('<h1>7 of 17 keys work; 2 are being misused; act on 4 today.</h1>')
    const [, id = '', file = ''] = /afterleak explain (\S+) (\S+)/.exec(error) ?? []
    expect(existsSync(file)).toBe(true)
    const explained = await run(['explain', id, file])
    expect([explained.error, explained.code]).toEqual(['', 0])
    expect(explained.out).toContain('Revoke it now')
  })

  it('has logs with the ids and hashes of keys, and no secret', () => {
    const keys = demoKeys('a seed')
    const { trail, audit } = demoLogs(keys, new Date('2026-11-01T10:00:00Z'), 'made')
    const text = JSON.stringify([trail, [...audit]])
    for (const { parts } of keys)
      for (const [name, part] of Object.entries(parts)) if (name !== 'access_key_id') expect(text).not.toContain(part)
  })
})

describe("the demo's admin sources", () => {
  const keys = demoKeys('a seed')
  const auditor = demoAuditor('a seed')
  const logs = demoLogs(keys, new Date('2026-11-01T10:00:00Z'), 'made')
  const leaked = keys.find(({ provider, fate }) => provider === 'aws' && fate === 'live')?.parts ?? {}
  const token = keys.find(({ provider, fate }) => provider === 'github' && fate === 'live')?.parts['key'] ?? ''
  const answer = (host: string, path: string, authorization: string, body = '') =>
    auditorsAnswer({ host, path, authorization, body }, { keys, logs, auditor })
  const lookup = (key: string) => JSON.stringify({ LookupAttributes: [{ AttributeValue: key }] })
  const audit = (of: string) =>
    `/orgs/example/audit-log?phrase=hashed_token:%22${encodeURIComponent(createHash('sha256').update(of).digest('base64'))}%22`

  it('answer the auditor, and nobody else', () => {
    const id = leaked['access_key_id'] ?? ''
    const trail = 'cloudtrail.eu-west-1.amazonaws.com'
    expect(answer(trail, '/', auditor.keyId, lookup(id))?.body).toMatchObject({ NextToken: '50' })
    expect(answer(trail, '/', id, lookup(id))?.status).toBe(403)
    expect(answer('iam.amazonaws.com', '/?Action=ListAccessKeys', id)?.status).toBe(403)
    expect(answer('api.github.com', audit(token), auditor.token)?.body).toHaveLength(39)
    expect(answer('api.github.com', audit(token), token)?.status).toBe(404)
  })

  it('show of other keys nothing', () => {
    expect(answer('cloudtrail.us-east-1.amazonaws.com', '/', auditor.keyId, lookup('other'))?.body).toEqual({
      Events: [],
    })
    expect(answer('api.github.com', audit('other'), auditor.token)?.body).toEqual([])
  })
})

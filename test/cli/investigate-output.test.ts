import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formatsPlugin from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { formats } from '../../src/report/formats.ts'
import { reportSchema } from '../../src/report/json-schema.ts'
import { found, secrets } from './leaked.ts'
import { run } from './run.ts'
import { folder } from './support.ts'
import {
  findings,
  leak,
  leakedId,
  leakedSecret,
  owner,
  ownerCalls,
  record,
  stranger,
  strangersCalls,
  stripe,
  trail,
  withProviders,
} from './trail-world.ts'

withProviders()

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true })
formatsPlugin.default(ajv)
const isReport = ajv.compile(reportSchema)
const isCase = ajv.compile({ $defs: reportSchema.$defs, $ref: '#/$defs/case' })

const args = ['investigate', findings([stripe, leakedId, leakedSecret]), '--exposure', 'public']
const log = trail(...ownerCalls(), ...strangersCalls())
const written = async (to: string): Promise<string> => (await run([...args, '--logs', log, '--to', to])).out

describe('what investigate writes', () => {
  it('keeps to the published schema, as JSON and as JSON lines', async () => {
    expect([isReport(JSON.parse(await written('json'))), isReport.errors]).toEqual([true, null])
    const lines = (await written('jsonl')).trim().split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines) expect([isCase(JSON.parse(line)), isCase.errors]).toEqual([true, null])
  })

  it('has the decision in columns of CSV, behind those of check', async () => {
    const [head = '', first = ''] = (await written('csv')).split('\r\n')
    expect(head).toMatch(/,first_at,decision,due,misuse,p,first_suspicious,read_or_tried_by$/)
    expect(first).toMatch(/,act_now,\d{4}-[^,]*Z,likely,0?\.?[01]\.\d+,\d{4}-[^,]*Z,$/)
  })

  it('has a level by the decision in SARIF', async () => {
    const { runs } = JSON.parse(await written('sarif'))
    const [first] = runs[0].results
    expect(first).toMatchObject({ level: 'error', properties: { decision: 'act_now', misuse: 'likely' } })
    const dead = await run([
      'investigate',
      findings([madeUp('AKIA{aws-account:210987654321}', 'dead'), leakedSecret]),
      '--logs',
      log,
      '--to',
      'sarif',
    ])
    expect(JSON.parse(dead.out).runs[0].results[0]).toMatchObject({ level: 'note', properties: { decision: 'none' } })
  })

  it('has what to do in Markdown fit for a ticket', async () => {
    const text = await written('markdown')
    expect(text).toMatch(/^## 2 of 2 keys work; 1 is being misused; act on \d today/)
    expect(text).toMatch(/\n\n\| Do \| Due \|.*\n\| --- .*\n\| Act now \| \d{4}/)
    expect(text).toContain('Not seen:\n\n- cloudtrail: ')
  })

  it('is every joined event once as OCSF, with --to ocsf', async () => {
    const lines = (await written('ocsf'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines).toHaveLength(ownerCalls().length + strangersCalls().length)
    expect(new Set(lines.map(({ class_uid: uid }) => uid))).toEqual(new Set([6003]))
  })

  it('can be written again in another format, and explained', async () => {
    const environment = { XDG_STATE_HOME: folder() }
    const out = join(folder(), 'run.json')
    await run([...args, '--logs', log, '--out', out], { environment })
    const table = await run(['report', out], { environment })
    expect(table.out).toMatch(/^ACT NOW 1 {3}due /)
    const { out: words } = await run(['explain', leakedId], { environment })
    expect(words).toMatch(/Revoke it now, because somebody else is using it/)
  })
})

describe('the bundle of evidence', () => {
  it('holds the report, the events relied on, and hashes that anybody can compare', async () => {
    const path = join(folder(), 'evidence')
    const { out } = await run([...args, '--logs', log, '--bundle', path, '--to', 'json'])
    const { run: about, cases } = JSON.parse(out)
    expect(readdirSync(path).toSorted()).toEqual(['events.jsonl', 'manifest.json', 'report.json'])
    expect(statSync(path).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o777).toBe(0o600)
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'))
    expect(manifest.ledgerHead).toBe(about.ledgerHead)
    expect(manifest.ledgerHead).toMatch(/^[0-9a-f]{64}$/)
    const sha256 = (name: string) => createHash('sha256').update(readFileSync(name)).digest('hex')
    for (const { name, sha256: expected } of manifest.files) expect(sha256(join(path, name))).toBe(expected)
    expect(manifest.logs).toEqual([{ name: log, bytes: statSync(log).size, sha256: sha256(log) }])
    const events = readFileSync(join(path, 'events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    const named = cases[0].misuse.sessions.flatMap((session: { events: string[] }) => session.events)
    expect(new Set(events.map(({ id }) => id))).toEqual(new Set(named))
    expect(events.some(({ action, ip }) => action === 'PutUserPolicy' && ip === stranger.ip)).toBe(true)
  })
})

describe('a log that holds the secrets themselves', () => {
  const hostile = Object.values(secrets).flatMap((secret, index) => [
    record({
      at: leak.getTime() + index * 60_000,
      action: 'iam:PutUserPolicy',
      ip: stranger.ip,
      userAgent: `curl ${secret}`,
      more: {
        requestParameters: { policyDocument: secret, password: secret, name: encodeURIComponent(secret) },
        errorCode: secret,
        errorMessage: secret,
      },
    }),
    record({
      at: leak.getTime() + index * 60_000,
      action: `s3:Get${secret}`,
      ip: secret,
      userAgent: Buffer.from(secret).toString('base64'),
      requestId: secret,
    }),
    // A log cuts long fields short.
    record({
      at: leak.getTime() + index * 60_000,
      action: 's3:ListBuckets',
      ip: stranger.ip,
      userAgent: `curl ${secret.slice(0, -4)}...`,
      more: {
        errorCode: 'AccessDenied',
        errorMessage: `${'x'.repeat(Math.max(0, 119 - secret.length))}${secret} and more`,
      },
    }),
  ])
  const reports = [findings([leakedId, leakedSecret, ...Object.values(secrets)])]
  const poisoned = trail(
    ...ownerCalls(),
    ...hostile,
    record({ at: leak.getTime(), action: 's3:ListBuckets', ...owner }),
  )

  it.each([...Object.keys(formats), 'ocsf'])('shows none of them in any form as %s', async to => {
    const path = join(folder(), 'evidence')
    const environment = { XDG_STATE_HOME: folder() }
    const command = ['investigate', ...reports, '--logs', poisoned, '--to', to, '--bundle', path, '--all', '--verbose']
    const { out, error } = await run([...command, '--exposure', 'public', '--attempts', '1'], { environment })
    expect(out.length).toBeGreaterThan(500)
    expect([found(Buffer.from(out)), found(Buffer.from(error))]).toEqual([[], []])
    for (const name of readdirSync(path)) expect([name, found(readFileSync(join(path, name)))]).toEqual([name, []])
    const state = environment.XDG_STATE_HOME
    for (const name of readdirSync(state, { recursive: true, encoding: 'utf8' })) {
      if (!statSync(join(state, name)).isFile()) continue
      expect([name, found(readFileSync(join(state, name)))]).toEqual([name, []])
    }
  })
})

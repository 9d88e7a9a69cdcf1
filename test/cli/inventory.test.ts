import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { run } from './run.ts'
import { folder } from './support.ts'
import { findings, leakedId, owner, record } from './trail-world.ts'

it('is a sheet of who uses which key: by logs, by the inventory, or nobody that is known', async () => {
  const home = folder()
  const path = (name: string): string => join(home, name)
  const at = Date.parse('2026-11-20T10:00:30Z')
  const called = record({ at, action: 's3:ListBuckets', key: leakedId, ...owner })
  const strange = record({ at, action: 's3:ListBuckets', key: leakedId, ip: '203.0.113.9', userAgent: '=cmd|curl' })
  writeFileSync(path('trail.jsonl'), `${JSON.stringify(called)}\n${JSON.stringify(strange)}\n`)
  writeFileSync(
    path('services.csv'),
    `service,owner,networks,keys,stores\nbilling,bill@example.com,,deploy,vault:kv/pay\n`,
  )
  writeFileSync(
    path('afterleak.yaml'),
    `services: { terraform: { owner: ops@example.com, networks: [${owner.ip}/32] } }\ninventory: ${path('services.csv')}\n`,
  )
  const world = { environment: { XDG_STATE_HOME: home, NONE: `sk_live_${'0aB'.repeat(8)}` } }
  const config = ['--config', path('afterleak.yaml')]
  await run(['watch', 'add', findings(), '--label', 'deploy'], world)
  await run(['watch', 'add', '--provider', 'stripe', '--part', 'key=env:NONE', '--label', 'idle'], world)
  await run(['watch', 'run', '--once', '--logs', path('trail.jsonl'), ...config], world)

  const { out } = await run(['inventory', 'export', ...config], world)
  expect(out).toContain('| terraform | ops@\u2060example.com |  | 2026-11-20 10:00Z |')
  expect(out).toMatch(/\| `203\.0\.113\.9 .*` \(unknown\) \| {2}\| {2}\| 2026-11-20 10:00Z \|/)
  expect(out).toContain('| billing | bill@\u2060example.com | vault:kv/pay | not seen |')
  expect(out).toMatch(/## idle .*\n\n.*\n\n.*\n.*\n\| nobody known \|/)

  const sheet = await run(['inventory', 'export', '--to', 'csv', ...config], world)
  const rows: Record<string, string>[] = parse(sheet.out, { columns: true })
  const users = rows.filter(({ provider }) => provider === 'aws')
  expect(users.map(({ caller = '', in_inventory: known }) => `${known} ${caller}`).toSorted()).toEqual([
    expect.stringMatching(/^no 203\.0\.113\.9 /),
    'yes billing',
    'yes terraform',
  ])
  expect(rows.find(({ key = '' }) => key.startsWith('idle'))).toMatchObject({ caller: '', in_inventory: '' })
  expect(await run(['inventory', 'export', '--to', 'xml', ...config], world)).toMatchObject({ code: 2 })
}, 60_000)

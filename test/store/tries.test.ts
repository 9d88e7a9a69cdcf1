import { mkdtempSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/ledger.ts'
import type { SafeRequest } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'
import { ledgerFile, openState } from '../../src/store/state.ts'
import { triedSince } from '../../src/store/tries.ts'
import { planned } from '../engine/support.ts'

const state = openState(mkdtempSync(join(tmpdir(), 'afterleak-tries-')))

function login(user: string): SafeRequest {
  return planned({
    parts: { user: { public: true, text: user }, key: { public: false, secret: new Secret('acme_S3cretS3cret') } },
    once: '{user}',
  })
}

function run(id: string, requests: readonly (readonly [SafeRequest, string])[]): string {
  const file = ledgerFile(state, id)
  const ledger = openLedger(file, { run: id, version: '0', started: '2026-11-24T03:00:00.000Z' })
  for (const [request, at] of requests) void ledger.sent(request, at)
  ledger.close()
  return file
}

describe('accounts that other runs tried', () => {
  it('are known from their ledgers, each with its last time, and without those that nothing locks', async () => {
    run('20261124-030000-aaaaaa', [
      [login('alice'), '2026-11-24T03:00:00.000Z'],
      [login('bob'), '2026-11-24T03:00:01.000Z'],
      [planned(), '2026-11-24T03:00:02.000Z'],
    ])
    run('20261124-040000-bbbbbb', [[login('Alice'), '2026-11-24T04:00:00.000Z']])
    expect([...(await triedSince(state, Date.parse('2026-11-23T00:00:00Z')))]).toEqual([
      ['api.acme.test alice', '2026-11-24T04:00:00.000Z'],
      ['api.acme.test bob', '2026-11-24T03:00:01.000Z'],
    ])
  })

  it('are not looked for in ledgers that ended before', async () => {
    const file = run('20261101-000000-cccccc', [[login('carol'), '2026-11-01T00:00:00.000Z']])
    utimesSync(file, new Date('2026-11-01T00:00:00Z'), new Date('2026-11-01T00:00:00Z'))
    expect([...(await triedSince(state, Date.parse('2026-11-20T00:00:00Z'))).keys()]).not.toContain(
      'api.acme.test carol',
    )
  })
})

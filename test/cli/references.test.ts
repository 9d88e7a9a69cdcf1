import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import { answering, simulated } from './network.ts'
import { keys, report, run } from './run.ts'
import { file } from './support.ts'

const token = madeUp('hvs.{alnum:24}', 'token of the command')
const teamKey = madeUp('{hex:64}', 'key of the team')
const environment = { VAULT_ADDR: 'https://vault.example.com', VAULT_TOKEN: token }
const config = file('references.yaml', 'fingerprint_key: vault:secret/team#key\n')

beforeAll(async () => {
  simulated.network = await startLoopback(
    ['api.stripe.com', 'vault.example.com'],
    answering(({ host, path, headers }) => {
      if (host === 'api.stripe.com') return { status: 200, json: { object: 'account', id: 'acct_1', country: 'IE' } }
      if (headers['x-vault-token'] !== token) return { status: 403, json: { errors: ['permission denied'] } }
      if (path.startsWith('/v1/sys/'))
        return { status: 200, json: { data: { type: 'kv', path: 'secret/', options: { version: '2' } } } }
      const key = path === '/v1/secret/data/team' ? teamKey : keys.stripe
      return { status: 200, json: { data: { data: { key }, metadata: {} } } }
    }),
  )
})
afterAll(() => simulated.network?.close())

describe('references on the command line', () => {
  it('checks a key out of Vault, and leaves neither key nor token anywhere', async () => {
    const args = ['check', '--provider', 'stripe', '--part', 'key=vault:secret/ci/stripe#key', '--to', 'json']
    const { code, out, error, state } = await run([...args, '--verbose'], { environment })
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ cases: [{ provider: 'stripe', verdict: { state: 'live' } }] })
    const written = readdirSync(state, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('')
    expect(written).toContain('"channel":"reference","provider":"vault"')
    expect(written).toContain('"channel":"probe","provider":"stripe"')
    for (const secret of [keys.stripe, token]) expect(`${out}${error}${written}`).not.toContain(secret.slice(10))
  })

  it('gives a key the same id on every machine that reads the same fingerprint key', async () => {
    const ids = []
    for (let machine = 0; machine < 2; machine++) {
      const { out } = await run(['check', report(keys.stripe), '--config', config, '--to', 'json'], { environment })
      ids.push(JSON.parse(out).cases[0].id)
    }
    expect(ids[0]).toBe(ids[1])
    const other = await run(['check', report(keys.stripe), '--to', 'json'], { environment })
    expect(JSON.parse(other.out).cases[0].id).not.toBe(ids[0])
  })

  it('ends with 2 where the fingerprint key can not be read, and sends nothing else', async () => {
    const { code, error, state } = await run(['check', report(keys.stripe), '--config', config], {
      environment: { ...environment, VAULT_TOKEN: 'expired' },
    })
    expect(code).toBe(2)
    expect(error).toMatch(/fingerprint_key: vault:secret\/team was not read: vault\.example\.com answered 403/)
    const ledger = readdirSync(join(state, 'ledger')).map(name => readFileSync(join(state, 'ledger', name), 'utf8'))
    expect(ledger.join('')).not.toContain('api.stripe.com')
  })

  it.each(['--dry-run', '--no-touch'])('asks no store of secrets with %s', async option => {
    const { code, error, state } = await run(['check', report(keys.stripe), '--config', config, option], {
      environment,
    })
    expect(code).not.toBe(2)
    expect(error).toMatch(/fingerprint_key: not read, as nothing is sent now/)
    expect(readdirSync(join(state, 'ledger'))).toEqual([])
  })
})

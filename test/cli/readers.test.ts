import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLoopback } from '../../src/demo/loopback.ts'
import { simulated } from './network.ts'
import { answer, auditId, auditSecret, seen } from './pull-world.ts'
import { run } from './run.ts'
import { file, folder } from './support.ts'
import { findings, leak, stranger, stripe } from './trail-world.ts'

const hosts = ['eu-west-1', 'us-east-1'].map(region => `cloudtrail.${region}.amazonaws.com`)
beforeAll(async () => {
  simulated.network = await startLoopback(
    [...hosts, 'ec2.us-east-1.amazonaws.com', 'api.stripe.com'],
    (request, response) => void answer(request, response),
  )
})
afterAll(() => simulated.network?.close())

const at = (minutes: number): string => new Date(leak.getTime() + minutes * 60_000).toISOString()
const vaultLog = file(
  'vault.jsonl',
  [
    { when: -9000, who: 'approle-pay', from: '10.2.0.4', id: 'a' },
    { when: 30, who: 'approle-pay', from: '10.2.0.4', id: 'b' },
    { when: 90, who: 'oidc-mallory', from: '203.0.113.9', id: 'c' },
  ]
    .map(({ when, who, from, id }) =>
      JSON.stringify({
        time: at(when),
        type: 'response',
        auth: { accessor: 'hmac-sha256:00', display_name: who },
        request: {
          id,
          operation: 'read',
          path: 'kv/data/pay',
          mount_point: 'kv/',
          mount_type: 'kv',
          remote_address: from,
        },
      }),
    )
    .join('\n'),
)
const config = file(
  'afterleak.yaml',
  "services: { checkout: { networks: [10.2.0.0/16], stores: ['vault:kv/pay#key'], keys: [stripe] } }\n",
)
const whole = () => [findings([stripe]), '--no-touch', '--leaked-at', leak.toISOString(), '--config', config]

async function investigated(args: readonly string[]) {
  const environment = { XDG_STATE_HOME: folder(), AUDIT: auditSecret }
  const ran = await run(['investigate', ...whole(), ...args], { environment })
  return { ...ran, environment }
}

describe('who read a leaked key in its store', () => {
  it('is in every report, with what it may be, and in what explain says', async () => {
    const saved = file('run.json', '')
    const bundle = join(folder(), 'evidence')
    const { code, error, environment } = await investigated(['--logs', vaultLog, '--out', saved, '--bundle', bundle])
    expect([code, error]).toEqual([3, expect.not.stringContaining('usage')])
    const { out } = await run(['report', saved], { environment })
    const said = out.replaceAll(/\s+/g, ' ')
    expect(said).toContain('Kept in vault:kv/pay (checkout, by the inventory).')
    expect(said).toMatch(
      /Read there since .* UTC by oidc-mallory from 203\.0\.113\.9 once, last .* first seen after the leak;/,
    )
    expect(said).toContain('checkout (approle-pay) from 10.2.0.4 2 times')
    const explained = await run(['explain', 'stripe', saved], { environment })
    expect(explained.out.replaceAll(/\s+/g, ' ')).toContain('oidc-mallory from 203.0.113.9 once')
    const page = await run(['report', saved, '--to', 'html'], { environment })
    expect(page.out).toContain('<h3>Who read it where it is kept <b>2</b></h3>')
    expect(page.out).toContain('hmac-sha256:00 · vault:kv/pay')
    const relied = readFileSync(join(bundle, 'events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(text => JSON.parse(text))
    expect(relied.map(({ actor, ip, resource }) => [actor, ip, resource])).toContainEqual([
      'oidc-mallory',
      '203.0.113.9',
      'vault:kv/pay',
    ])
    const events = await investigated(['--logs', vaultLog, '--to', 'ocsf'])
    expect(events.out).toContain('oidc-mallory')
    for (const to of ['markdown', 'json', 'jsonl', 'sarif', 'csv', 'junit'])
      expect([to, (await run(['report', saved, '--to', to], { environment })).out]).toEqual([
        to,
        expect.stringContaining('oidc-mallory'),
      ])
  })

  it('is asked of CloudTrail for a key of any provider, where an auditor may', { timeout: 30_000 }, async () => {
    seen.length = 0
    const admin = ['--pull', '--admin', `aws.key_id=${auditId}`, '--admin', 'aws.secret=env:AUDIT']
    const kept = ['--kept-in', 'stripe=aws-sm:prod/stripe#key']
    const { out } = await investigated([...kept, ...admin, '--to', 'json'])
    const { readers } = JSON.parse(out).cases[0]
    expect(readers.kept).toContainEqual({ store: 'aws-sm:prod/stripe', by: 'user' })
    expect(readers.readers).toMatchObject([{ store: 'aws-sm:prod/stripe', ip: stranger.ip, count: 1 }])
    expect(readers.coverage).toContainEqual(expect.objectContaining({ source: 'cloudtrail', state: 'ok' }))
    expect(seen.every(({ authorization }) => authorization.includes(auditId))).toBe(true)
  })

  it('is not asked for where no key is kept there, and wanting where nobody may ask', async () => {
    const { out } = await investigated(['--pull', '--kept-in', 'aws-sm:prod/stripe', '--to', 'json'])
    expect(JSON.parse(out).cases[0].readers.coverage).toContainEqual(
      expect.objectContaining({
        source: 'cloudtrail',
        state: 'unavailable',
        why: expect.stringContaining('--admin aws='),
      }),
    )
    seen.length = 0
    await investigated([
      '--pull',
      '--admin',
      `aws.key_id=${auditId}`,
      '--admin',
      'aws.secret=env:AUDIT',
      '--to',
      'json',
    ])
    expect(seen).toEqual([])
  })

  it('is foreseen by a dry run, which sends nothing', async () => {
    seen.length = 0
    const admin = ['--pull', '--admin', `aws.key_id=${auditId}`, '--admin', 'aws.secret=env:AUDIT', '--dry-run']
    const asked = async (args: readonly string[]) => (await investigated([...args, ...admin])).out
    expect(await asked(['--kept-in', 'aws-sm:prod/stripe'])).toContain('POST https://cloudtrail.')
    expect(await asked([])).not.toContain('cloudtrail.')
    expect(seen).toEqual([])
  })

  it('needs a reference that names a store', async () => {
    const { code, error } = await investigated(['--kept-in', 'env:KEY'])
    expect([code, error]).toEqual([2, expect.stringContaining('--kept-in env:KEY: write a reference')])
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startLoopback } from '../../src/demo/loopback.ts'
import { simulated } from './network.ts'
import { run } from './run.ts'
import { file } from './support.ts'
import { asked, leaked, usageHosts, usageWorld } from './usage-world.ts'

beforeAll(async () => {
  simulated.network = await startLoopback(usageHosts, usageWorld)
})
afterAll(() => simulated.network?.close())
beforeEach(() => {
  asked.length = 0
})

const admin = 'x'.repeat(40)

/** One investigation of all the keys, in one format. */
async function investigated(to: string) {
  const keys = Object.entries(leaked).map(([provider, key]) => `${provider}:${key}\n`)
  const admins = ['openai=env:ADMIN', 'cloudflare=env:ADMIN', 'cloudflare.account=acc1'].flatMap(one => [
    '--admin',
    one,
  ])
  return run(
    [
      'investigate',
      file('keys.txt', keys.join('')),
      '--pull',
      '--exposure',
      'public',
      '--patience',
      '1s',
      ...admins,
      '--to',
      to,
    ],
    { environment: { ADMIN: admin } },
  )
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ')

describe('logs of providers that answer, deny, lack a plan, are asked too often, or lie', { timeout: 60_000 }, () => {
  it('each say in the table what was read of them, since when, and what was not', async () => {
    const { out } = await investigated('table')
    const text = plain(out)
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(text).toMatch(
      /Looked at: openai-completions, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d \(this key alone\); openai-\w+, openai-\w+, /,
    )
    expect(text).toMatch(
      /nothing in it \(this key alone\)\. Not seen: openai-\w+, openai-\w+, openai-\w+: from which address/,
    )
    expect(text).toContain("Not seen: pagerduty-audit-records: plan: the account's plan has no Audit Trail. ")
    expect(text).toContain('cloudflare-token-audit-log: scope: the token was refused')
    expect(text).toContain('sendgrid-access-attempts: api.sendgrid.com says that it is asked too often. ')
    expect(text).toContain('intercom-activity-logs: it names another address for its next page, which is not followed.')
  })

  it('are found misused where one hour has two hundred times the calls of others', async () => {
    const { out } = await investigated('json')
    const [openai] = JSON.parse(out).cases
    expect(openai).toMatchObject({ provider: 'openai', misuse: { level: 'suspicious' } })
    const states = JSON.parse(out).cases.flatMap(
      ({ misuse }: { misuse: { coverage: { source: string; state: string }[] } }) =>
        misuse.coverage.map(({ source, state }) => [source, state]),
    )
    expect(Object.fromEntries(states)).toMatchObject({
      'openai-completions': 'ok',
      'openai-images': 'empty',
      'pagerduty-audit-records': 'unavailable',
      'cloudflare-token-audit-log': 'denied',
      'sendgrid-access-attempts': 'rate_limited',
      'intercom-activity-logs': 'partial',
    })
  })

  it('are asked by an administrator where one is given, page by page, and never elsewhere', async () => {
    const { out, error } = await investigated('json')
    expect(asked.filter(line => line.includes('evil'))).toEqual([])
    expect(asked.filter(line => line.includes('/usage/completions'))).toHaveLength(2)
    expect(
      asked
        .filter(line => line.includes('/audit/records'))
        .every(line => line.includes(`truncated_token=${encodeURIComponent(leaked.pagerduty.slice(-4))}`)),
    ).toBe(true)
    for (const secret of [...Object.values(leaked), admin]) expect(out + error + asked.join()).not.toContain(secret)
  })

  it.each(['markdown', 'html'])('say so in %s too', async to => {
    const { out } = await investigated(to)
    expect(out).toContain('openai-completions')
    expect(out).toContain('plan has no Audit Trail')
  })
})

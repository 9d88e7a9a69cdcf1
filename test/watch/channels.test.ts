import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/catalog/load.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import { type OpenRun, openRun } from '../../src/composition/run.ts'
import { readConfig } from '../../src/config/config.ts'
import { type Loopback, startLoopback } from '../../src/demo/loopback.ts'
import { Keyring } from '../../src/model/keyring.ts'
import type { Notify } from '../../src/model/notify.ts'
import type { Transition } from '../../src/model/watch.ts'
import { ledgerFile, openState } from '../../src/store/state.ts'
import { channelsFrom, receiversOf } from '../../src/watch/channels.ts'
import { shippedCatalog } from '../cli/support.ts'
import { start } from './support.ts'

const secrets = {
  SLACK: `https://hooks.slack.com/services/${madeUp('{alnum:9}', 'slack')}/${madeUp('{alnum:9}', 'slack too')}/${madeUp('{alnum:24}', 'slack')}`,
  TEAMS: `https://prod-1.westeurope.logic.azure.com/workflows/${madeUp('{hex:32}', 'teams')}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${madeUp('{alnum:43}', 'teams')}`,
  ELSEWHERE: 'https://hooks.slack.com.example.com/services/a/b/c',
  PLAIN: 'http://hooks.slack.com/services/a/b/c',
  ROUTING: madeUp('{hex:32}', 'pagerduty'),
  SIGNING: `whsec_${Buffer.from('a secret of the receiver').toString('base64')}`,
  TOKEN: madeUp('{alnum:40}', 'token'),
}

const transition: Transition = {
  id: '0123456789abcdef01234567',
  kind: 'came_back',
  at: start,
  watched: 'stripe-1',
  provider: 'stripe',
  severity: 'critical',
  title: 'old (Stripe sk_live_…wXyZ) works again',
  says: ['It was dead since <yesterday> & more.', 'Asked {key} of @everyone.'],
  todo: ['Find out who.'],
}

interface Got {
  readonly host: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: Record<string, unknown>
}

interface Answered {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly final?: true
}

const page = { 'content-type': 'text/html' }
const answers: readonly Answered[] = [
  { status: 500 },
  { status: 429, headers: { 'retry-after': '3600' } },
  { status: 404, final: true },
  { status: 403, final: true },
  { status: 302, headers: { location: 'https://soc.example.com/' }, body: '' },
  { status: 403, headers: page, body: '<html>blocked</html>' },
  { status: 200, headers: page, body: '<html>sign in</html>' },
]

let network: Loopback
let folder: string
let run: OpenRun
const keyring = new Keyring()
const got: Got[] = []
let answer: Answered = { status: 200 }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
  const hosts = [
    'hooks.slack.com',
    'prod-1.westeurope.logic.azure.com',
    'events.eu.pagerduty.com',
    'api.github.com',
    ...answers.map((_, i) => `soc-${i}.example.com`),
    'soc.example.com',
    'acme.atlassian.net',
    'hooks.slack.com.example.com',
  ]
  network = await startLoopback(hosts, (request, response) => {
    let text = ''
    request.on('data', piece => {
      text += String(piece)
    })
    request.on('end', () => {
      const { host = '' } = request.headers
      const json: Record<string, unknown> = JSON.parse(text)
      got.push({ host: host.replace(/:\d+$/, ''), path: request.url ?? '', headers: request.headers, text, json })
      const { status, headers, body = '{}' } = answer
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
    })
  })
  const { catalog } = await loadCatalog({ from: await shippedCatalog() })
  run = await openRun(
    catalog,
    { state: folder, ca: [network.ca], route: network.route, environment: secrets, attempts: 1 },
    keyring,
  )
})
afterAll(async () => {
  await run.close(true)
  await network.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  got.length = 0
  answer = { status: 200 }
})

function notify(yaml: string): readonly Notify[] {
  const { config, faults } = {
    faults: undefined,
    config: undefined,
    ...readConfig('afterleak.yaml', `notify:\n${yaml}`),
  }
  expect(faults).toBeUndefined()
  return config?.notify ?? []
}

async function told(yaml: string, change = transition) {
  const [channel] = channelsFrom(notify(yaml), {
    send: run.walk.send,
    resolve: run.resolve,
    scrub: json => keyring.scrub(json, 'json'),
  })
  return channel?.deliver(change)
}

describe('a message', () => {
  it('reaches Slack, escaped, with what to do', async () => {
    expect(await told('  - { to: slack, url: env:SLACK }')).toEqual({ ok: true })
    expect(got).toMatchObject([{ host: 'hooks.slack.com', path: new URL(secrets.SLACK).pathname }])
    expect(got[0]?.text).toContain('It was dead since &lt;yesterday&gt; &amp; more.')
    expect(got[0]?.text).toContain('• Find out who.')
  })

  it('reaches Teams with its whole address, as an Adaptive Card', async () => {
    expect(await told('  - { to: teams, url: env:TEAMS }')).toEqual({ ok: true })
    const { pathname, searchParams } = new URL(secrets.TEAMS)
    const asked = new URL(got[0]?.path ?? '', 'https://x')
    expect([asked.pathname, [...asked.searchParams]]).toEqual([pathname, [...searchParams]])
    expect(got[0]?.json).toMatchObject({ attachments: [{ content: { type: 'AdaptiveCard' } }] })
  })

  it('reaches PagerDuty with its key, and the same dedup_key each time', async () => {
    expect(await told('  - { to: pagerduty, key: env:ROUTING, region: eu }')).toEqual({ ok: true })
    expect(got[0]).toMatchObject({ host: 'events.eu.pagerduty.com', path: '/v2/enqueue' })
    expect(got[0]?.json).toMatchObject({
      routing_key: secrets.ROUTING,
      dedup_key: transition.id,
      payload: { severity: 'critical', custom_details: { says: transition.says } },
    })
  })

  it('ends the incident in PagerDuty that its beginning has made', async () => {
    await told('  - { to: pagerduty, key: env:ROUTING, region: eu }', {
      ...transition,
      id: 'f'.repeat(24),
      ends: transition.id,
    })
    expect(got[0]?.json).toMatchObject({ event_action: 'resolve', dedup_key: transition.id })
  })

  it('is signed for a webhook, so that its receiver can tell it from a forged one', async () => {
    expect(await told('  - { to: webhook, url: "https://soc.example.com/in?x=1", secret: env:SIGNING }')).toEqual({
      ok: true,
    })
    const { headers, text = '', path } = got[0] ?? {}
    const [id, at] = [String(headers?.['webhook-id']), String(headers?.['webhook-timestamp'])]
    const expected = createHmac('sha256', 'a secret of the receiver').update(`${id}.${at}.${text}`).digest('base64')
    expect([id, path, headers?.['webhook-signature']]).toEqual([transition.id, '/in?x=1', `v1,${expected}`])
    expect(JSON.parse(text)).toMatchObject({ type: 'key.came_back', data: transition })
  })

  it('becomes an issue on GitHub and in Jira', async () => {
    expect(await told('  - { to: github, repository: acme/secrets, token: env:TOKEN }')).toEqual({ ok: true })
    expect(
      await told(
        '  - { to: jira, url: "https://acme.atlassian.net", project: SEC, user: a@example.com, token: env:TOKEN }',
      ),
    ).toEqual({ ok: true })
    const basic = `Basic ${Buffer.from(`a@example.com:${secrets.TOKEN}`).toString('base64')}`
    expect(got).toMatchObject([
      { path: '/repos/acme/secrets/issues', headers: { authorization: `Bearer ${secrets.TOKEN}` } },
      { path: '/rest/api/2/issue', headers: { authorization: basic }, json: { fields: { project: { key: 'SEC' } } } },
    ])
    expect(got[0]?.json).toMatchObject({ title: transition.title, labels: ['afterleak'] })
    expect(String(got[0]?.json.body)).not.toMatch(/@everyone|<yesterday>/)
  })

  it.each([
    ['another host', 'ELSEWHERE', 'leads to another host'],
    ['no https address', 'PLAIN', 'is no https address'],
    ['no secret at all', 'MISSING', 'there is no environment variable MISSING'],
  ])('is not sent where a reference holds %s', async (_what, name, why) => {
    expect(await told(`  - { to: slack, url: env:${name} }`)).toEqual({ ok: false, why: expect.stringContaining(why) })
    expect(got).toEqual([])
  })

  it.each(answers.map((given, i) => ({ ...given, i })))(
    'is not delivered by an answer $status $body; for good only where its receiver itself refuses it',
    async ({ i, status, headers = {}, body = '{}', final }) => {
      answer = { status, headers, body }
      const result = await told(`  - { to: webhook, url: "https://soc-${i}.example.com/in" }`)
      expect(result).toMatchObject({ ok: false })
      expect(Reflect.get(result ?? {}, 'final')).toBe(final)
      expect(got).toHaveLength(1)
    },
  )

  it('leaves a line in the ledger, without a secret', async () => {
    await told('  - { to: slack, url: env:SLACK }')
    const ledger = readFileSync(ledgerFile(openState(folder), run.id), 'utf8')
    expect(ledger).toContain('"channel":"notice"')
    for (const secret of Object.values(secrets)) expect(ledger).not.toContain(secret.slice(-20))
  })
})

describe('receivers', () => {
  it('are told what is as serious as they want', () => {
    const all = notify('  - { to: slack, url: env:A, at_least: critical }\n  - { to: teams, url: env:B }')
    expect(receiversOf(all, { severity: 'critical' })).toEqual(['slack', 'teams'])
    expect(receiversOf(all, { severity: 'info' })).toEqual(['teams'])
  })

  it.each([
    ['{ to: fax }', 'notify[0].to'],
    ['{ to: slack, url: "https://hooks.slack.com/x" }', 'a reference'],
    ['{ to: webhook, url: "http://soc.example.com" }', 'must be an address'],
    ['{ to: slack, url: env:A }\n  - { to: slack, url: env:B }', 'two receivers have one name'],
  ])('that are written as %s are refused with their place', (text, says) => {
    const { faults = [] } = { faults: undefined, ...readConfig('afterleak.yaml', `notify:\n  - ${text}\n`) }
    expect(faults.map(({ at, message }) => `${at} ${message}`).join('\n')).toContain(says)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostNames } from '../../src/catalog/surface.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import { formats } from '../../src/report/formats.ts'
import { shipped } from '../identify/support.ts'
import { asia, awsId, found, secrets } from './leaked.ts'
import { answering, simulated } from './network.ts'
import { everything } from './run.ts'
import { file, folder } from './support.ts'

/** Says back everything that it was sent, in every place and form that it can think of. */
const echo = answering(({ host, path, headers, authorization }) => {
  const sent = [authorization, headers['private-token'], headers['x-amz-security-token'], path]
    .filter(text => typeof text === 'string')
    .join(' ')
  const bare = sent.replaceAll(/(?:Bearer|Basic) /g, '')
  const said = `${bare} ${encodeURIComponent(bare)} ${Buffer.from(bare).toString('base64')} ${Buffer.from(` ${bare}`).toString('base64url')} ${JSON.stringify(bare)} ${bare.replaceAll('/', '%2F')}`
  const far = `${'.'.repeat(170)}${bare}`
  const header = {
    'x-request-id': bare,
    'request-id': bare,
    'x-github-request-id': bare,
    'x-slack-req-id': bare,
    'x-amzn-requestid': bare,
    'x-oauth-scopes': `${bare}, ${said}`,
    'x-fullstory-data-realm': bare,
  }
  const identity = {
    id: said,
    node_id: said,
    login: far,
    type: bare,
    orgId: said,
    email: far,
    role: bare,
    user_id: said,
    name: bare,
    scopes: [bare, said],
    team_id: said,
    team: bare,
    user: far,
    url: said,
    account: said,
  }
  if (host === 'api.stripe.com' && bare.includes(restricted))
    return {
      status: 403,
      headers: header,
      json: {
        error: {
          type: bare,
          code: said,
          doc_url: far,
          request_log_url: said,
          message: `The key '${bare}' does not have the required permissions on account 'acct_${bare}'`,
        },
      },
    }
  if (host === 'api.stripe.com')
    return {
      status: 200,
      headers: header,
      json: { object: 'account', country: bare, ...identity, id: `acct_${said}`, error: { type: bare, code: said } },
    }
  if (host === 'gitlab.com')
    return {
      status: 200,
      headers: header,
      json: {
        ...identity,
        active: true,
        revoked: false,
        last_used_ips: [bare, said, far],
        last_used_at: said,
        created_at: bare,
        expires_at: bare,
      },
    }
  if (host === 'slack.com') return { status: 200, headers: header, json: { ok: true, ...identity } }
  if (host.startsWith('sts.'))
    return { status: 403, headers: { ...header, location: said }, json: { Error: { Code: said } } }
  return { status: 200, headers: header, json: identity }
})

const { stripe, restricted, github, awsSecret, session, slack, hex, strange } = secrets

beforeAll(async () => {
  const hosts = [...new Set(shipped.flatMap(provider => hostNames(provider.hosts)))]
  simulated.network = await startLoopback(hosts, echo)
})
afterAll(() => simulated.network?.close())

const inputs = [
  file(
    'gitleaks.json',
    JSON.stringify(
      Object.values(secrets).flatMap((Secret, index) => [
        {
          RuleID: index % 2 === 0 ? 'generic-api-key' : `rule ${Secret}`,
          Secret,
          File: `config/${Secret}/x.env`,
          StartLine: 1,
          Commit: Secret,
          Email: Secret,
          Message: Secret,
        },
        {
          RuleID: 'generic-api-key',
          Secret,
          File: encodeURIComponent(Secret),
          StartLine: 2,
          Link: `https://example.com/?key=${encodeURIComponent(Secret)}#${Buffer.from(`a${Secret}`).toString('base64')}`,
          Author: Buffer.from(Secret).toString('base64'),
        },
        // A place may hold a secret that is found only later.
        {
          RuleID: 'generic-api-key',
          Secret: 'first-of-all-1',
          File: `early/${Object.values(secrets).at(-1 - index) ?? ''}`,
          StartLine: 3,
          Author: Buffer.from(`xy${Secret}`).toString('base64url'),
        },
      ]),
    ),
  ),
  file(
    'pairs.jsonl',
    [
      {
        provider: 'aws',
        parts: { key_id: awsId, secret: awsSecret },
        file: `${awsId}:${awsSecret}`,
        url: `https://u:${encodeURIComponent(awsSecret)}@example.com/`,
      },
      {
        provider: 'aws',
        parts: { key_id: asia, secret: awsSecret, session_token: session },
        file: `f/${session}`,
        author: session,
      },
      { provider: 'github', key: hex, file: hex },
      { provider: 'stripe', key: strange, file: strange, url: `https://example.com/${strange}` },
    ]
      .map(line => JSON.stringify(line))
      .join('\n'),
  ),
  file(
    'broken.json',
    `[{"RuleID":"x","Secret":"${stripe}","File":"a"},{"RuleID":"x","Secret":"${slack}" "File":"b"},{"RuleID":"y","Secret":"${github}"}]`,
  ),
]

describe.each(Object.keys(formats))('a run that writes %s', format => {
  it('has no secret in any form in anything that it writes', async () => {
    const written = await everything(['check', ...inputs, '--to', format, '--verbose', '--all', '--attempts', '1'])
    expect(Object.keys(written)).toEqual(
      expect.arrayContaining([
        'standard output',
        'standard error',
        expect.stringMatching(/^ledger\//),
        expect.stringMatching(/^runs\//),
      ]),
    )
    expect(written['standard output']?.length).toBeGreaterThan(1000)
    for (const [where, bytes] of Object.entries(written)) expect([where, found(bytes)]).toEqual([where, []])
  })
})

it('has no secret in a file that it writes, in a dry run, and where nothing may be touched', async () => {
  const out = join(folder(), 'report.html')
  const runs = [
    ['check', ...inputs, '--out', out, '--attempts', '1'],
    ['check', ...inputs, '--dry-run'],
    ['check', ...inputs, '--dry-run', '--to', 'json'],
    ['check', ...inputs, '--no-touch', '--to', 'markdown'],
  ]
  for (const args of runs) for (const bytes of Object.values(await everything(args))) expect(found(bytes)).toEqual([])
  expect(found(readFileSync(out))).toEqual([])
})

it('leaves JSON that can be read, whatever the secrets are', async () => {
  const hostile = file(
    'hostile.json',
    JSON.stringify(
      [
        '":{"state":"',
        '","verdict":{',
        '"schema":1,"run"',
        '12345678',
        '}],"warnings"',
        '\\",\\"',
        '":"2026-11-24',
      ].map(Secret => ({ RuleID: 'generic-api-key', Secret, File: 'a', StartLine: 12345678 })),
    ),
  )
  for (const format of ['json', 'sarif']) {
    const { 'standard output': out } = await everything(['check', hostile, '--to', format])
    expect(() => JSON.parse(String(out))).not.toThrow()
  }
  const { 'standard output': lines } = await everything(['check', hostile, '--to', 'jsonl'])
  for (const line of String(lines).trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
})

it('would have found each form', () => {
  for (const secret of Object.values(secrets))
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret),
      Buffer.from(`xy${secret}z`).toString('base64'),
      Buffer.from(`x${secret}`).toString('base64url'),
    ])
      expect(found(Buffer.from(`a ${form} b`))).not.toEqual([])
})

import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import { formats } from '../../src/report/formats.ts'
import { simulated } from './network.ts'
import { everything } from './run.ts'
import { file } from './support.ts'

const privateKey = madeUp('{rsa-key}', 'sign-in')
const clientSecret = madeUp('{alnum:3}8Q~{alnum:34}', 'sign-in')
const token = madeUp('dckr_pat_{alnum:27}', 'sign-in')
const apiKey = madeUp('{lowernum:55}', 'sign-in')
/** What the providers hand out, in three parts that are secret: it must end where it arrives. */
const handedOut = ['head', 'sealed', 'signature'].map(part => madeUp('{alnum:40}', `handed out ${part}`))
const jwt = [
  handedOut[0],
  Buffer.from(JSON.stringify({ sub: 'u-1', tid: 't-1' })).toString('base64url'),
  handedOut[2],
].join('.')
const received: { readonly host: string; readonly body: string }[] = []

/** Says back what it was sent, and hands out a token in every place that a token can be. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString('utf8')
  received.push({ host: request.headers.host ?? '', body })
  const said = {
    access_token: jwt,
    refresh_token: handedOut.join('.'),
    id_token: jwt,
    token_type: 'Bearer',
    expires_in: 3600,
    payload: handedOut[1],
    protected: handedOut[0],
    signature: handedOut[2],
    error: body,
    error_description: body,
    detail: body,
    trace_id: body,
    message: body,
  }
  response.writeHead(200, {
    'content-type': 'application/json',
    'set-cookie': `session=${handedOut[1]}`,
    'x-request-id': handedOut.join('.'),
    'x-ms-request-id': jwt,
  })
  response.end(JSON.stringify(said))
}

beforeAll(async () => {
  const hosts = ['oauth2.googleapis.com', 'login.microsoftonline.com', 'hub.docker.com', 'conjur.example.com']
  simulated.network = await startLoopback(hosts, (request, response) => void answer(request, response))
})
afterAll(() => simulated.network?.close())

const guid = '{hex:8}-{hex:4}-4{hex:3}-a{hex:3}-{hex:12}'
const email = 'builder@acme-project.iam.gserviceaccount.com'
const inputs = file(
  'found.jsonl',
  [
    {
      provider: 'gcp',
      key: JSON.stringify({ type: 'service_account', private_key: privateKey, client_email: email }),
      file: 'key.json',
    },
    {
      provider: 'entra',
      parts: {
        client_secret: clientSecret,
        client_id: madeUp(guid, 'client'),
        tenant_id: madeUp(guid, 'tenant'),
      },
    },
    { provider: 'docker-hub', parts: { token, username: 'alice' } },
    {
      provider: 'conjur',
      parts: {
        api_key: apiKey,
        login: 'host/build',
        account: 'acme',
        appliance: 'https://conjur.example.com',
      },
    },
  ]
    .map(line => JSON.stringify(line))
    .join('\n'),
)
const host = ['--host', 'conjur=https://conjur.example.com']

describe.each(Object.keys(formats))('a run with sign-ins that writes %s', format => {
  it('keeps neither what it signed in with nor what it was handed out', async () => {
    received.length = 0
    const written = await everything(['check', inputs, ...host, '--to', format, '--verbose', '--all'])
    expect(received.map(({ host: name }) => name).toSorted()).toEqual([
      'conjur.example.com',
      'hub.docker.com',
      'login.microsoftonline.com',
      'oauth2.googleapis.com',
    ])
    for (const [where, bytes] of Object.entries(written)) expect([where, traces(bytes)]).toEqual([where, []])
  })
})

it('sends the private key nowhere, and each secret to its own provider only', async () => {
  received.length = 0
  await everything(['check', inputs, ...host])
  expect(received).toHaveLength(4)
  for (const { host: name, body } of received) {
    for (const line of pieces(privateKey)) expect(body.includes(line)).toBe(false)
    expect(body.includes(clientSecret) || body.includes(encodeURIComponent(clientSecret))).toBe(
      name === 'login.microsoftonline.com',
    )
    expect(body.includes(token)).toBe(name === 'hub.docker.com')
    expect(body.includes(apiKey)).toBe(name === 'conjur.example.com')
    for (const piece of handedOut) expect(body.includes(piece)).toBe(false)
  }
})

it('says in a dry run which sign-ins there would be, and signs in nowhere', async () => {
  received.length = 0
  const { 'standard output': out = Buffer.from('') } = await everything(['check', inputs, ...host, '--dry-run'])
  expect(out.toString()).toContain('POST https://oauth2.googleapis.com/token  (session)')
  expect(out.toString()).toContain('POST https://login.microsoftonline.com/{tenant_id}/oauth2/v2.0/token  (session)')
  expect(received).toEqual([])
  expect(traces(out)).toEqual([])
})

it('signs in nowhere where nothing may be touched', async () => {
  received.length = 0
  const { 'standard output': out = Buffer.from('') } = await everything([
    'check',
    inputs,
    ...host,
    '--no-touch',
    '--to',
    'json',
  ])
  const { cases } = JSON.parse(out.toString())
  expect(cases.map(({ verdict }: { verdict: { reason: string } }) => verdict.reason)).toEqual(
    Array.from({ length: 4 }, () => 'no_touch'),
  )
  expect(received).toEqual([])
})

it('sends the key of a host that only the finding names nowhere', async () => {
  received.length = 0
  const { 'standard output': out = Buffer.from('') } = await everything([
    'check',
    inputs,
    '--to',
    'json',
    '--only',
    'conjur',
  ])
  expect(out.toString()).toContain('--host conjur=https://conjur.example.com')
  expect(received).toEqual([])
})

/** Names of secrets of which a piece stands in what was written. */
function traces(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8')
  const all = { privateKey, clientSecret, token, apiKey, handed: handedOut.join('\n') }
  return Object.entries(all).flatMap(([name, secret]) =>
    pieces(secret).some(piece =>
      [piece, Buffer.from(piece).toString('base64').slice(3, 18)].some(form => text.includes(form)),
    )
      ? [name]
      : [],
  )
}

/** Sixteen characters out of the middle of each line. */
function pieces(secret: string): readonly string[] {
  return secret
    .split('\n')
    .filter(line => line.length > 20 && !line.startsWith('-----'))
    .map(line => line.slice(10, 26))
}

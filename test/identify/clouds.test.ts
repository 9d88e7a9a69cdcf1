import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { fieldsIn } from '../../src/identify/fields.ts'
import { sasFields } from '../../src/identify/sas.ts'
import { inShort, type Plain, understood } from './support.ts'

const privateKey = madeUp('{rsa-key}', 'clouds')
const email = 'builder@acme-project.iam.gserviceaccount.com'
const serviceAccount = JSON.stringify({
  type: 'service_account',
  project_id: 'acme-project',
  private_key_id: madeUp('{hex:40}', 'clouds'),
  private_key: `${privateKey}\n`,
  client_email: email,
  token_uri: 'https://oauth2.googleapis.com/token',
})
const guid = (seed: string): string => madeUp('{hex:8}-{hex:4}-4{hex:3}-a{hex:3}-{hex:12}', seed)
const clientSecret = madeUp('{alnum:3}8Q~{alnum:34}', 'clouds')
const accountKey = madeUp('{base64:76}+ASt{alnum:5}A==', 'clouds')
const connection = `DefaultEndpointsProtocol=https;AccountName=acmefiles;AccountKey=${accountKey};EndpointSuffix=core.usgovcloudapi.net`
const npmToken = madeUp('npm_{alnum:30}{crc32}', 'clouds')
const dockerToken = madeUp('dckr_pat_{alnum:27}', 'clouds')

describe('a credential of several parts', () => {
  it.each<readonly [string, Plain, string]>([
    [
      'a service account’s file, whatever rule found it',
      { rule: 'private-key', value: serviceAccount },
      'gcp service-account-key ask',
    ],
    [
      'a service account’s file from TruffleHog',
      { tool: 'trufflehog', rule: 'GCP', value: serviceAccount },
      'gcp service-account-key ask',
    ],
    [
      'a service account in variables',
      { tool: 'env', parts: { GOOGLE_CLIENT_EMAIL: email, GOOGLE_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n') } },
      'gcp service-account-key ask',
    ],
    [
      'a service account’s file in a variable',
      { tool: 'env', parts: { GOOGLE_CREDENTIALS: serviceAccount } },
      'gcp service-account-key ask',
    ],
    [
      'an application from TruffleHog’s JSON',
      {
        tool: 'trufflehog',
        rule: 'Azure',
        value: JSON.stringify({ clientId: guid('c'), clientSecret, tenantId: guid('t') }),
      },
      'entra client-secret ask',
    ],
    [
      'an application in variables',
      {
        tool: 'env',
        parts: { AZURE_CLIENT_ID: guid('c'), AZURE_CLIENT_SECRET: clientSecret, AZURE_TENANT_ID: guid('t') },
      },
      'entra client-secret ask',
    ],
    [
      'a connection string',
      { tool: 'env', parts: { AZURE_STORAGE_CONNECTION_STRING: connection } },
      'azure-storage identifiable-account-key ask',
    ],
    [
      'an account key from TruffleHog',
      {
        tool: 'trufflehog',
        rule: 'AzureStorage',
        value: JSON.stringify({ account_name: 'acmefiles', account_key: accountKey }),
      },
      'azure-storage identifiable-account-key ask',
    ],
    [
      'a line of .npmrc',
      { rule: 'npm-access-token', value: `//npm.example.com/:_authToken=${npmToken}` },
      'npm access-token ask',
    ],
    [
      'a token of Docker Hub with its user, from TruffleHog',
      {
        tool: 'trufflehog',
        rule: 'Dockerhub',
        value: `alice:${dockerToken}`,
        parts: { raw: dockerToken, rest: 'alice' },
      },
      'docker-hub personal-access-token ask',
    ],
    [
      'a Docker config with one registry',
      {
        tool: 'trufflehog',
        rule: 'Docker',
        value: JSON.stringify({
          auths: { 'registry.example.com': { auth: Buffer.from('alice:correct-horse').toString('base64') } },
        }),
      },
      'docker-registry config-auth ask',
    ],
  ])('is found whole in %s', async (_, plain, expected) => {
    expect(await inShort(plain)).toEqual([expected])
  })

  it('takes nothing but the file’s own texts for its parts', async () => {
    const { subjects } = await understood([{ rule: 'private-key', value: serviceAccount }])
    const { credential } = subjects[0] ?? {}
    expect(credential?.facts).toMatchObject({ email, project: 'acme-project' })
    expect(credential?.parts).toMatchObject({
      client_email: { public: true, text: email },
      project_id: { public: true, text: 'acme-project' },
      private_key: { public: false },
    })
  })

  it('knows which host the finding names, for whom the user allows it', async () => {
    const { subjects } = await understood([
      { rule: 'npm-access-token', value: `//npm.example.com:8443/x/:_authToken=${npmToken}` },
    ])
    expect(subjects[0]?.credential?.facts).toMatchObject({ host: 'npm.example.com:8443' })
  })

  it('keeps the cloud that a connection string names', async () => {
    const { subjects } = await understood([{ tool: 'env', parts: { CONNECTION: connection } }])
    expect(subjects[0]?.credential?.facts).toMatchObject({ account: 'acmefiles', cloud: 'usgovcloudapi.net' })
  })
})

it('is not lost where another of the same owner stands beside it', async () => {
  const parts = {
    AZURE_CLIENT_ID: guid('c'),
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_TENANT_ID: guid('t'),
    AZURE_STORAGE_CONNECTION_STRING: connection,
  }
  expect(await inShort({ tool: 'env', parts })).toEqual([
    'entra client-secret ask',
    'azure-storage identifiable-account-key ask',
  ])
})

describe('a part that has no form of its own', () => {
  it.each<readonly [string, Plain]>([
    ['an account', { tool: 'trufflehog', rule: 'AzureStorage', value: `const account = "${accountKey}"` }],
    ['an account, from what stands around the key', { rule: 'azure-storage-account-key', value: accountKey }],
  ])('is never guessed: %s', async (_, plain) => {
    expect(await inShort(plain)).toEqual(['azure-storage identifiable-account-key skipped/incomplete'])
  })

  it('is never guessed: the user of a token', async () => {
    expect(await inShort({ rule: 'x', value: `docker login -u alice -p ${dockerToken}` })).toEqual([
      'docker-hub personal-access-token skipped/incomplete',
    ])
  })

  it('is never guessed: which of two ids is the tenant', async () => {
    const plain = { tool: 'env', parts: { A: guid('a'), B: guid('b'), SECRET: clientSecret } }
    expect(await inShort(plain)).toEqual(['entra client-secret skipped/incomplete'])
  })
})

describe('what a value says of itself', () => {
  it('is that it is no whole private key', async () => {
    const cut = JSON.stringify({ client_email: email, private_key: privateKey.replace(/\n.*\n/, '\n') })
    expect(await inShort({ rule: 'private-key', value: cut })).toEqual(['gcp service-account-key skipped/malformed'])
  })

  it.each([
    ['https://a.blob.core.windows.net/?sv=1&ss=b&srt=sco&sp=rl&sig=x', { resource: 'account', permissions: 'rl' }],
    [
      'https://a.blob.core.windows.net/c/d/e%20f.txt?sr=b&sig=x',
      { resource: 'blob', container: 'c', blob: 'd/e f.txt' },
    ],
    [
      '?sr=c&si=policy&se=2030-01-01&sip=1.2.3.4-1.2.3.9&sig=x',
      { stored_policy: 'policy', expires_at: '2030-01-01T00:00:00.000Z', allowed_addresses: '1.2.3.4-1.2.3.9' },
    ],
    ['?sr=c&skoid=1&sig=x', { signed_by: 'user delegation key' }],
  ])('is what the signature %s is for', (text, facts) => expect(sasFields(text)).toMatchObject(facts))

  it.each(['', '?', 'https://', '%', '?se=never&sig=x', '?se=%E0%A4%A', `?${'a=b&'.repeat(5000)}`])(
    'is nothing where there is nothing: %s',
    text => expect(sasFields(text)['expires_at']).toBeUndefined(),
  )

  it('never holds the signature', () => {
    const facts = sasFields('https://a.blob.core.windows.net/c?sr=c&sp=r&se=2030-01-01&sig=OpenSesameOpenSesame')
    expect(JSON.stringify(facts)).not.toContain('OpenSesame')
  })
})

describe('named texts in a value', () => {
  it.each([
    ['{"a":"b","c":1,"d":{"e":"f"},"g":""}', [['a', 'b']]],
    [
      'A=b;C=d=;E=',
      [
        ['A', 'b'],
        ['C', 'd='],
      ],
    ],
    [
      '//h.example/:_authToken="t"',
      [
        ['registry', '//h.example/'],
        ['_authToken', 't'],
      ],
    ],
    ['{"auths":{"h.example":{"auth":"YQ=="},"i.example":{"auth":"Yg=="}}}', []],
    [
      '{"auths":{"h.example":{"auth":"YQ=="}}}',
      [
        ['registry', 'h.example'],
        ['auth', 'YQ=='],
      ],
    ],
    ['a plain text', []],
    ['{not json', []],
    ['key=value', []],
    [`{"a":"${'x'.repeat(20_000)}"}`, []],
  ])('are in %s', (text, expected) => expect(fieldsIn(text)).toEqual(expected))
})

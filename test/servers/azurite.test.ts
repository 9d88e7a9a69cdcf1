import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { Loopback } from '../../src/demo/loopback.ts'
import { signShared } from '../../src/engine/auth/azure-account-key.ts'
import { behindTls, caseOf, type Server, serverFile, startServer, titled } from './server.ts'

const file = serverFile('azurite/dist/src/blob/main.js')
const account = 'afterleak'
const key = madeUp('{base64:86}==', 'azurite right').replace(/.==$/, 'A==')
const wrong = madeUp('{base64:86}==', 'azurite wrong').replace(/.==$/, 'A==')
const host = `${account}.blob.core.windows.net`
const later = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '')

// Microsoft's own emulator of Azure Storage: what it takes for signed, Azure does.
describe.skipIf(file === undefined)(titled('Azure Storage, as Azurite knows it', file), () => {
  let server: Server
  let network: Loopback

  beforeAll(async () => {
    server = await startServer(
      file ?? '',
      port => [
        '--inMemoryPersistence',
        '--blobPort',
        String(port),
        '--silent',
        '--disableTelemetry',
        '--skipApiVersionCheck',
      ],
      { AZURITE_ACCOUNTS: `${account}:${key}` },
    )
    network = await behindTls([host, 'nobody.blob.core.windows.net'], server)
    await put('/backups?restype=container')
    await put('/backups/all%20of%20it.txt', { 'x-ms-blob-type': 'BlockBlob' })
  }, 60_000)
  afterAll(async () => {
    await network?.close()
    server?.stop()
  })

  it('takes our signature with the right key', async () => {
    const { verdict } = await caseOf('azure-storage', { key, account }, network)
    expect(verdict).toMatchObject({ state: 'live', reason: 'works', identity: { account, account_kind: 'StorageV2' } })
  })

  it('takes a connection string apart', async () => {
    const text = `DefaultEndpointsProtocol=https;AccountName=${account};AccountKey=${key};EndpointSuffix=core.windows.net`
    expect((await caseOf('azure-storage', { connection: text, ...fields(text) }, network)).verdict.state).toBe('live')
  })

  it('calls a wrong key dead', async () => {
    const { verdict } = await caseOf('azure-storage', { key: wrong, account }, network)
    expect(verdict).toMatchObject({ state: 'dead', reason: 'rejected' })
  })

  // Behind TLS of the test's own it is asked without, so both are allowed.
  const accountSas = (permissions: string, types: string, signedBy = key, expires = later): string => {
    const text = [account, permissions, 'b', types, '', expires, '', 'https,http', '2024-11-04', '', ''].join('\n')
    const sig = createHmac('sha256', Buffer.from(signedBy, 'base64')).update(text).digest('base64')
    return `sv=2024-11-04&ss=b&srt=${types}&sp=${permissions}&se=${expires}&spr=https,http&sig=${encodeURIComponent(sig)}`
  }
  const serviceSas = (resource: 'b' | 'c', path: string, permissions: string, signedBy = key): string => {
    const canonical = `/blob/${account}${path}`
    const text = [
      permissions,
      '',
      later,
      canonical,
      '',
      '',
      'https,http',
      '2024-11-04',
      resource,
      '',
      '',
      '',
      '',
      '',
      '',
      '',
    ]
    const sig = createHmac('sha256', Buffer.from(signedBy, 'base64')).update(text.join('\n')).digest('base64')
    return `sv=2024-11-04&spr=https,http&se=${later}&sr=${resource}&sp=${permissions}&sig=${encodeURIComponent(sig)}`
  }

  it.each([
    ['of an account', () => `https://${host}/?${accountSas('rl', 'sco')}`, 'account-sas'],
    ['of a container', () => `https://${host}/backups?${serviceSas('c', '/backups', 'rl')}`, 'container-sas'],
    [
      'of a blob with a name that needs encoding',
      () => `https://${host}/backups/all%20of%20it.txt?${serviceSas('b', '/backups/all of it.txt', 'r')}`,
      'blob-sas',
    ],
  ])('takes a signature %s', async (_, url, kind) => {
    const one = await caseOf('azure-storage', { url: url() }, network)
    expect(one.kind).toBe(kind)
    expect(one.verdict).toMatchObject({ state: 'live', expiresAt: new Date(later).toISOString() })
  })

  it('takes a signature that stands alone, where the account is named', async () => {
    const { verdict } = await caseOf('azure-storage', { token: accountSas('rl', 'sco'), account }, network)
    expect(verdict).toMatchObject({ state: 'live', grants: ['rl'] })
  })

  it.each([
    ['of an account', () => `https://${host}/?${accountSas('rl', 'sco', wrong)}`],
    ['of a container', () => `https://${host}/backups?${serviceSas('c', '/backups', 'rl', wrong)}`],
    ['of a blob', () => `https://${host}/backups/a.txt?${serviceSas('b', '/backups/a.txt', 'r', wrong)}`],
  ])('calls a signature %s dead that another key made', async (_, url) => {
    const { verdict } = await caseOf('azure-storage', { url: url() }, network)
    expect(verdict).toMatchObject({ state: 'dead', reason: 'rejected' })
  })

  /** What a test needs to be there. */
  function put(path: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    const url = new URL(path, `http://${host}`)
    const given = { 'x-ms-version': '2021-12-02', ...headers }
    // Made with a PUT, which the program itself never signs: without a body the text is the same but for the verb.
    const signed = signShared({ method: 'PUT' as 'GET', url, account, key, headers: given }, new Date())
    return new Promise((done, fail) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: server.port,
          path,
          method: 'PUT',
          headers: { ...given, ...signed, host, 'content-length': '0' },
        },
        answer => {
          answer.resume()
          if (answer.statusCode === 201) done()
          else fail(new Error(`${path}: ${answer.statusCode}`))
        },
      )
      asked.on('error', fail)
      asked.end()
    })
  }
})

function fields(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(';').map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
}

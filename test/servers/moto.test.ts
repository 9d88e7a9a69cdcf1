import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { Loopback } from '../../src/demo/loopback.ts'
import { behindTls, caseOf, pythonServerFile, type Server, startServer, titled } from './server.ts'

const file = pythonServerFile('moto_server')
const hosts = [
  'sts.us-east-1.amazonaws.com',
  'sts.us-gov-west-1.amazonaws.com',
  'sts.cn-north-1.amazonaws.com.cn',
  'sts.eusc-de-east-1.amazonaws.eu',
]

// moto is the AWS that others test against. It takes every signature; it can check those of a POST, but not of a GET.
describe.skipIf(file === undefined)(titled('AWS, as moto knows it', file), () => {
  let server: Server
  let network: Loopback
  let key: { readonly key_id: string; readonly secret: string }

  beforeAll(async () => {
    server = await startServer(file ?? '', port => ['-H', '127.0.0.1', '-p', String(port)])
    network = await behindTls(hosts, server)
    await iam({ Action: 'CreateUser', UserName: 'deploy' })
    const made = await iam({ Action: 'CreateAccessKey', UserName: 'deploy' })
    const read = (name: string): string => new RegExp(`<${name}>([^<]+)<`).exec(made)?.[1] ?? ''
    key = { key_id: read('AccessKeyId'), secret: read('SecretAccessKey') }
  }, 60_000)
  afterAll(async () => {
    await network?.close()
    server?.stop()
  })

  it('understands what we ask, and names who it is', async () => {
    const { verdict } = await caseOf('aws', key, network)
    expect(verdict).toMatchObject({
      state: 'live',
      reason: 'works',
      identity: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/deploy', partition: 'aws' },
    })
  })

  it.each([
    ['of a key with a wrong secret', () => ({ ...key, secret: madeUp('{base64:40}', 'moto wrong') })],
    ['of a key that nobody has', () => ({ ...key, key_id: madeUp('AKIA{aws-account:210987654321}', 'moto stranger') })],
  ])("does not take a refusal %s for AWS's, as it is in no form of AWS's", async (_, parts) => {
    // From here on it takes no unsigned call, and refuses with a web page: https://docs.getmoto.org/en/latest/docs/iam.html
    await post('/moto-api/reset-auth', '0')
    const { verdict } = await caseOf('aws', parts(), network)
    expect(verdict).toMatchObject({ state: 'unknown', reason: 'unrecognised' })
  })

  /** One call of IAM's, with a header that says whose it is. */
  function iam(fields: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Version: '2010-05-08', ...fields }).toString()
    return post('/', body, {
      authorization: 'AWS4-HMAC-SHA256 Credential=nobody/20260101/us-east-1/iam/aws4_request',
      'content-type': 'application/x-www-form-urlencoded',
    })
  }

  function post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const target = { host: '127.0.0.1', port: server.port, method: 'POST', path }
    return new Promise((done, fail) => {
      const asked = request(
        { ...target, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
        answer => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8')
            if (answer.statusCode === 200) done(text)
            else fail(new Error(`${path} ${body}: ${answer.statusCode} ${text.slice(0, 300)}`))
          })
        },
      )
      asked.on('error', fail)
      asked.end(body)
    })
  }
})

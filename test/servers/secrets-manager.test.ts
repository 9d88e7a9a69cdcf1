import { mkdtempSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { openRun } from '../../src/composition/run.ts'
import type { Loopback } from '../../src/demo/loopback.ts'
import { behindTls, pythonServerFile, type Server, startServer, titled } from './server.ts'

const file = pythonServerFile('moto_server')
const host = 'secretsmanager.eu-west-1.amazonaws.com'

describe.skipIf(file === undefined)(titled('AWS Secrets Manager, as moto knows it', file), () => {
  let server: Server
  let network: Loopback
  let arn = ''

  beforeAll(async () => {
    server = await startServer(file ?? '', port => ['-H', '127.0.0.1', '-p', String(port)])
    // moto calls what it reads text/html, which AWS does not.
    network = await behindTls([host], server, { 'content-type': 'application/x-amz-json-1.1' })
    arn = await create({ Name: 'ci/stripe', SecretString: JSON.stringify({ id: 'one', key: 'the value of it' }) })
    await create({ Name: 'bytes', SecretBinary: Buffer.from('the bytes of it').toString('base64') })
  }, 60_000)
  afterAll(async () => {
    await network?.close()
    server?.stop()
  })

  it('reads a secret by its name', async () => {
    expect(await read('aws-sm:ci/stripe#key')).toBe('the value of it')
  })

  it('reads a secret by its ARN', async () => {
    expect(await read(`aws-sm:${arn}#id`)).toBe('one')
  })

  it('reads text that was stored as bytes', async () => {
    expect(await read('aws-sm:bytes')).toBe('the bytes of it')
  })

  it('says that there is no secret of a name', async () => {
    expect(await read('aws-sm:nothing')).toMatch(/ResourceNotFoundException: there is no secret of this name/)
  })

  /** The text behind a reference, or the words of its error. */
  async function read(reference: string): Promise<string> {
    const state = mkdtempSync(join(tmpdir(), 'afterleak-state-'))
    const environment = {
      HOME: state,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'nobody',
      AWS_SECRET_ACCESS_KEY: 'any',
    }
    const { route, ca } = network
    const run = await openRun(new Catalog([]), { state, environment, route, ca: [ca], attempts: 1 })
    try {
      return (await run.resolve(reference)).digest(text => text)
    } catch (error) {
      return String(error)
    } finally {
      await run.close(true)
    }
  }

  /** Gives the ARN of a new secret. */
  function create(fields: Readonly<Record<string, string>>): Promise<string> {
    const body = JSON.stringify({ ...fields, ClientRequestToken: '0'.repeat(32) })
    return new Promise((done, fail) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: server.port,
          method: 'POST',
          headers: {
            host,
            'content-type': 'application/x-amz-json-1.1',
            'content-length': Buffer.byteLength(body),
            'x-amz-target': 'secretsmanager.CreateSecret',
            authorization: 'AWS4-HMAC-SHA256 Credential=nobody/20260101/eu-west-1/secretsmanager/aws4_request',
          },
        },
        answer => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () => done(String(JSON.parse(Buffer.concat(chunks).toString('utf8')).ARN)))
        },
      )
      asked.on('error', fail)
      asked.end(body)
    })
  }
})

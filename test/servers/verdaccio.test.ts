import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Loopback } from '../../src/demo/loopback.ts'
import { behindTls, caseOf, type Server, serverFile, startServer, titled } from './server.ts'

const file = serverFile('verdaccio/bin/verdaccio')
const host = 'registry.example.com'

describe.skipIf(file === undefined)(titled('an npm registry, as Verdaccio is one', file), () => {
  let server: Server
  let network: Loopback
  let token = ''

  beforeAll(async () => {
    server = await startServer(file ?? '', (port, folder) => {
      const config = join(folder, 'config.yaml')
      writeFileSync(
        config,
        'storage: ./storage\nauth:\n  htpasswd: { file: ./htpasswd }\npackages:\n  "**": { access: $authenticated, publish: $authenticated }\nlogs:\n  - { type: stdout, format: pretty, level: fatal }\n',
      )
      return ['--config', config, '--listen', `127.0.0.1:${port}`]
    })
    network = await behindTls([host], server)
    token = await newUser()
  }, 60_000)
  afterAll(async () => {
    await network?.close()
    server?.stop()
  })

  it('names the user behind a token that works', async () => {
    const { verdict } = await caseOf('npm', { token }, network, `https://${host}`)
    expect(verdict).toMatchObject({ state: 'live', reason: 'works', identity: { username: 'alice' } })
  })

  it('does not call a token live that it does not know', async () => {
    const { verdict } = await caseOf('npm', { token: `${token.slice(0, -8)}AAAAAAAA` }, network, `https://${host}`)
    // This version says 200 and names nobody; newer ones refuse.
    expect(['dead', 'unknown']).toContain(verdict.state)
    expect(verdict.identity).toBeUndefined()
  })

  function newUser(): Promise<string> {
    const body = JSON.stringify({ name: 'alice', password: 'correct-horse-battery' })
    return new Promise((done, fail) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: server.port,
          path: '/-/user/org.couchdb.user:alice',
          method: 'PUT',
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        answer => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () => done(String(JSON.parse(Buffer.concat(chunks).toString('utf8')).token)))
        },
      )
      asked.on('error', fail)
      asked.end(body)
    })
  }
})

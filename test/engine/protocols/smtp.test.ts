import { assert, asyncProperty, string } from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openNetwork } from '../../../src/engine/network.ts'
import { type Behaviour, type MailServer, startMailServer } from '../../watch/mail-server.ts'
import { memoryLedger, planned } from '../support.ts'

const host = 'smtp.example.com'
let server: MailServer

beforeAll(async () => {
  server = await startMailServer(host)
})
afterAll(() => server.close())
beforeEach(() => {
  server.heard.length = 0
  server.taken.length = 0
})

describe('what answers at the port of a mail server', () => {
  /** One mail by the engine alone, that is given little time. */
  async function handedIn(behaviour: Behaviour, implicit = false) {
    server.behaviour = behaviour
    const network = openNetwork({
      transport: {
        allowed: () => false,
        idle: 1000,
        ca: [server.ca],
        route: () => ({ address: '127.0.0.1', port: server.port }),
      },
      ledger: memoryLedger(),
      agent: 'afterleak/test (run 1)',
      timeout: 60_000,
      attempts: 1,
      patience: 0,
      signal: new AbortController().signal,
    })
    try {
      const request = planned({
        method: 'MAIL',
        channel: 'notice',
        origin: `smtp${implicit ? 's' : ''}://${host}:${server.port}`,
        path: '/',
        auth: { mail: { from: 'a@example.com', to: 'b@example.com', user: 'a', password: '{key}' } },
        body: { text: 'Subject: x\r\n\r\n.x' },
        timeout: 500,
      })
      return await network.send(request, () => true)
    } finally {
      await network.close()
    }
  }

  it.each<[string, Behaviour]>([
    ['says nothing', { says: () => undefined }],
    ['says a byte now and then', { drips: true }],
    [
      'never ends an answer',
      { says: command => (command === '' ? `220-${'x'.repeat(100)}\r\n`.repeat(20_000) : 'proper') },
    ],
  ])('is given up when it %s', async (_what, behaviour) => {
    expect((await handedIn(behaviour)).none?.reason).toBe('unreachable')
    expect((await handedIn({ ...behaviour, implicit: true }, true)).none?.reason).toBe('unreachable')
    expect(server.heard.join('\n')).not.toMatch(/AUTH|MAIL/)
  })

  it('doubles a dot that begins a line, as RFC 5321 has it', async () => {
    expect((await handedIn({})).reply?.status).toBe(250)
    expect(server.taken).toEqual(['Subject: x\r\n\r\n..x'])
  })

  it('never has taken a mail that it did not take, whatever it says', async () => {
    await assert(
      asyncProperty(string({ maxLength: 40 }), string({ maxLength: 40 }), async (text, at) => {
        const { reply } = await handedIn({ says: command => (command.startsWith(at.slice(0, 1)) ? text : 'proper') })
        expect(reply?.status === 250 && server.taken.length === 0).toBe(false)
        server.taken.length = 0
      }),
      { numRuns: 30 },
    )
  })
})

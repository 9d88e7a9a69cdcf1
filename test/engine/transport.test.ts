import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Loopback, startLoopback } from '../../src/demo/loopback.ts'
import { failureOf } from '../../src/engine/failure.ts'
import { openNetwork } from '../../src/engine/network.ts'
import { dispatcherFor, transportOver } from '../../src/engine/transport.ts'
import type { Reply } from '../../src/model/request.ts'
import { memoryLedger, planned } from './support.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const behaviours = new Map<string, Handler>()
const seen: { host: string | undefined; url: string | undefined; authorization: string | undefined }[] = []
let server: Loopback

beforeAll(async () => {
  server = await startLoopback(['api.acme.test', 'other.test'], (request, response) => {
    seen.push({ host: request.headers.host, url: request.url, authorization: request.headers.authorization })
    response.on('error', () => undefined)
    behaviours.get(request.url ?? '')?.(request, response)
  })
})
afterAll(() => server.close())

let paths = 0
/** Asks a server that behaves so, through the real transport. */
async function ask(behaviour: Handler, { idle = 1000, total = 1500 } = {}): Promise<Reply> {
  const path = `/${++paths}`
  behaviours.set(path, behaviour)
  const allowed = () => false
  const dispatcher = dispatcherFor({ allowed, idle, ca: [server.ca], route: server.route })
  try {
    const headers = { authorization: 'Bearer s3cret' }
    return await transportOver(dispatcher, allowed)(
      { method: 'GET', origin: 'https://api.acme.test', path, headers },
      AbortSignal.timeout(total),
    )
  } finally {
    await dispatcher.destroy()
  }
}

const sends =
  (status: number, headers: Readonly<Record<string, string>>, body: string | Buffer = ''): Handler =>
  (_, response) =>
    void response.writeHead(status, headers).end(body)
/** Answers with these very bytes, over the encrypted socket. */
const raw =
  (bytes: string, end = true): Handler =>
  ({ socket }) => {
    socket.write(bytes)
    if (end) socket.end()
  }
const json = { 'content-type': 'application/json' }
const mebibyte = 1024 * 1024

describe('an answer', () => {
  it.each([301, 302, 303, 307, 308])('that is a redirect is not followed: %i', async status => {
    const before = seen.length
    const reply = await ask(sends(status, { location: 'https://other.test/steal' }))
    expect(reply).toMatchObject({ status, headers: { location: 'https://other.test/steal' } })
    expect(seen.slice(before).map(({ host }) => host)).toEqual(['api.acme.test'])
  })

  it.each<readonly [string, Handler, Partial<Reply>]>([
    ['as long as it may be', sends(200, json, `"${'a'.repeat(mebibyte - 2)}"`), { kind: 'json' }],
    [
      'a byte too long, as its length says',
      sends(200, json, `"${'a'.repeat(mebibyte - 1)}"`),
      { kind: 'unreadable', body: 'longer than 1 MiB' },
    ],
    [
      'too long, in chunks',
      (_, response) => {
        response.writeHead(200, json)
        for (let chunk = 0; chunk < 40; chunk++) response.write('a'.repeat(65_536))
        response.end()
      },
      { kind: 'unreadable', body: 'longer than 1 MiB' },
    ],
    [
      'without end',
      (_, response) => {
        response.writeHead(200, json)
        const more = (): void => {
          while (!response.destroyed && response.write('a'.repeat(65_536)));
        }
        response.on('drain', more)
        more()
      },
      { kind: 'unreadable', body: 'longer than 1 MiB' },
    ],
    [
      'nested 200,000 deep',
      sends(200, json, '['.repeat(200_000) + ']'.repeat(200_000)),
      { kind: 'unreadable', body: 'nested more than 64 deep' },
    ],
    ['nested 200,000 deep, in objects', sends(200, json, '{"a":'.repeat(200_000)), { kind: 'unreadable' }],
    ['deep under no name', sends(200, {}, '['.repeat(200_000)), { kind: 'unreadable' }],
    ['of JSON cut short', sends(200, json, '{"ok":tru'), { kind: 'unreadable', body: 'called JSON, but not JSON' }],
    [
      'zipped although we asked for none',
      sends(200, { ...json, 'content-encoding': 'gzip' }, gzipSync('{"ok":true}')),
      { kind: 'json', body: { ok: true } },
    ],
    [
      'zipped, and more than it seems',
      sends(200, { ...json, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(200 * mebibyte))),
      { kind: 'unreadable' },
    ],
    [
      'called zipped, but not',
      sends(200, { ...json, 'content-encoding': 'gzip' }, '{"ok":true}'),
      { kind: 'unreadable' },
    ],
    [
      'zipped twice',
      sends(200, { ...json, 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('{}'))),
      { kind: 'unreadable' },
    ],
    [
      'packed in an unknown way',
      sends(200, { ...json, 'content-encoding': 'zstd' }, '{"ok":true}'),
      { kind: 'unreadable' },
    ],
    [
      'of bytes',
      sends(200, { 'content-type': 'application/octet-stream' }, Buffer.from([0, 1, 2, 255])),
      { kind: 'unreadable', body: 'binary' },
    ],
    [
      'of bytes that are called JSON',
      sends(200, json, Buffer.from([0x89, 0x50, 0, 0])),
      { kind: 'unreadable', body: 'binary' },
    ],
    [
      'of JSON that is called text',
      sends(200, { 'content-type': 'text/plain' }, '{"ok":true}'),
      { kind: 'json', body: { ok: true } },
    ],
    ['of a web page that is called JSON', sends(200, json, '<html>sign in</html>'), { kind: 'unreadable' }],
    [
      'of a web page that is called text',
      sends(200, { 'content-type': 'text/plain' }, '<!DOCTYPE html><html></html>'),
      { kind: 'html', body: undefined },
    ],
    ['of nothing', sends(204, {}), { kind: 'none', body: undefined }],
    [
      'of XML',
      sends(403, { 'content-type': 'application/xml' }, '<Error><Code>AccessDenied</Code></Error>'),
      { kind: 'xml', body: { $root: 'Error', Code: 'AccessDenied' } },
    ],
    [
      'of XML with entities',
      sends(200, { 'content-type': 'text/xml' }, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
      { kind: 'unreadable' },
    ],
    [
      'of XML nested deep',
      sends(200, { 'content-type': 'text/xml' }, `${'<a>'.repeat(4999)}${'</a>'.repeat(4999)}`),
      { status: 200 },
    ],
    ['of XML that is broken', sends(200, { 'content-type': 'text/xml' }, '<a><b></a>'), { kind: 'unreadable' }],
    ['with JSON that would change every object', sends(200, json, '{"__proto__":{"polluted":1}}'), { kind: 'json' }],
    [
      'with the same header twice',
      (_, response) =>
        void response
          .writeHead(
            200,
            [
              ['X-Id', 'a'],
              ['x-id', 'b'],
            ].flat(),
          )
          .end(),
      { headers: expect.objectContaining({ 'x-id': 'a, b' }) },
    ],
  ])('is taken as it is: %s', async (_, behaviour, expected) => {
    expect(await ask(behaviour)).toMatchObject(expected)
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})

describe('no answer', () => {
  const dripping: Handler = (_, response) => {
    response.writeHead(200, json)
    const timer = setInterval(() => response.write(' '), 50)
    response.on('close', () => clearInterval(timer))
  }
  it.each<readonly [string, Handler, string]>([
    ['a body that drips', dripping, 'timeout'],
    ['silence', () => undefined, 'timeout'],
    ['headers, then silence', (_, response) => void response.writeHead(200, json).write('{'), 'timeout'],
    [
      'a flood of headers',
      raw(`HTTP/1.1 200 OK\r\n${'X-Flood: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(5000)}\r\n`),
      'protocol',
    ],
    [
      'headers without end',
      (request, _) => void setInterval(() => request.socket.write('X-Drip: a\r\n'), 20).unref(),
      'protocol',
    ],
    ['a body that is shorter than promised', raw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":true}'), 'tcp'],
    ['a chunk that never ends', raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":'), 'tcp'],
    ['two lengths', raw('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n{"a":1}'), 'protocol'],
    ['garbage', raw('SSH-2.0-OpenSSH_9.6\r\n'), 'protocol'],
    ['half a status line', raw('HTTP/1.1 2'), 'tcp'],
    ['an end before the start', raw(''), 'tcp'],
    [
      'a reset in the middle',
      ({ socket }, response) => {
        response.writeHead(200, { ...json, 'content-length': '1000' }).write('{"ok":')
        setTimeout(() => socket.destroy(), 20)
      },
      'tcp',
    ],
  ])('has a name, and ends in time: %s', async (_, behaviour, kind) => {
    const before = performance.now()
    const error = await ask(behaviour, { idle: 600, total: 800 }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Error)
    expect(failureOf(error, 'api.acme.test')).toMatchObject({ kind, passing: true })
    expect(performance.now() - before).toBeLessThan(1500)
  })

  it.each([
    ['a certificate that nobody vouches for', 'api.acme.test', false],
    ['the certificate of another host', 'third.test', true],
  ])('%s: the secret does not leave', async (_, host, trusted) => {
    const before = seen.length
    const allowed = () => false
    const dispatcher = dispatcherFor({
      allowed,
      idle: 500,
      route: () => ({ address: '127.0.0.1', port: server.port }),
      ...(trusted && { ca: [server.ca] }),
    })
    const wire = { method: 'GET' as const, origin: `https://${host}`, path: '/', headers: {} }
    const error = await transportOver(dispatcher, allowed)(wire, AbortSignal.timeout(2000)).catch(
      (caught: unknown) => caught,
    )
    await dispatcher.destroy()
    expect(failureOf(error, host)).toMatchObject({ kind: 'tls', passing: false })
    expect(seen).toHaveLength(before)
  })
})

describe('the whole network', () => {
  function network(change: { timeout?: number; attempts?: number } = {}) {
    const ledger = memoryLedger()
    const transport = { allowed: () => false, idle: 500, ca: [server.ca], route: server.route }
    return {
      ledger,
      ...openNetwork({
        transport,
        ledger,
        agent: 'test',
        timeout: 500,
        attempts: 2,
        patience: 0,
        signal: new AbortController().signal,
        ...change,
      }),
    }
  }

  it('puts the secret into the request and nowhere else', async () => {
    behaviours.set('/v1/me', sends(200, json, '{}'))
    const { send, ledger, close } = network()
    const answer = await send(planned(), () => true)
    await close()
    expect(answer.reply?.status).toBe(200)
    expect(seen.at(-1)).toMatchObject({ authorization: 'Bearer acme_S3cretS3cretS3cret' })
    expect(JSON.stringify([answer, ledger.lines])).not.toContain('S3cret')
  })

  it('ends a body that drips for ever, whatever the pauses between its bytes', async () => {
    behaviours.set('/drip', (_, response) => {
      response.writeHead(200, json)
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    const { send, close } = network()
    const before = performance.now()
    const answer = await send(planned({ path: '/drip' }), () => true)
    expect(answer.none).toMatchObject({ reason: 'unreachable', note: 'api.acme.test did not answer in time' })
    expect(performance.now() - before).toBeLessThan(1200)
    await close()
  })

  it('gives the connection up when the time is over', async () => {
    let closed = false
    behaviours.set('/late', request => void request.socket.on('close', () => (closed = true)))
    const { send, close } = network({ timeout: 200, attempts: 1 })
    await send(planned({ path: '/late' }), () => true)
    await sleep(100)
    expect(closed).toBe(true)
    await close()
  })
})

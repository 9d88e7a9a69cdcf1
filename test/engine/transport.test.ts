import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Reply } from '../../src/model/request.ts'
import { type Handler, json, type Misbehaving, sends, startMisbehaving } from './misbehaving.ts'

const mebibyte = 1024 * 1024
let server: Misbehaving
beforeAll(async () => {
  server = await startMisbehaving()
})
afterAll(() => server.close())

describe('an answer', () => {
  it.each([301, 302, 303, 307, 308])('that is a redirect is not followed: %i', async status => {
    const before = server.seen.length
    const reply = await server.ask(sends(status, { location: 'https://other.test/steal' }))
    expect(reply).toMatchObject({ status, headers: { location: 'https://other.test/steal' } })
    expect(server.seen.slice(before).map(({ host }) => host)).toEqual(['api.acme.test'])
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
      { kind: 'unreadable', body: 'compressed in a way that could not be undone' },
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
      { kind: 'unreadable', body: 'not the XML of an API' },
    ],
    [
      'of XML nested deep',
      sends(200, { 'content-type': 'text/xml' }, `${'<a>'.repeat(4999)}${'</a>'.repeat(4999)}`),
      { status: 200 },
    ],
    ['of XML that is broken', sends(200, { 'content-type': 'text/xml' }, '<a><b></a>'), { kind: 'unreadable' }],
    ['with JSON that would change every object', sends(200, json, '{"__proto__":{"polluted":1}}'), { kind: 'json' }],
    [
      'after early hints',
      (_, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' })
        response.writeHead(200, json).end('{"ok":true}')
      },
      { status: 200, headers: expect.not.objectContaining({ link: expect.anything() }), body: { ok: true } },
    ],
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
    expect(await server.ask(behaviour)).toMatchObject(expected)
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})

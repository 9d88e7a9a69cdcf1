import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ending } from '../../src/engine/ending.ts'
import { failureOf } from '../../src/engine/failure.ts'
import { openNetwork } from '../../src/engine/network.ts'
import { dispatcherFor, transportOver } from '../../src/engine/transport.ts'
import { type Handler, json, type Misbehaving, raw, sends, startMisbehaving } from './misbehaving.ts'
import { endingAfter, memoryLedger, planned } from './support.ts'

let server: Misbehaving
beforeAll(async () => {
  server = await startMisbehaving()
})
afterAll(() => server.close())

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
    const error = await server.ask(behaviour, { idle: 600, total: 800 }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(Error)
    expect(failureOf(error, 'api.acme.test')).toMatchObject({ kind, passing: true })
    expect(performance.now() - before).toBeLessThan(1500)
  })

  it.each([
    ['a certificate that nobody vouches for', 'api.acme.test', false],
    ['the certificate of another host', 'third.test', true],
  ])('%s: the secret does not leave', async (_, host, trusted) => {
    const before = server.seen.length
    const allowed = () => false
    const dispatcher = dispatcherFor({
      allowed,
      idle: 500,
      route: () => ({ address: '127.0.0.1', port: server.port }),
      ...(trusted && { ca: [server.ca] }),
    })
    const wire = { method: 'GET' as const, origin: `https://${host}`, path: '/', headers: {} }
    const error = await transportOver(dispatcher, allowed)(wire, endingAfter(2000)).catch((caught: unknown) => caught)
    await dispatcher.destroy()
    expect(failureOf(error, host)).toMatchObject({ kind: 'tls', passing: false })
    expect(server.seen).toHaveLength(before)
  })
})

describe('an attempt that is over before it left', () => {
  it('never leaves, although the connection is there by then', async () => {
    const before = server.seen.length
    const allowed = () => false
    const dispatcher = dispatcherFor({ allowed, idle: 500, ca: [server.ca], route: server.route })
    const ending = new Ending()
    const wire = { method: 'GET' as const, origin: 'https://api.acme.test', path: '/never', headers: {} }
    const asked = transportOver(dispatcher, allowed)(wire, ending)
    ending.end(new Error('over'))
    await expect(asked).rejects.toThrow('over')
    await sleep(200)
    await dispatcher.destroy()
    expect(server.seen).toHaveLength(before)
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
    server.behaviours.set('/v1/me', sends(200, json, '{}'))
    const { send, ledger, close } = network()
    const answer = await send(planned(), () => true)
    await close()
    expect(answer.reply?.status).toBe(200)
    expect(server.seen.at(-1)).toMatchObject({ authorization: 'Bearer acme_S3cretS3cretS3cret' })
    expect(JSON.stringify([answer, ledger.lines])).not.toContain('S3cret')
  })

  it('ends a body that drips for ever, whatever the pauses between its bytes', async () => {
    server.behaviours.set('/drip', (_, response) => {
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
    server.behaviours.set('/late', request => void request.socket.on('close', () => (closed = true)))
    const { send, close } = network({ timeout: 200, attempts: 1 })
    await send(planned({ path: '/late' }), () => true)
    await sleep(100)
    expect(closed).toBe(true)
    await close()
  })
})

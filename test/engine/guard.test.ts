import net from 'node:net'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Loopback, startLoopback } from '../../src/demo/loopback.ts'
import { allowing, isPublic } from '../../src/engine/address.ts'
import { failureOf } from '../../src/engine/failure.ts'
import { RefusedAddress } from '../../src/engine/guard.ts'
import { dispatcherFor, type Transport, type TransportOptions, transportOver } from '../../src/engine/transport.ts'
import { type ConnectProxy, startProxy } from './proxy.ts'
import { endingAfter } from './support.ts'

let server: Loopback
let proxy: ConnectProxy
const seen: string[] = []

beforeAll(async () => {
  server = await startLoopback(['api.acme.test', 'localhost'], (request, response) => {
    seen.push(`${request.headers.host} ${request.url}`)
    response.setHeader('content-type', 'application/json').end('{"ok":true}')
  })
  proxy = await startProxy(host => (host === 'refused.test' ? undefined : server.port))
})
afterAll(async () => {
  await proxy.close()
  await server.close()
})

async function asking<T>(options: Partial<TransportOptions>, use: (transport: Transport) => Promise<T>): Promise<T> {
  const wanted = { allowed: allowing([]), idle: 2000, ...options }
  const dispatcher = dispatcherFor(wanted)
  try {
    return await use(transportOver(dispatcher, wanted.allowed))
  } finally {
    await dispatcher.destroy()
  }
}

const get = (origin: string) => (transport: Transport) =>
  transport({ method: 'GET', origin, path: '/v1/me', headers: {} }, endingAfter(5000))

const inward = [
  'https://127.0.0.1',
  'https://127.1',
  'https://2130706433',
  'https://0x7f000001',
  'https://0177.0.0.1',
  'https://0x7f.1',
  'https://0.0.0.0',
  'https://10.0.0.1',
  'https://172.16.5.4',
  'https://192.168.1.1',
  'https://169.254.169.254',
  'https://0xA9FEA9FE',
  'https://100.64.0.1',
  'https://100.100.100.200',
  'https://168.63.129.16',
  'https://192.0.0.192',
  'https://224.0.0.1',
  'https://255.255.255.255',
  'https://[::]',
  'https://[::1]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:a9fe:a9fe]',
  'https://[::127.0.0.1]',
  'https://[64:ff9b::7f00:1]',
  'https://[64:ff9b:1::a00:1]',
  'https://[2002:7f00:1::]',
  'https://[fe80::1]',
  'https://[fec0::1]',
  'https://[fc00::1]',
  'https://[fd00:ec2::254]',
  'https://[2001:db8::1]',
]

describe('an address that is not of the open internet, written out', () => {
  // Should a guard ever break, no packet may leave because of its test.
  const opened = vi.fn(() => {
    throw new Error('a socket was about to open')
  })
  beforeEach(() => {
    vi.spyOn(tls, 'connect').mockImplementation(opened)
    vi.spyOn(net, 'connect').mockImplementation(opened)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    expect(opened).not.toHaveBeenCalled()
  })

  it.each(inward)('is refused: %s', async origin => {
    await expect(asking({}, get(origin))).rejects.toThrow(RefusedAddress)
    await expect(asking({}, get(`${origin}:${server.port}`))).rejects.toThrow('is not a public address')
  })

  it.each(inward)('is refused by the connector itself, whatever stands before it: %s', async origin => {
    const dispatcher = dispatcherFor({ allowed: allowing([]), idle: 500 })
    // An allowance that only the outer check sees: the socket must not open all the same.
    await expect(get(origin)(transportOver(dispatcher, () => true))).rejects.toThrow(RefusedAddress)
    await dispatcher.destroy()
  })

  it.each(inward)('is not sent to a proxy either: %s', async origin => {
    const before = proxy.asked.length
    await expect(asking({ proxy: { https: proxy.url } }, get(origin))).rejects.toThrow(RefusedAddress)
    expect(proxy.asked).toHaveLength(before)
  })
})

describe('an address that is not of the open internet', () => {
  it.each([
    'https://localhost',
    'https://localhost.',
    'https://LOCALHOST',
    'https://a.localhost',
    'https://a.localhost.',
  ])('is not sent to a proxy under its name: %s', async origin => {
    await expect(asking({ proxy: { https: proxy.url } }, get(origin))).rejects.toThrow(RefusedAddress)
  })

  it('is refused when a name leads there, and nothing arrives', async () => {
    const before = seen.length
    const dispatcher = dispatcherFor({ allowed: allowing([]), idle: 500, ca: [server.ca] })
    await expect(get(`https://localhost:${server.port}`)(transportOver(dispatcher, () => true))).rejects.toThrow(
      /localhost resolves to (127\.0\.0\.1|::1), which is not a public address/,
    )
    await dispatcher.destroy()
    expect(seen).toHaveLength(before)
  })

  it('is told in words that help, and is not tried again', () => {
    const failure = failureOf(new RefusedAddress('10.0.0.1 is not a public address'), '10.0.0.1')
    expect(failure).toEqual({ kind: 'address', says: '10.0.0.1 is not a public address', passing: false })
  })

  it.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('is not %s', address =>
    expect(isPublic(address)).toBe(true),
  )
})

describe('what the user allows', () => {
  it.each([
    ['by address', ['127.0.0.1'], '127.0.0.1'],
    ['by network', ['127.0.0.0/8'], '127.0.0.1'],
    ['by network, for a name that leads there', ['127.0.0.0/8', '::1/128'], 'localhost'],
    ['by name', ['LOCALHOST'], 'localhost'],
  ])('is asked: %s', async (_, values, host) => {
    const reply = await asking({ allowed: allowing(values), ca: [server.ca] }, get(`https://${host}:${server.port}`))
    expect(reply).toMatchObject({ status: 200, body: { ok: true } })
  })

  it.each([
    ['another address', ['127.0.0.2'], '127.0.0.1'],
    ['another network', ['10.0.0.0/8'], '127.0.0.1'],
    ['a name that only ends alike', ['ocalhost'], 'localhost'],
  ])('is no more than that: %s', async (_, values, host) => {
    await expect(
      asking({ allowed: allowing(values), ca: [server.ca] }, get(`https://${host}:${server.port}`)),
    ).rejects.toThrow(RefusedAddress)
  })

  it('must be a network where it has a slash', () =>
    expect(() => allowing(['10.0.0.0/8/8', 'a/b'])).toThrow('is not a network'))

  it('knows an address of IPv4 inside IPv6', () => expect(allowing(['10.0.0.0/8'])('x', '::ffff:10.1.2.3')).toBe(true))
})

describe('a proxy', () => {
  it('tunnels public names, whose certificate is verified', async () => {
    const reply = await asking({ proxy: { https: proxy.url }, ca: [server.ca] }, get('https://api.acme.test'))
    expect(reply.status).toBe(200)
    expect(proxy.asked).toContain('api.acme.test:443')
  })

  it.each([
    ['of a stranger', 'https://api.acme.test', false],
    ['of another host', 'https://other.test', true],
  ])('does not get past a certificate %s', async (_, origin, trusted) => {
    const before = seen.length
    const error = await asking({ proxy: { https: proxy.url }, ...(trusted && { ca: [server.ca] }) }, get(origin)).catch(
      (caught: unknown) => caught,
    )
    expect(failureOf(error, 'it').kind).toBe('tls')
    expect(seen).toHaveLength(before)
  })

  it('that refuses is named, and not asked again', async () => {
    const error = await asking({ proxy: { https: proxy.url } }, get('https://refused.test')).catch(
      (caught: unknown) => caught,
    )
    expect(failureOf(error, 'refused.test')).toEqual({
      kind: 'proxy',
      says: 'the proxy refused to connect to refused.test (403)',
      passing: false,
    })
  })

  it('is passed by for NO_PROXY, where the address is checked again', async () => {
    const before = proxy.asked.length
    const dispatcher = dispatcherFor({
      allowed: allowing([]),
      idle: 500,
      ca: [server.ca],
      proxy: { https: proxy.url, except: 'localhost' },
    })
    await expect(get(`https://localhost:${server.port}`)(transportOver(dispatcher, () => true))).rejects.toThrow(
      RefusedAddress,
    )
    await dispatcher.destroy()
    const reply = await asking(
      { allowed: allowing(['localhost']), ca: [server.ca], proxy: { https: proxy.url, except: 'localhost' } },
      get(`https://localhost:${server.port}`),
    )
    expect(reply.status).toBe(200)
    expect(proxy.asked).toHaveLength(before)
  })
})

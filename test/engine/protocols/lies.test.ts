import { TLSSocket } from 'node:tls'
import { assert, asyncProperty, boolean, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { often } from '../../often.ts'
import { memoryLedger } from '../support.ts'
import { ask, askFromAfar, password, protocols, selfMade, serving } from './wire.ts'

describe.each(protocols)('what answers at the port of %s', protocol => {
  it('is given up when it says nothing, after one attempt', async () => {
    const server = await serving(() => undefined)
    const { none } = await ask(protocol, server.port)
    expect(none?.reason).toBe('unreachable')
    expect(server.heard()).not.toContain(password)
  })

  it('is given up when it says a byte now and then', async () => {
    const { port } = await serving(socket => {
      const timer = setInterval(() => socket.write('\0'), 50)
      socket.on('close', () => clearInterval(timer))
    })
    expect((await ask(protocol, port)).none?.reason).toBe('unreachable')
  })

  it('hears no password when it is a web server', async () => {
    const server = await serving(socket => {
      const answer = 'HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'
      if (protocol === 'mysql') socket.end(answer)
      else socket.once('data', () => socket.end(answer))
    })
    const { none, reply } = await ask(protocol, server.port)
    expect(reply).toBeUndefined()
    expect(none?.reason).toBe('unreachable')
    expect(server.heard()).not.toContain(password)
  })

  it('decides nothing when it hangs up', async () => {
    const { port } = await serving(socket => void socket.destroy())
    expect((await ask(protocol, port)).none).toMatchObject({ reason: 'unreachable' })
  })

  it('is written down before a byte leaves', async () => {
    const ledger = memoryLedger()
    let before: readonly string[] = []
    const { port } = await serving(socket => {
      before = [...ledger.lines]
      socket.destroy()
    })
    await ask(protocol, port, ledger)
    expect(before).toEqual(['sent acme-1 /'])
  })

  it('is shown nothing over the open internet without encryption', async () => {
    const greeting = Buffer.concat([
      Buffer.from([10]),
      Buffer.from('8.0.1\0'),
      Buffer.alloc(8, 1),
      Buffer.alloc(9, 1),
      Buffer.from([0xff, 0xf7, 45, 2, 0, 0xff, 0, 21]),
      Buffer.alloc(10),
      Buffer.alloc(13, 1),
      Buffer.from('mysql_native_password\0'),
    ])
    const framed = Buffer.concat([Buffer.from([greeting.length, 0, 0, 0]), greeting])
    const server = await serving(socket => {
      if (protocol === 'mysql') socket.write(framed)
      socket.once('data', () => socket.write('N'))
    })
    await expect(askFromAfar(protocol, server.port)).rejects.toThrow()
    expect(server.heard()).not.toContain(password)
    expect(server.heard()).not.toContain('app')
  })

  it('never makes us accept or fall over, whatever bytes it sends', async () => {
    await assert(
      asyncProperty(uint8Array({ maxLength: 200 }), boolean(), async (bytes, first) => {
        const { port } = await serving(socket => {
          if (first) socket.end(bytes)
          else socket.once('data', () => socket.end(bytes))
        })
        const { reply } = await ask(protocol, port)
        expect(reply?.body ?? {}).not.toMatchObject({ accepted: true })
      }),
      often(40),
    )
  })
})

describe('encryption', () => {
  it('over the open internet is with whom the certificate names, or nothing is said', async () => {
    const { cert, key } = await selfMade()
    let inside = ''
    const { port } = await serving(socket => {
      socket.once('data', () => {
        socket.write('S')
        const secured = new TLSSocket(socket, { isServer: true, cert, key })
        secured.on('error', () => undefined).on('data', bytes => (inside += bytes.toString('latin1')))
      })
    })
    await expect(askFromAfar('postgresql', port)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    expect(inside).toBe('')
  })

  it('begins with the first byte, and not with one that somebody slipped in before it', async () => {
    const { port } = await serving(socket => socket.once('data', () => socket.write('SE')))
    await expect(askFromAfar('postgresql', port)).rejects.toThrow('belong to no encryption')
  })
})

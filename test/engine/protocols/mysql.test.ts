import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { ask, password, selfMade, serving } from './wire.ts'

const salt = Buffer.from('12345678901234567890')
const sha = (...pieces: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

function packet(number: number, ...pieces: readonly (string | Buffer | number[])[]): Buffer {
  const body = Buffer.concat(pieces.map(piece => Buffer.from(piece as Buffer)))
  return Buffer.concat([Buffer.from([body.length & 0xff, body.length >> 8, 0, number]), body])
}

function greeting(plugin: string, encrypted: boolean): Buffer {
  const flags = encrypted ? 0xff : 0xf7
  return packet(
    0,
    [10],
    '8.4.3\0',
    [1, 0, 0, 0],
    salt.subarray(0, 8),
    [0, 0xff, flags, 45, 2, 0, 0xff, 0, 21],
    Buffer.alloc(10),
    salt.subarray(8),
    [0],
    `${plugin}\0`,
  )
}

const ok = (number: number): Buffer => packet(number, [0, 0, 0, 2, 0, 0, 0])
const refused = (number: number): Buffer => packet(number, [0xff, 0x15, 0x04], '#28000no')
const end = (number: number): Buffer => packet(number, [0xfe, 0, 0, 2, 0])
const grants = [
  packet(1, [1]),
  packet(2, 'column'),
  end(3),
  packet(4, [35], 'GRANT SELECT ON `shop`.* TO `a`@`%` '),
  end(5),
]

/** Does as told with each packet that comes in; the one that asks for encryption is answered with encryption. */
function mysql(
  plugin: string,
  act: (body: Buffer, number: number, turn: number) => Buffer,
  tls?: { cert: string; key: string },
) {
  return serving(socket => {
    const talk = (over: Socket): void => {
      let turn = 0
      over
        .on('error', () => undefined)
        .on('data', bytes => {
          const body = bytes.subarray(4)
          if (body[0] === 3) over.write(Buffer.concat(grants))
          else if (body[0] !== 1 || bytes.length > 5) over.write(act(body, (bytes[3] ?? 0) + 1, turn++))
        })
    }
    socket.write(greeting(plugin, tls !== undefined))
    if (tls === undefined) return talk(socket)
    // Behind the 36 bytes that ask for encryption it begins at once.
    socket.once('data', bytes => {
      socket.removeAllListeners('data').pause()
      if (bytes.length > 36) socket.unshift(bytes.subarray(36))
      talk(new TLSSocket(socket, { isServer: true, ...tls }))
    })
  })
}

/** What a client answers that knows the password: https://dev.mysql.com/doc/dev/mysql-server/latest/page_caching_sha2_authentication_exchanges.html */
const scramble = Buffer.from(sha(password).map((byte, at) => byte ^ (sha(sha(sha(password)), salt)[at] ?? 0)))

describe('a sign-in at MySQL 8', () => {
  it('answers as caching_sha2_password wants it', async () => {
    const { port } = await mysql('caching_sha2_password', (body, number) =>
      body.includes(scramble) ? Buffer.concat([packet(number, [1, 3]), ok(number + 1)]) : refused(number),
    )
    expect((await ask('mysql', port)).reply?.body).toMatchObject({
      accepted: true,
      signed_in: true,
      asked: 'caching_sha2_password',
      version: '8.4.3',
      user: 'a@%',
      grants: ['SELECT ON `shop`.*'],
    })
  })

  it('shows the password where the server has it not at hand, under encryption alone', async () => {
    const secret = Buffer.from(`${password}\0`)
    const { port } = await mysql(
      'caching_sha2_password',
      (body, number, turn) =>
        turn === 0 ? packet(number, [1, 4]) : body.equals(secret) ? ok(number) : refused(number),
      await selfMade(),
    )
    expect((await ask('mysql', port)).reply?.body).toMatchObject({ accepted: true, security: 'encrypted' })
  })

  it('asks for a key where there is no encryption, and never shows the password', async () => {
    const server = await mysql('caching_sha2_password', (_, number, turn) =>
      turn === 0 ? packet(number, [1, 4]) : refused(number),
    )
    await ask('mysql', server.port)
    expect(server.heard()).not.toContain(password)
  })

  it.each(['mysql_clear_password', 'dialog'])(
    'shows the password to no server that asks for it by %s without encryption',
    async plugin => {
      const server = await mysql('mysql_native_password', (_, number) => packet(number, [0xfe], `${plugin}\0`))
      expect((await ask('mysql', server.port)).none?.reason).toBe('unreachable')
      expect(server.heard()).not.toContain(password)
    },
  )

  it('says which way of signing in it does not speak', async () => {
    const { port } = await mysql('mysql_native_password', (_, number) =>
      packet(number, [0xfe], 'parsec\0', Buffer.alloc(32, 1)),
    )
    expect((await ask('mysql', port)).reply?.body).toMatchObject({
      accepted: false,
      asked: 'parsec',
      code: 'plugin',
    })
  })

  it('hands out no file to a server that asks for one', async () => {
    const { port } = await serving(socket => {
      socket.write(greeting('mysql_native_password', false))
      socket.once('data', () => {
        socket.write(ok(2))
        socket.once('data', () => socket.write(packet(1, [0xfb], '/etc/passwd')))
      })
    })
    expect((await ask('mysql', port)).none?.reason).toBe('unreachable')
  })
})

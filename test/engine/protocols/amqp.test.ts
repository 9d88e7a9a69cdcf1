import { describe, expect, it, vi } from 'vitest'
import { ask, askFromAfar, password, serving } from './wire.ts'

const long = (content: string | Buffer): Buffer => {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(Buffer.byteLength(content))
  return Buffer.concat([size, Buffer.from(content)])
}

function frame(method: number, ...pieces: readonly (Buffer | number[])[]): Buffer {
  const body = Buffer.concat([Buffer.from([0, 10, 0, method]), ...pieces.map(piece => Buffer.from(piece))])
  return Buffer.concat([Buffer.from([1, 0, 0]), long(body), Buffer.from([0xce])])
}

const close = (code: number): Buffer => frame(50, [code >> 8, code & 0xff, 2], Buffer.from('no'), [0, 10, 0, 11])
const start = (mechanisms: string): Buffer => frame(10, [0, 9], long(''), long(mechanisms), long('en_US'))
const heartbeat = Buffer.from([8, 0, 0, 0, 0, 0, 0, 0xce])

interface Behaviour {
  readonly mechanisms?: string
  readonly first?: Buffer
  readonly opens?: Buffer
}

/** A broker that knows the password; each method that it is sent is kept by its number. */
async function said({ mechanisms = 'PLAIN AMQPLAIN', first, opens = frame(41, [0]) }: Behaviour, knows = password) {
  const asked: number[] = []
  const server = await serving(socket =>
    socket.on('data', bytes => {
      const opening = bytes.includes('AMQP\0\0\x09\x01')
      if (opening) socket.write(first ?? start(mechanisms))
      for (let at = opening ? 8 : 0; at + 11 < bytes.length; at += bytes.readUInt32BE(at + 3) + 8) {
        const method = bytes.readUInt16BE(at + 9)
        asked.push(method)
        if (method === 11)
          socket.write(
            bytes.includes(`\0app\0${knows}`)
              ? Buffer.concat([heartbeat, frame(30, [7, 255, 0, 2, 0, 0, 0, 60])])
              : close(403),
          )
        if (method === 40) socket.write(opens)
      }
    }),
  )
  const { reply, none } = await ask('amqp', server.port)
  return { body: reply?.body, none, asked, heard: server.heard() }
}

describe('a sign-in at an AMQP broker', () => {
  it('proves the password, enters the virtual host, and leaves', async () => {
    const { body, asked, heard } = await said({})
    expect(body).toMatchObject({ accepted: true, signed_in: true, asked: 'PLAIN', user: 'app' })
    await vi.waitFor(() => expect(asked).toEqual([11, 31, 40, 50]))
    expect(heard).toContain('\x04shop')
    expect(heard).toContain('authentication_failure_close')
  })

  it('knows a wrong password', async () => {
    const { body, asked } = await said({}, 'another')
    expect(body).toMatchObject({ accepted: false, asked: 'PLAIN', code: '403' })
    expect(asked).toEqual([11])
  })

  it('knows a right password that may not enter', async () => {
    const { body } = await said({ opens: close(530) })
    expect(body).toMatchObject({ accepted: true, code: '530' })
    expect(body).not.toHaveProperty('signed_in')
  })

  it('shows no password to a broker that takes none', async () => {
    const { body, heard } = await said({ mechanisms: 'EXTERNAL ANONYMOUS' })
    expect(body).toMatchObject({ accepted: false, code: 'mechanism' })
    expect(heard).not.toContain(password)
  })

  it.each([
    ['another version of it', Buffer.from('AMQP\0\x01\0\0')],
    ['a refusal before the question', close(320)],
    ['a method of something else', frame(99)],
    ['a table without an end', frame(10, [0, 9, 255, 255, 255, 255])],
    ['a frame without its end', Buffer.concat([start('PLAIN').subarray(0, -1), Buffer.from([0])])],
  ])('shows no password to what says %s', async (_, first) => {
    const { body, none, heard } = await said({ first })
    expect(heard).not.toContain(password)
    expect(body === undefined ? none?.reason : body).toEqual(
      body === undefined ? 'unreachable' : { accepted: false, code: '320', security: 'none' },
    )
  })

  it('shows no password to a server of the open internet without encryption', async () => {
    const server = await serving(socket => void socket.write(start('PLAIN')))
    await expect(askFromAfar('amqp', server.port)).rejects.toThrow()
    expect(server.heard()).not.toContain(password)
  })
})

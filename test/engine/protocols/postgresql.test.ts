import { expect, it } from 'vitest'
import { ask, password, serving } from './wire.ts'

function message(type: string, ...pieces: readonly (string | number)[]): Buffer {
  const body = Buffer.concat(
    pieces.map(piece => {
      if (typeof piece === 'string') return Buffer.from(piece)
      const four = Buffer.alloc(4)
      four.writeInt32BE(piece)
      return four
    }),
  )
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type), length, body])
}

const ready = Buffer.concat([message('R', 0), message('Z', 'I')])

/** A server without encryption that gives these answers, one for each thing that it hears after that. */
function answering(...answers: readonly Buffer[]) {
  return serving(socket => {
    let turn = -1
    socket.on('data', () => {
      turn += 1
      socket.write(turn === 0 ? Buffer.from('N') : (answers[turn - 1] ?? Buffer.alloc(0)))
    })
  })
}

it('believes no server that accepts a proof without one of its own', async () => {
  const rogue = await answering(message('R', 10, 'SCRAM-SHA-256\0\0'), ready)
  expect((await ask('postgresql', rogue.port)).none).toMatchObject({
    reason: 'unreachable',
    note: expect.stringContaining('without knowing it'),
  })
  expect(rogue.heard()).not.toContain(password)
})

it('shows the password itself to no server that has no encryption', async () => {
  const rogue = await answering(message('R', 3), ready)
  expect((await ask('postgresql', rogue.port)).none?.reason).toBe('unreachable')
  expect(rogue.heard()).not.toContain(password)
})

it('takes a sign-in that asked for nothing for open', async () => {
  const { port } = await answering(ready, message('Z', 'I'))
  expect((await ask('postgresql', port)).reply?.body).toMatchObject({ accepted: false, open: true })
})

it('does not work for a server that asks for endless rounds', async () => {
  const { port } = await serving(socket => {
    let turn = 0
    socket.on('data', bytes => {
      const nonce = /r=(.*)$/.exec(bytes.toString())?.[1] ?? ''
      socket.write(
        [
          Buffer.from('N'),
          message('R', 10, 'SCRAM-SHA-256\0\0'),
          message('R', 11, `r=${nonce}x,s=c2FsdA==,i=999999999`),
        ][turn++] ?? '',
      )
    })
  })
  expect((await ask('postgresql', port)).none?.note).toContain('does not ask for a password as SCRAM does')
})

it('keeps what it was told of an error, and none of its text', async () => {
  const { port } = await answering(
    message('R', 5, 'salt'),
    message('E', `SFATAL\0C28P01\0Mpassword for "${password}"\0Rauth_failed\0\0`),
  )
  const { reply } = await ask('postgresql', port)
  expect(reply?.body).toMatchObject({ accepted: false, asked: 'md5', code: '28P01', routine: 'auth_failed' })
  expect(JSON.stringify(reply)).not.toContain(password)
})

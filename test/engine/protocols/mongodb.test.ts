import { describe, expect, it } from 'vitest'
import { mongodb } from './mongodb-server.ts'
import { ask, askFromAfar, password, serving } from './wire.ts'

const right = { mechanism: 'SCRAM-SHA-256', user: 'app', password } as const

async function said(behaviour: Parameters<typeof mongodb>[0]) {
  const asked: string[] = []
  const server = await serving(mongodb(behaviour, asked))
  return { ...(await ask('mongodb', server.port)), asked, heard: server.heard() }
}

describe('a sign-in at MongoDB', () => {
  it.each(['SCRAM-SHA-256', 'SCRAM-SHA-1'] as const)(
    'proves the password by %s, without showing it',
    async mechanism => {
      const { reply, heard } = await said({ ...right, mechanism })
      expect(reply?.body).toMatchObject({
        accepted: true,
        signed_in: true,
        asked: mechanism.toLowerCase(),
        user: 'shop.app',
        roles: ['readWrite on shop'],
        connections: [{ user: 'app', ip: '203.0.113.9', client: 'mongosh' }],
      })
      expect(heard).not.toContain(password)
    },
  )

  it('knows a wrong password', async () => {
    expect((await said({ ...right, password: 'another' })).reply?.body).toMatchObject({
      accepted: false,
      asked: 'scram-sha-256',
      code: '18',
    })
  })

  it('proves nothing to a server that lets everybody in', async () => {
    const { reply, asked } = await said({ ...right, open: true })
    expect(reply?.body).toMatchObject({ accepted: false, open: true })
    expect(asked).toEqual(['hello', 'getLog'])
  })

  it('does not believe a server that does not know the password itself', async () => {
    const { none } = await said({ ...right, lies: true })
    expect(none).toMatchObject({ reason: 'unreachable', note: expect.stringContaining('without knowing it') })
  })

  it('speaks to a server that is older than hello', async () => {
    const { reply, asked } = await said({ ...right, old: true })
    expect(reply?.body).toMatchObject({ accepted: true })
    expect(asked.slice(0, 2)).toEqual(['hello', 'isMaster'])
  })

  it('asks, as an administrator, who is connected, and says where that is not allowed', async () => {
    const asAdministrator = async (few: boolean) => {
      const { port } = await serving(mongodb({ ...right, few }, []))
      return (await askFromAfar('mongodb', port, { database: 'admin', everybody: true, plain: true })).body
    }
    expect(await asAdministrator(false)).toMatchObject({
      signed_in: true,
      connections: [{ user: 'shop', ip: '203.0.113.9', client: 'mongosh', action: 'query', database: 'shop' }],
    })
    const refused = await asAdministrator(true)
    expect(refused).toMatchObject({ signed_in: true, code: '13' })
    expect(refused).not.toHaveProperty('connections')
  })

  it('sends these commands and no other', async () => {
    expect((await said(right)).asked).toEqual([
      'hello',
      'getLog',
      'saslStart',
      'saslContinue',
      'connectionStatus',
      'aggregate',
    ])
  })
})

import { expect, it } from 'vitest'
import { connectionsCovered, openConnections } from '../../src/usage/open-connections.ts'
import { aCase } from '../report/fixture.ts'
import { gather } from './support.ts'

const checkedAt = '2026-11-24T10:00:00Z'
const at = (text: string): number => Date.parse(text)
const seen = {
  user: 'app',
  ip: '203.0.113.9',
  client: 'psql',
  since: '2026-11-24T09:00:00Z',
  at: '2026-11-24T09:30:00Z',
  action: 'SELECT',
  database: 'shop',
}
const caseOf = (connections: readonly object[]) =>
  aCase('works', { id: 'postgresql-1', facts: { user: 'app' } }, { checkedAt, connections })

async function eventsOf(connections: readonly object[]) {
  async function* pulled() {
    yield* openConnections([caseOf(connections)])
  }
  return [...(await gather([], [], { pulled: pulled() })).history('postgresql-1')]
}

it('makes an event of each coming and of each last question', async () => {
  expect(await eventsOf([seen])).toMatchObject([
    { at: at(seen.since), action: 'connect', verb: 'auth', ip: seen.ip, userAgent: 'psql', kind: 'observation' },
    { at: at(seen.at), action: 'SELECT', verb: 'read', ip: seen.ip, credential: { uid: 'app', match: 'principal' } },
  ])
})

it('takes the time of the check where the server tells none', async () => {
  expect(await eventsOf([{ ip: seen.ip }])).toMatchObject([{ at: at(checkedAt), action: 'connected' }])
})

it('says that nobody was connected, and that only this moment was seen; and nothing where it was not asked', () => {
  expect(connectionsCovered(caseOf([]))).toEqual([
    {
      source: 'connections',
      state: 'empty',
      covers: 'owner',
      window: { from: checkedAt, to: checkedAt },
      blind: [expect.stringContaining('connected before'), expect.anything()],
    },
  ])
  expect(connectionsCovered(aCase('works'))).toEqual([])
})

import { expect, it } from 'vitest'
import type { Usage } from '../../src/catalog/sources.ts'
import { googleAudit } from '../../src/usage/formats/google-audit.ts'
import { Pull } from '../../src/usage/pull.ts'

async function lagOf(lag: Pick<Usage, 'lag'>): Promise<string | undefined> {
  const spec: Usage = {
    with: 'admin',
    covers: 'key',
    request: 'GET /audit',
    effect: 'none',
    events: 'items',
    blind: [],
    docs: 'https://acme.example/docs',
    ...lag,
  }
  const send = () => Promise.reject(new Error('nothing is sent'))
  const make = () => ({ stop: { state: 'empty' as const, why: '' } })
  const shared = { name: 'audit', format: googleAudit, facts: {}, parts: {}, windows: [{}], from: 0, to: 1 }
  const pull = new Pull([{ ...shared, credentials: ['one'], spec, make, send, lists: send }])
  for await (const each of pull.handfuls()) expect(each).toBeUndefined()
  return pull.coverage('one')[0]?.lag
}

it('says how late events come by what is known of logs of this form, where its file does not say', async () => {
  expect(await lagOf({})).toContain('seconds to minutes')
  expect(await lagOf({ lag: 'a day' })).toBe('a day')
})

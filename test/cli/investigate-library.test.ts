import { expect, it } from 'vitest'
import { Catalog } from '../../src/catalog/catalog.ts'
import { InvestigationFault, investigate, readFindings } from '../../src/index.ts'
import { shipped } from '../identify/support.ts'
import './network.ts'
import { folder } from './support.ts'
import { findings, leakedId, ownerCalls, strangersCalls, trail, withProviders } from './trail-world.ts'

withProviders()

const catalog = new Catalog(shipped)

it('gives cases with misuse and priority to a program', async () => {
  const options = { catalog, state: folder(), logs: [trail(...ownerCalls(), ...strangersCalls())], noTouch: true }
  const cases = []
  for await (const one of investigate(readFindings([findings([leakedId])]), { ...options, exposedTo: 'public' }))
    cases.push(one)
  expect(cases).toMatchObject([{ misuse: { level: 'likely' }, priority: { decision: 'act_now' } }])
})

it('rejects where a log that was named is not there', async () => {
  const cases = investigate(readFindings([findings()]), { catalog, state: folder(), logs: ['/nowhere/log'] })
  await expect(cases.next()).rejects.toBeInstanceOf(InvestigationFault)
})

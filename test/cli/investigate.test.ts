import { expect, it } from 'vitest'
import { run } from './run.ts'
import {
  findings,
  leakedId,
  leakedSecret,
  ownerCalls,
  strangersCalls,
  stripe,
  trail,
  withProviders,
} from './trail-world.ts'

withProviders()
it('x', async () => {
  const log = trail(...ownerCalls(), ...strangersCalls())
  const r = await run([
    'investigate',
    findings([leakedId, leakedSecret, stripe]),
    '--logs',
    log,
    '--exposure',
    'public',
  ])
  console.log(r.code, r.out)
  const s = await run([
    'investigate',
    findings([stripe, leakedId]),
    '--logs',
    log,
    '--exposure',
    'public',
    '--to',
    'markdown',
  ])
  console.log(s.code, s.out)
  expect(1).toBe(1)
})

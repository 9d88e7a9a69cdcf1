import { expect, it } from 'vitest'
import { run } from './run.ts'
import { findings, ownerCalls, strangersCalls, trail, withProviders, stripe } from './trail-world.ts'
withProviders()
it('x', async () => {
  const log = trail(...ownerCalls(), ...strangersCalls())
  const r = await run(['investigate', findings(undefined), '--logs', log, '--exposure', 'public'])
  console.log(r.code, r.out, r.error)
  const s = await run(['investigate', findings([stripe]), '--logs', log, '--exposure', 'public', '--to', 'markdown'])
  console.log(s.code, s.out, s.error)
  const j = await run(['investigate', findings(undefined), '--logs', log, '--exposure', 'public', '--to', 'json'])
  console.log(JSON.stringify(JSON.parse(j.out).cases[0], null, 1).slice(0, 9000))
  expect(1).toBe(1)
})

import { expect, it } from 'vitest'
import type { UsageEvent } from '../../src/model/usage.ts'
import { assess } from '../../src/signals/assess.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { burst, day, hour, monday, routine } from './trace.ts'

const leakedAt = monday + 10 * day
const exposed: Setting = { exposure: 'public', live: true, leakedAt }

it('takes a few refused sign-ins for somebody who tries, not for one who has the key', () => {
  const known = routine(10, ['user.session.start'], { verb: 'auth' })
  const stranger = { verb: 'auth', ip: '203.0.113.9', country: 'BR', userAgent: 'python-requests/2' } as const
  const tries = (count: number, outcome: UsageEvent['outcome']) =>
    burst(
      leakedAt + hour,
      Array.from({ length: count }, () => 'user.session.start'),
      { ...stranger, outcome },
    )
  const chanceOf = (events: readonly UsageEvent[]) => assess([...known, ...events], exposed).sessions.at(-1)?.p ?? 0
  expect(chanceOf(tries(2, 'success'))).toBeGreaterThan(0.5)
  expect(chanceOf(tries(2, 'failure'))).toBeLessThan(0.5)
  expect(chanceOf(tries(2, 'failure'))).toBeGreaterThan(0.2)
  expect(chanceOf(tries(60, 'failure'))).toBeGreaterThan(0.5)
})

import { expect, it } from 'vitest'
import { assess } from '../../src/signals/assess.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { burst, day, hour, monday, routine } from './trace.ts'

const leakedAt = monday + 10 * day
const exposed: Setting = { exposure: 'public', live: true, leakedAt }
const attack = ['sts:GetCallerIdentity', 'iam:CreateUser', 'iam:CreateAccessKey', 'cloudtrail:StopLogging']

it('tells only sessions since the time that was asked for, and learns from those before', () => {
  const strange = burst(leakedAt + hour, attack, { ip: '192.0.2.9', userAgent: 'curl/8.0' })
  const events = [...routine(12, ['s3:ListBuckets']), ...strange].toSorted((a, b) => a.at - b.at)
  const all = assess(events, exposed)
  const since = leakedAt + day
  const later = assess(events, { ...exposed, since })
  expect(all.sessions.some(({ p }) => p >= 0.5)).toBe(true)
  expect(later.sessions.every(({ end }) => Date.parse(end) >= since)).toBe(true)
  expect(later.p).toBeLessThan(0.5)
  expect(later.before?.clients?.map(({ network }) => network)).toEqual(['198.51.100.7'])
  expect((later.before?.sessions ?? 0) + later.sessions.length).toBe((all.before?.sessions ?? 0) + all.sessions.length)
})

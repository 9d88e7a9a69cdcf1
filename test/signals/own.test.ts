import { describe, expect, it } from 'vitest'
import type { UsageEvent } from '../../src/model/usage.ts'
import { assess } from '../../src/signals/assess.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { burst, day, event, hour, monday, routine } from './trace.ts'

const leakedAt = monday + 10 * day
const exposed: Setting = { exposure: 'public', live: true, leakedAt }
const attack = ['sts:GetCallerIdentity', 'iam:CreateUser', 'iam:CreateAccessKey', 'cloudtrail:StopLogging']
const stranger = { ip: '192.0.2.9', userAgent: 'curl/8.0' }

describe('what the user lists as own', () => {
  it('does not take the name under which the key always acts for the owner’s', () => {
    const actor = 'arn:aws:iam::111122223333:user/deploy'
    const routineOfKey = routine(9, ['sqs:SendMessage'], { actor })
    const odd = burst(leakedAt + hour, ['sts:GetCallerIdentity', 'iam:ListUsers'], { ...stranger, actor })
    const own = { roles: [actor] }
    expect(assess([...routineOfKey, ...odd], { ...exposed, own }).p).toBeGreaterThan(0.5)
    const atHome = odd.map(({ ip: _, ...one }) => ({ ...one, ip: '198.51.100.7' }))
    expect(assess([...routineOfKey, ...atHome], { ...exposed, own }).p).toBeLessThan(0.2)
  })

  describe('clients of your own', () => {
    const userAgent = 'APN/1.0 HashiCorp/1.0 Terraform/1.7.0 aws-sdk-go-v2/1.24'
    const own = { clients: ['terraform'] }
    const clientOf = (events: readonly UsageEvent[], setting: Setting) =>
      assess(events, setting)
        .sessions.at(-1)
        ?.signals.find(({ family }) => family === 'client')

    it('speak for the owner, by the beginning of their user agent or of a product in it', () => {
      const first = [...routine(9, ['sqs:SendMessage']), event(leakedAt + hour, 'ec2:DescribeVpcs', { userAgent })]
      expect(clientOf(first, exposed)?.llr).toBeGreaterThan(1)
      for (const clients of [['terraform'], ['APN/1.0 HashiCorp'], ['nothing', 'Terraform/1.']])
        expect(clientOf(first, { ...exposed, own: { clients } })?.llr).toBe(-0.5)
      for (const clients of [['form'], ['Terraform/2']])
        expect(clientOf(first, { ...exposed, own: { clients } })?.llr).toBeGreaterThan(1)
    })

    it('never speak for a session in which others called too', () => {
      const mixed = ['aws-sdk-go-v2/1.2 acme/1', 'aws-sdk-go-v2/1.2'].map(agent =>
        event(leakedAt + hour, 'ec2:DescribeVpcs', { userAgent: agent }),
      )
      const known = routine(9, ['sqs:SendMessage'])
      expect(clientOf([...known, ...mixed], { ...exposed, own: { clients: ['acme'] } })?.llr).toBeGreaterThan(1)
    })

    it('hide nobody who writes their name into a user agent', () => {
      const forged = burst(leakedAt + hour, attack, { ...stranger, userAgent })
      expect(assess([...routine(9, ['sqs:SendMessage']), ...forged], { ...exposed, own }).p).toBeGreaterThan(0.9)
      const scanner = event(leakedAt + hour, 'sts:GetCallerIdentity', { userAgent: 'TruffleHog' })
      expect(clientOf([scanner], { ...exposed, own: { clients: ['trufflehog'] } })?.llr).toBe(1.5)
    })
  })
})

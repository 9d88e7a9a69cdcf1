import { describe, expect, it } from 'vitest'
import type { UsageEvent } from '../../src/model/usage.ts'
import { assess } from '../../src/signals/assess.ts'
import { changed } from '../../src/signals/change-point.ts'
import { surprise } from '../../src/signals/rate.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { binomialTail, negativeBinomialTail } from '../../src/signals/tails.ts'
import {
  burst,
  daily,
  day,
  event,
  hour,
  internal,
  leakedAt,
  llrOf,
  minute,
  monday,
  routine,
  signalOf,
} from './trace.ts'

const m = 10 / 13

describe('families of evidence, by hand', () => {
  const at = leakedAt + hour

  it('network: m ln(.97 / (1 / 11)) for a new neighbourhood after ten sessions from one', () => {
    expect(llrOf('network', [event(at, 's3:ListBuckets', { ip: '192.0.2.9' })])).toBeCloseTo(m * Math.log(0.97 * 11), 6)
  })

  it('network: the coarsest level that is new decides, with the country its .7', () => {
    const lookup = (ip: string) => (ip.startsWith('198.') ? { country: 'DE', asn: 1 } : { country: 'BR', asn: 2 })
    const events = [event(at, 's3:ListBuckets', { ip: '192.0.2.9' })]
    expect(llrOf('network', events, { ...internal, lookup })).toBeCloseTo(m * Math.log(0.7 / (0.5 / 11)), 6)
  })

  it('network: -1.5 m for a known one, and nothing without an address or without history', () => {
    expect(llrOf('network', [event(at, 's3:ListBuckets')])).toBeCloseTo(-1.5 * m, 6)
    const { ip: _, ...bare } = event(at, 's3:ListBuckets')
    expect(llrOf('network', [bare])).toBeUndefined()
    expect(signalOf('network', assess([event(at, 's3:ListBuckets')], internal))).toBeUndefined()
  })

  it('network context: 3 for Tor, .7 for hosting where it is new', () => {
    const stranger = [event(at, 's3:ListBuckets', { ip: '192.0.2.9' })]
    const tor = (ip: string) => (ip === '192.0.2.9' ? { tor: true as const, hosting: true as const } : {})
    expect(llrOf('network context', stranger, { ...internal, lookup: tor })).toBe(3.5)
    const hosted = () => ({ hosting: true as const })
    expect(llrOf('network context', stranger, { ...internal, lookup: hosted })).toBe(0.7)
    expect(llrOf('network context', [event(at, 's3:ListBuckets')], { ...internal, lookup: hosted })).toBeUndefined()
  })

  it('client: whoever signs in by a key uses a public key, so that it clears nobody', () => {
    const login = (when: number, userAgent: string) => event(when, 'login', { verb: 'auth', userAgent })
    const own = Array.from({ length: 10 }, (_, index) => login(monday + index * day, 'publickey'))
    const { sessions } = assess([...own, login(at, 'publickey')], internal)
    expect(sessions.at(-1)?.signals.map(({ family }) => family)).not.toContain('client')
    expect(signalOf('client', assess([...own, login(at, 'password')], internal))?.llr).toBeGreaterThan(0)
  })

  it('client: m ln(.75 / (.5 / 11)) for a new kind, 2 more for a tool of attackers, -.5 m for a known one', () => {
    const fresh = m * Math.log(0.75 * 22)
    expect(llrOf('client', [event(at, 's3:ListBuckets', { userAgent: 'curl/8.0' })])).toBeCloseTo(fresh, 6)
    const tool = { userAgent: 'TruffleHog' }
    expect(llrOf('client', [event(at, 's3:ListBuckets', tool)])).toBeCloseTo(fresh + 2, 6)
    expect(llrOf('client', [event(at, 's3:ListBuckets', { userAgent: 'Boto3/2.0' })])).toBeCloseTo(-0.5 * m, 6)
    const { userAgent: _, ...bare } = event(at, 's3:ListBuckets')
    expect(llrOf('client', [bare])).toBeUndefined()
  })

  it('operation: 2.2 + .3 ln(1 + 3) new, a quarter of it seen less .5, .6 of it without history', () => {
    const weight = 2.2 + 0.3 * Math.log(4)
    expect(llrOf('operation', [event(at, 'iam:PutUserPolicy')])).toBeCloseTo(weight, 6)
    const alone = assess([event(at, 'iam:PutUserPolicy')], internal)
    expect(signalOf('operation', alone)?.llr).toBeCloseTo(0.6 * weight, 6)
    const own = assess(routine(11, ['iam:PutUserPolicy']), internal)
    expect(signalOf('operation', own)?.llr).toBeCloseTo(Math.min(0.25 * weight, 0.3) - 0.5, 6)
  })

  it('operation: never sums what is repeated, and adds .5 for a further hostile tactic', () => {
    const once = llrOf('operation', [event(at, 'iam:PutUserPolicy')])
    expect(
      llrOf(
        'operation',
        burst(
          at,
          Array.from({ length: 50 }, () => 'iam:PutUserPolicy'),
        ),
      ),
    ).toBe(once)
    const both = llrOf('operation', burst(at, ['iam:PutUserPolicy', 'secretsmanager:GetSecretValue']))
    // GetSecretValue is named in four incidents.
    expect(both).toBeCloseTo(2.2 + 0.3 * Math.log(5) + 0.5, 6)
  })

  it('binding: 3.5 for a machine outside the cloud, 3 for an address outside the key’s own list', () => {
    const machine = { actor: 'arn:aws:sts::111122223333:assumed-role/web/i-0123456789abcdef0' }
    const lookup = () => ({})
    expect(llrOf('binding', [event(at, 's3:ListBuckets', machine)], { ...internal, lookup })).toBe(3.5)
    const cloud = () => ({ cloud: 'amazon' })
    expect(llrOf('binding', [event(at, 's3:ListBuckets', machine)], { ...internal, lookup: cloud })).toBeUndefined()
    const inside = { ...machine, ip: '10.0.0.7', via: 'vpce-1' }
    expect(llrOf('binding', [event(at, 's3:ListBuckets', inside)], { ...internal, lookup })).toBeUndefined()
    const restrictedTo = (ip: string) => ip.startsWith('198.')
    const elsewhere = [event(at, 's3:ListBuckets', { ip: '192.0.2.9' })]
    expect(llrOf('binding', elsewhere, { ...internal, restrictedTo })).toBe(3)
  })

  it('concurrency: 1.5 beside another client elsewhere, 2 across an ocean', () => {
    const lookup = (ip: string) => (ip.startsWith('198.') ? { country: 'DE', asn: 1 } : { country: 'BR', asn: 2 })
    const owner = event(at, 's3:ListBuckets')
    const guest = event(at + 40 * minute, 's3:ListBuckets', { ip: '192.0.2.9' })
    expect(llrOf('concurrency', [owner, guest], { ...internal, lookup })).toBe(2)
    const beside = event(at + 10 * minute, 's3:ListBuckets', { ip: '192.0.2.9', userAgent: 'curl/8.0' })
    expect(llrOf('concurrency', [owner, beside])).toBe(1.5)
  })

  it('region: 1 m where the key never changed anything, .7 for four at once before that is known', () => {
    const elsewhere = (count: number, userAgent = 'curl/8.0') =>
      Array.from({ length: count }, (_, index) =>
        event(at + index, 'ec2:RunInstances', { region: `r${index}`, userAgent }),
      )
    const regionOf = (events: readonly UsageEvent[]) => signalOf('region', assess(events, internal))?.llr
    const home = routine(10, ['s3:PutObject'], { region: 'home' })
    expect(regionOf([...home, ...elsewhere(1)])).toBeCloseTo(m, 6)
    expect(regionOf(elsewhere(4))).toBe(0.7)
    expect(regionOf(elsewhere(3))).toBeUndefined()
    expect(regionOf(elsewhere(4, 'Terraform/1.7'))).toBeUndefined()
  })

  it('revival: 1.5 for a key unused for thirty days before the leak', () => {
    const late = { ...internal, leakedAt: leakedAt + 40 * day }
    expect(llrOf('revival', [event(late.leakedAt + minute, 's3:ListBuckets')], late)).toBe(1.5)
    expect(llrOf('revival', [event(at, 's3:ListBuckets')])).toBeUndefined()
  })
})

describe('numbers that families build on', () => {
  it('tails agree with sums of their terms', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k)
    const sum = Array.from({ length: 4 }, (_, index) => choose(10, 7 + index) * 0.3 ** (7 + index) * 0.7 ** (3 - index))
    expect(binomialTail(7, 10, 0.3)).toBeCloseTo(
      sum.reduce((a, b) => a + b, 0),
      12,
    )
    // Size 1 is geometric: P(X >= x) = (mean / (mean + 1)) ^ x.
    expect(negativeBinomialTail(5, 3, 1)).toBeCloseTo(0.75 ** 5, 12)
    expect(negativeBinomialTail(0, 3, 1)).toBe(1)
    expect(negativeBinomialTail(400, 3, 1)).toBeCloseTo(0.75 ** 400, 60)
  })

  it('an hour surprises from ten calls, three times the mean, and a tail under 2e-4', () => {
    expect(surprise(9, { mean: 0.1, variance: 0.1 })).toBeUndefined()
    expect(surprise(29, { mean: 10, variance: 10 })).toBeUndefined()
    expect(surprise(31, { mean: 10, variance: 300 })).toBeUndefined()
    const found = surprise(40, { mean: 1, variance: 2 })
    // Size 1: tail 2^-40, so .5 (12.04 - 2) is above the cap.
    expect(found?.tail).toBeCloseTo(2 ** -40, 15)
    expect(found?.llr).toBe(2.5)
  })

  it('a change needs a ratio of three and a chance under one in a thousand', () => {
    expect(changed({ before: 1, after: 10, spanBefore: 10 * day, spanAfter: day })).toBeCloseTo(
      binomialTail(10, 11, 1 / 11),
      15,
    )
    expect(changed({ before: 10, after: 2, spanBefore: 10 * day, spanAfter: day })).toBeUndefined()
    expect(changed({ before: 0, after: 3, spanBefore: 0, spanAfter: day })).toBeUndefined()
  })
})

describe('p', () => {
  it('is the logistic of the prior and the sum of the families, for every session', () => {
    const misuse = assess(
      [...routine(20, daily), ...burst(leakedAt + hour, ['iam:PutUserPolicy'], { ip: '192.0.2.9' })],
      internal,
    )
    expect(misuse.sessions.length).toBeGreaterThan(5)
    for (const { p, prior, signals } of misuse.sessions)
      expect(p).toBeCloseTo(1 / (1 + Math.exp(-(prior + signals.reduce((sum, { llr }) => sum + llr, 0)))), 12)
  })

  it.each<[number, Setting]>([
    [-5, { exposure: 'none' }],
    [-5, { exposure: 'public', live: true, leakedAt: monday + day }],
    [-3.5, { exposure: 'internal' }],
    [-3.5, { exposure: 'unknown' }],
    [-2, { exposure: 'public' }],
    [-2, { exposure: 'public', leakedAt: monday - 1 }],
    [-2, { exposure: 'public', live: false, leakedAt: monday - 1 }],
    [-0.5, { exposure: 'public', live: true, leakedAt: monday - 1 }],
  ])('starts from %s for %o', (prior, setting) => {
    const attack = burst(
      monday,
      [
        'sts:GetCallerIdentity',
        'iam:CreateUser',
        'iam:CreateAccessKey',
        'cloudtrail:StopLogging',
        'ec2:GetPasswordData',
      ],
      { userAgent: 'pacu' },
    )
    expect(assess(attack, setting).sessions[0]?.prior).toBe(prior)
  })
})

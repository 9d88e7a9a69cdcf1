import { type Arbitrary, array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Session } from '../../src/model/misuse.ts'
import type { Coverage, UsageEvent } from '../../src/model/usage.ts'
import { assess } from '../../src/signals/assess.ts'
import { together } from '../../src/signals/level.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { often } from '../often.ts'
import { burst, day, event, hour, minute, monday, routine } from './trace.ts'

const leakedAt = monday + 10 * day
const exposed: Setting = { exposure: 'public', live: true, leakedAt }
const attack = ['sts:GetCallerIdentity', 'iam:CreateUser', 'iam:CreateAccessKey', 'cloudtrail:StopLogging']
const covered: Coverage = { source: 'cloudtrail', state: 'ok', covers: 'key', blind: ['S3 reads are not seen'] }

describe('what is not known stays visible', () => {
  it('says that there is no log', () => {
    expect(assess([], exposed)).toMatchObject({ level: 'no_log', confidence: 'none', p: 0, sessions: [], ours: 0 })
    const denied: Coverage = { source: 'cloudtrail', state: 'denied', covers: 'key', why: 'not permitted' }
    expect(assess([], { ...exposed, coverage: [denied] })).toMatchObject({ level: 'no_log', coverage: [denied] })
  })

  it('says that too little is known to compare with, and never that all is well', () => {
    expect(assess([], { ...exposed, coverage: [covered] }).level).toBe('insufficient')
    expect(assess(routine(2, ['s3:ListBuckets']), { exposure: 'internal' })).toMatchObject({
      level: 'insufficient',
      confidence: 'low',
    })
  })

  it('passes on what the sources could not see', () => {
    const misuse = assess(routine(5, ['s3:ListBuckets']), { exposure: 'internal', coverage: [covered] })
    expect(misuse).toMatchObject({ level: 'none_seen', confidence: 'medium', coverage: [covered] })
  })

  it('sums up what was before the leak', () => {
    const misuse = assess(routine(12, ['s3:ListBuckets', 's3:GetBucketAcl']), exposed)
    expect(misuse.before).toEqual({
      sessions: 10,
      events: 20,
      start: new Date(monday).toISOString(),
      end: new Date(monday + 9 * day + minute).toISOString(),
      clients: [
        { client: 'boto3', network: '198.51.100.7', lastAt: new Date(monday + 9 * day + minute).toISOString() },
      ],
      actions: ['s3:GetBucketAcl', 's3:ListBuckets'],
      // Nine o’clock on ten days from a Monday on.
      hours: Array.from({ length: 168 }, (_, at) => (at % 24 === 9 ? (at < 72 ? 2 : 1) : 0)),
    })
    expect(misuse.sessions).toHaveLength(2)
  })
})

describe('whose sessions they are', () => {
  const stranger = { ip: '192.0.2.9', userAgent: 'curl/8.0' }

  it('takes our own probes out, and counts them', () => {
    const ours = burst(leakedAt + hour, attack, { ...stranger, ours: true })
    const misuse = assess([...routine(5, ['s3:ListBuckets']), ...ours], exposed)
    expect(misuse).toMatchObject({ ours: 4, p: misuse.p })
    expect(misuse.sessions.filter(({ ip }) => ip === stranger.ip)).toEqual([])
  })

  it("takes another's afterleak for a stranger's scanner", () => {
    const probe = event(leakedAt + hour, 'sts:GetCallerIdentity', { userAgent: 'afterleak/1.0 (run x)' })
    const signals = assess([probe], exposed).sessions[0]?.signals ?? []
    expect(signals.find(({ family }) => family === 'client')?.says).toContain("another's afterleak")
  })

  const home = { networks: (ip: string) => ip.startsWith('192.0.2.') }

  it('caps what is wholly from listed addresses or by listed roles', () => {
    const odd = burst(
      leakedAt + hour,
      ['s3:ListBuckets', 'iam:ListUsers', 'ec2:DescribeInstances', 'rds:DescribeDBInstances'],
      stranger,
    )
    expect(assess([...routine(9, ['sqs:SendMessage']), ...odd], exposed).p).toBeGreaterThan(0.5)
    expect(assess([...routine(9, ['sqs:SendMessage']), ...odd], { ...exposed, own: home }).p).toBeLessThan(0.5)
    const role = odd.map(one => ({ ...one, actor: 'arn:aws:sts::111122223333:assumed-role/inventory/run' }))
    const own = { roles: ['inventory'] }
    expect(assess([...routine(9, ['sqs:SendMessage']), ...role], { ...exposed, own }).p).toBeLessThan(0.5)
  })

  it('does not cap Tor, the gravest operations, or the provider’s word', () => {
    const tor = () => ({ tor: true as const })
    expect(assess(burst(leakedAt, attack, stranger), { ...exposed, own: home, lookup: tor }).p).toBeGreaterThan(0.9)
    expect(
      assess([...routine(9, ['sqs:SendMessage']), ...burst(leakedAt, attack, stranger)], { ...exposed, own: home }).p,
    ).toBeGreaterThan(0.9)
    const providerSays = { says: 'Stripe calls the key compromised' }
    const misuse = assess([event(leakedAt, 's3:ListBuckets', stranger)], {
      exposure: 'internal',
      own: home,
      providerSays,
    })
    expect(misuse).toMatchObject({ level: 'likely', p: 0.95 })
    expect(misuse.sessions[0]?.signals[0]).toMatchObject({ family: "provider's word", says: providerSays.says })
  })

  it("hears the provider's word in the log, and does not hold it against the provider's own call", () => {
    const quarantine = event(leakedAt + 2 * hour, 'iam:AttachUserPolicy', {
      ip: 'support.amazonaws.com',
      userAgent: 'support.amazonaws.com',
      parameters: { policyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3', userName: 'deploy' },
    })
    const misuse = assess([event(leakedAt + hour, 's3:ListBuckets', stranger), quarantine], {
      exposure: 'internal',
      leakedAt,
    })
    expect(misuse.p).toBe(0.95)
    expect(misuse.sessions.find(({ p }) => p >= 0.95)?.ip).toBe(stranger.ip)
  })

  it('passes the maker’s p on to the key that it made', () => {
    const use = [event(leakedAt + day, 's3:ListBuckets', { ip: '203.0.113.77' })]
    const madeBy = { p: 0.97, shown: 'AKIA…', ip: '192.0.2.9' }
    expect(assess(use, { exposure: 'none' }).p).toBeLessThan(0.05)
    expect(assess(use, { exposure: 'none', madeBy }).p).toBeGreaterThan(0.95)
    const sure = assess(use, { exposure: 'none', madeBy: { ...madeBy, p: 0.9999 } })
    expect(sure.sessions[0]?.signals.map(({ says }) => says).join()).toContain(
      'made by AKIA… in a session with a chance of misuse of 99 %:',
    )
  })
})

describe('several sessions together', () => {
  const session = (p: number, family: string, ip: string): Session => ({
    start: '',
    end: '',
    ip,
    count: 1,
    events: [],
    actions: [],
    prior: -2,
    p,
    signals: [{ family, llr: 2, attack: [], says: '' }],
  })

  it('are 1 - ∏(1 - p) where evidence and network differ, and never else', () => {
    const one = session(0.4, 'network', '192.0.2.1')
    expect(together([one, session(0.3, 'operation', '203.0.113.1')])).toBeCloseTo(1 - 0.6 * 0.7, 12)
    expect(together([one, session(0.3, 'network', '203.0.113.1')])).toBe(0.4)
    expect(together([one, session(0.3, 'operation', '192.0.2.200')])).toBe(0.4)
    expect(together([one, session(0.19, 'operation', '203.0.113.1')])).toBe(0.4)
  })
})

describe('every flag', () => {
  it('has two sentences with numbers, techniques, and the events it relies on', () => {
    const misuse = assess(
      [...routine(12, ['s3:ListBuckets']), ...burst(leakedAt + 3 * day, attack, { ip: '192.0.2.9' })],
      exposed,
    )
    const flagged = misuse.sessions.filter(({ p }) => p >= 0.5)
    expect(flagged).toHaveLength(1)
    for (const { signals, events, actions } of flagged) {
      expect(signals.filter(({ llr }) => llr >= 0).length).toBeGreaterThanOrEqual(2)
      for (const { llr, attack: techniques } of signals) if (llr > 0) expect(techniques.join(' ')).toMatch(/^T\d{4}/)
      expect(events).toHaveLength(4)
      expect(actions[0]).toBe('iam:CreateUser')
    }
  })

  it('says where the exposure is what carries it', () => {
    const misuse = assess(
      [...routine(10, ['ssh:login']), event(leakedAt + hour, 'ssh:login', { ip: '192.0.2.9' })],
      exposed,
    )
    const [session] = misuse.sessions.filter(({ p }) => p >= 0.5)
    expect(session?.signals.find(({ family }) => family === 'exposure')?.says).toBe(
      'the key is public since 2026-09-17T09:00:00.000Z, 60 min before this session and works',
    )
  })
})

describe('whatever the log holds', () => {
  const names = [
    's3:GetObject',
    'iam:CreateUser',
    'sts:GetCallerIdentity',
    'ec2:DescribeInstances',
    'login',
    '',
    'ünknown',
  ]
  const anyEvent: Arbitrary<UsageEvent> = record({
    at: integer({ min: 0, max: 200 }).map(step => monday + step * 7 * minute),
    action: constantFrom(...names),
    ip: constantFrom('198.51.100.7', '192.0.2.9', '2001:db8::1', 'AWS Internal', undefined),
    userAgent: constantFrom('curl/8', 'Boto3/1', undefined, ''),
    outcome: constantFrom('success' as const, 'failure' as const, 'unknown' as const),
    uid: constantFrom('a', 'b'),
  }).map(({ at, action, ip, userAgent, outcome, uid }) => {
    const { ip: _ip, userAgent: _agent, ...rest } = event(at, action, { outcome, credential: { uid, match: 'exact' } })
    return { ...rest, ...(ip !== undefined && { ip }), ...(userAgent !== undefined && { userAgent }) }
  })

  it('does not matter in which order equal times come', () => {
    assert(
      property(array(anyEvent, { maxLength: 60 }), events => {
        const forward = events.toSorted((a, b) => a.at - b.at)
        const backward = events.toReversed().toSorted((a, b) => a.at - b.at)
        expect(assess(backward, exposed)).toEqual(assess(forward, exposed))
      }),
      often(150),
    )
  })

  it('gives a p between 0 and 1, and finite numbers', () => {
    assert(
      property(array(anyEvent, { maxLength: 60 }), events => {
        const { p, sessions } = assess(
          events.toSorted((a, b) => a.at - b.at),
          exposed,
        )
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        for (const { signals } of sessions) for (const { llr } of signals) expect(Number.isFinite(llr)).toBe(true)
      }),
      often(150),
    )
  })

  it('keeps few events of a long session, and the most telling', () => {
    const many = Array.from({ length: 5000 }, (_, index) => event(leakedAt + index * 100, 's3:GetObject'))
    const rare = event(leakedAt + 250_000, 'cloudtrail:StopLogging')
    const misuse = assess(
      [...many, rare].toSorted((a, b) => a.at - b.at),
      exposed,
    )
    expect(misuse.sessions[0]?.count).toBe(5001)
    expect(misuse.sessions[0]?.events).toHaveLength(20)
    expect(misuse.sessions[0]?.events).toContain(rare.id)
  })

  it('ends sessions after half an hour, after a day, and at the leak', () => {
    const pause = [event(monday, 's3:ListBuckets'), event(monday + 31 * minute, 's3:ListBuckets')]
    expect(assess(pause, { exposure: 'internal' }).sessions).toHaveLength(2)
    const busy = Array.from({ length: 200 }, (_, index) => event(monday + index * 20 * minute, 's3:ListBuckets'))
    expect(assess(busy, { exposure: 'internal' }).sessions).toHaveLength(3)
    const across = [event(leakedAt - minute, 's3:ListBuckets'), event(leakedAt, 's3:ListBuckets')]
    expect(assess(across, exposed).before?.sessions).toBe(1)
  })
})

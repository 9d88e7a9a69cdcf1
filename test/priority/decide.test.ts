import { describe, expect, it } from 'vitest'
import type { Misuse } from '../../src/model/misuse.ts'
import { prioritySentence } from '../../src/model/priority-sentence.ts'
import { decided, hoursAgo, inPublic, inside, misuse, now, own, session, signal, subject, verdict } from './support.ts'

const twiceInside = [inside, { ...inside, file: 'b' }]

describe('a decision', () => {
  it('prints every input and the row that decided', () => {
    const one = {
      findings: [inPublic],
      misuse: misuse({ sessions: [session({ p: 0.8 })] }),
      verdict: verdict('works', { grants: ['iam:PutUserPolicy'] }),
    }
    expect(prioritySentence(decided(one))).toBe(
      'act now: exploitation=active (chance of misuse 80 %: network, operation) exposure=open (github.com, public, 6 h) automatable=yes (all 2 parts are known) impact=high (may iam:PutUserPolicy) [SSVC deployer 1.0.0 row 70]',
    )
  })

  it('works with a verdict alone: what no log says is not known, and never good', () => {
    const { exploitation, decision, how, row } = decided()
    expect({ exploitation, decision, how, row }).toEqual({
      exploitation: { value: 'public poc', because: 'no log was read' },
      decision: 'scheduled',
      how: 'rotate_first',
      row: 38,
    })
  })

  it.each([
    ['act_now', { findings: [inPublic], misuse: misuse() }, '2026-11-24T11:00:00.000Z'],
    ['out_of_cycle', { findings: [inPublic] }, '2026-11-25T10:00:00.000Z'],
    ['scheduled', {}, '2026-12-08T10:00:00.000Z'],
    ['none', { verdict: verdict('revoked') }, undefined],
    ['investigate', { verdict: verdict('revoked'), misuse: misuse() }, undefined],
  ])('is due by its urgency: %s', (decision, one, due) => {
    const made = decided(one)
    expect([made.decision, made.due]).toEqual([decision, due])
  })

  it('takes due times from the configuration', () =>
    expect(decided({ findings: [inPublic] }, { due: { out_of_cycle: 7_200_000 } }).due).toBe(
      '2026-11-24T12:00:00.000Z',
    ))
})

describe('exploitation', () => {
  it.each([
    ['active', 'chance of misuse 97 %: network, operation', misuse()],
    ['active', 'chance of misuse 50 %: network, operation', misuse({ sessions: [session({ p: 0.5 })] })],
    ['none', 'no misuse shown, but a chance of 49 % asks for a look', misuse({ sessions: [session({ p: 0.49 })] })],
    ['none', 'no misuse seen', misuse({ sessions: [own(3)] })],
    ['public poc', 'no log shows who uses it', misuse({ level: 'no_log', sessions: [] })],
    [
      'public poc',
      'its log is too short to tell the owner from others',
      misuse({ level: 'insufficient', sessions: [] }),
    ],
    ['public poc', 'no log was read', undefined],
  ])('is %s: %s', (value, because, seen) =>
    expect(decided(seen === undefined ? {} : { misuse: seen }).exploitation).toEqual({ value, because }),
  )

  it('is public poc for a public key even if its log shows nothing', () =>
    expect(decided({ findings: [inPublic], misuse: misuse({ sessions: [own(3)] }) }).exploitation).toEqual({
      value: 'public poc',
      because: 'anyone can use it; no misuse seen',
    }))

  it('never prints certainty', () =>
    expect(decided({ misuse: misuse({ sessions: [session({ p: 1, signals: [] })] }) }).exploitation.because).toBe(
      'chance of misuse 99 %',
    ))
})

describe('exposure', () => {
  it.each([
    ['open', 'github.com, public, 6 h', [inside, inPublic]],
    ['open', 'public', [{ scanner: 'x', exposure: 'public' as const }]],
    ['controlled', 'everyone inside could read it', twiceInside],
    ['controlled', 'who could read it is not known; counted as everyone inside', [{ scanner: 'x', file: 'a' }]],
  ])('is %s: %s', (value, because, findings) => expect(decided({ findings }).exposure).toEqual({ value, because }))

  it.each([
    ['none', 'small'],
    ['internal', 'controlled'],
    ['public', 'open'],
  ] as const)('takes the word of the user: %s', (exposure, value) =>
    expect(decided({ findings: [inPublic] }, { exposure }).exposure.value).toBe(value),
  )

  it('begins with the first public place, and not with a time to come', () => {
    const findings = [
      { ...inside, at: hoursAgo(50) },
      { ...inPublic, at: hoursAgo(3) },
      { ...inPublic, at: hoursAgo(9) },
      { ...inPublic, at: '2031-01-01T00:00:00Z' },
      { ...inPublic, at: 'last week' },
    ]
    expect(decided({ findings })).toMatchObject({ exposedSince: hoursAgo(9), since: hoursAgo(50) })
  })
})

describe('automatable', () => {
  it.each(['ip_restricted', 'sso_required', 'incomplete', 'needs_host', 'redacted', 'ambiguous_pair'] as const)(
    'is no where the text alone is not enough: %s',
    reason => expect(decided({ verdict: verdict(reason) }).automatable.value).toBe('no'),
  )
  it('is yes for a whole key', () => expect(decided().automatable.value).toBe('yes'))
  it('is no where nobody knows whose it is', () =>
    expect(decided({ provider: null, kind: null, verdict: verdict('no_validator') })).toMatchObject({
      automatable: { value: 'no' },
      impact: { value: 'low' },
      decision: 'none',
    }))
})

describe('the way to take a key away', () => {
  it('is to rotate first where the owner used it in the last seven days', () =>
    expect(
      decided({ misuse: misuse({ sessions: [own(24), own(30), own(2, { client: 'ci', ip: '203.0.113.10' })] }) }),
    ).toMatchObject({
      how: 'rotate_first',
      breaks: [
        { client: 'ci', network: '203.0.113.10', lastAt: hoursAgo(2) },
        { client: 'terraform', network: '10.2.0.4', lastAt: hoursAgo(24) },
      ],
    }))

  it('is to revoke where nobody has used it for seven days', () =>
    expect(decided({ misuse: misuse({ sessions: [own(24 * 8)] }) })).toMatchObject({ how: 'revoke', breaks: [] }))

  it('is to rotate first where only a log of the whole account was read: it names no user of the key', () => {
    const account = { source: 'stripe-events', state: 'empty', covers: 'account' } as const
    const nobody = (coverage: Misuse['coverage']) => decided({ misuse: misuse({ sessions: [], coverage }) }).how
    expect(nobody([account])).toBe('rotate_first')
    expect(nobody([account, { source: 'cloudtrail', state: 'denied', covers: 'key' }])).toBe('rotate_first')
    expect(nobody([account, { source: 'cloudtrail', state: 'empty', covers: 'key' }])).toBe('revoke')
  })

  it('is to revoke now where somebody else uses it, with the clients that will break', () =>
    expect(
      decided(
        { misuse: misuse({ sessions: [session(), own(5)] }) },
        { ownNetwork: ip => (ip.startsWith('10.2.') ? '10.2.0.0/16' : undefined) },
      ),
    ).toMatchObject({ how: 'revoke_now', breaks: [{ client: 'terraform', network: '10.2.0.0/16' }] }))

  it('counts the clients from before the leak, named or not', () => {
    const before = { sessions: 9, events: 90, start: hoursAgo(900), end: hoursAgo(20) }
    expect(decided({ misuse: misuse({ sessions: [], before }) })).toMatchObject({
      how: 'rotate_first',
      breaks: [{ lastAt: hoursAgo(20) }],
    })
    const clients = [{ client: 'ci', network: '10.9.9.9', lastAt: hoursAgo(20) }]
    expect(decided({ misuse: misuse({ sessions: [], before: { ...before, clients } }) }).breaks).toEqual(clients)
  })

  it('is to revoke now without a log where it must go at once', () =>
    expect(
      decided({
        findings: [inPublic],
        verdict: verdict('works', { identity: { arn: 'arn:aws:iam::123456789012:root' } }),
      }),
    ).toMatchObject({
      decision: 'act_now',
      how: 'revoke_now',
    }))

  it('is nothing for a dead key', () =>
    expect(decided({ verdict: verdict('revoked') })).toMatchObject({ how: 'none', breaks: [] }))
})

it('takes the time from its context alone', () => expect(subject().verdict.checkedAt).toBe(now.toISOString()))

it('reads no more than the first ten thousand places', () => {
  let read = 0
  const findings = {
    length: 1_000_000,
    *[Symbol.iterator]() {
      for (;;) {
        read += 1
        yield inside
      }
    },
  }
  expect(decided({ findings }).exposure.value).toBe('controlled')
  expect(read).toBe(10_000)
})

it('believes the provider over the sessions', () =>
  expect(
    decided({
      misuse: misuse({ sessions: [own(3, { signals: [signal('provider_word', 9, 'quarantine policy attached')] })] }),
    }),
  ).toMatchObject({
    exploitation: { value: 'active', because: 'the provider itself says so: quarantine policy attached' },
    decision: 'act_now',
  }))

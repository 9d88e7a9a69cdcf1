import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { Request, Rule } from '../../src/catalog/schema.ts'
import type { NoReply, Reply, SafeRequest } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'
import { judge, settles } from '../../src/verdict/judge.ts'

const key = madeUp('sk_live_{alnum:40}', 'judge')
const request = {
  method: 'GET',
  origin: 'https://api.example.com',
  path: '/v1/{key}',
  name: 'me',
  parts: { key: { public: false, secret: new Secret(key) } },
  facts: { region: 'eu' },
} as unknown as SafeRequest
const sentAt = '2026-11-24T10:00:00.000Z'

function json(body: unknown, status = 200, headers: Reply['headers'] = {}): Reply {
  return { status, headers, kind: 'json', body }
}

function judged(rules: readonly Rule[], reply: Reply, more: Partial<Request> = {}) {
  return judge(request, { request: 'GET /v1/me', effect: 'none', ...more, verdict: [...rules] }, { sentAt, reply })
}

const live: Rule = { where: { id: 'present' }, state: 'live', reason: 'works' }

describe('judge', () => {
  it('takes the first rule that fits', () => {
    const rules: readonly Rule[] = [
      { where: { id: 'other' }, state: 'dead', reason: 'revoked' },
      live,
      { where: { id: 'present' }, state: 'dead', reason: 'expired' },
    ]
    expect(judged(rules, json({ id: 1 })).verdict).toMatchObject({
      state: 'live',
      reason: 'works',
      because: 'It works.',
      checkedAt: sentAt,
    })
  })

  it.each([
    [503, undefined, 'unknown'],
    [429, undefined, 'unknown'],
    [500, 503, 'unknown'],
    [503, 503, 'dead'],
    [401, undefined, 'dead'],
  ])('takes no word on a key from a %d, unless the rule names that status (%s): %s', (status, named, state) => {
    const rule: Rule = { where: { id: 'present' }, state: 'dead', reason: 'revoked', ...(named && { status: named }) }
    expect(judged([rule], json({ id: 1 }, status)).verdict.state).toBe(state)
    expect(settles({ request: 'GET /v1/me', effect: 'none', verdict: [rule] })(json({ id: 1 }, status))).toBe(
      state === 'dead',
    )
  })

  it('shows the template of the request, and no secret', () => {
    expect(judged([live], json({ id: 1 })).verdict.evidence).toEqual([
      { request: 'GET https://api.example.com/v1/{key}', at: sentAt, status: 200 },
    ])
  })

  it.each([
    ['the provider’s own words before ours', { because: 'So they say.' }, 'So they say.'],
    ['a sentence for the reason', {}, 'The provider does not accept it: wrong, revoked or deleted.'],
  ])('has %s', (_, more, because) => {
    expect(
      judged([{ where: { id: 'present' }, state: 'dead', reason: 'rejected', ...more }], json({ id: 1 })).verdict
        .because,
    ).toBe(because)
  })

  const none: Reply = { status: 401, headers: {}, kind: 'none', body: undefined }
  it.each<readonly [Reply, string, string]>([
    [none, 'unrecognised', '401 with an empty body'],
    [{ ...none, status: 429 }, 'rate_limited', '429 with an empty body'],
    [{ ...none, status: 500 }, 'provider_error', '500 with an empty body'],
    [{ ...none, status: 599 }, 'provider_error', '599'],
    [{ ...none, status: 302, headers: { location: 'https://x' } }, 'unrecognised', 'a redirect, which is not followed'],
    [{ ...none, status: 304 }, 'unrecognised', '304 with an empty body.'],
    [{ ...none, kind: 'html' }, 'unrecognised', 'a web page, as a firewall'],
    [{ ...none, kind: 'text', body: 'no' }, 'unrecognised', 'text that its documentation does not describe'],
    [{ ...none, kind: 'unreadable', body: 'longer than 1 MiB' }, 'unrecognised', 'a body that is longer than 1 MiB'],
    [json({ other: true }, 401), 'unrecognised', 'JSON that its documentation does not describe'],
  ])('is unknown where no rule fits: %o', (reply, reason, says) => {
    const { verdict, open } = judged([live], reply)
    expect(verdict).toMatchObject({ state: 'unknown', reason })
    expect(verdict.because).toContain(says)
    expect(verdict.because).not.toContain('https://x')
    expect(open).toBeUndefined()
  })

  it.each<readonly [NoReply, string]>([
    [
      { reason: 'unreachable', note: 'api.example.com refused the connection' },
      'api.example.com refused the connection.',
    ],
    [{ reason: 'cancelled', note: 'the run was stopped before the answer' }, 'The run was stopped before the answer.'],
    [
      { reason: 'rate_limited', note: 'api.example.com says no.', retryAt: '2026-11-24T11:00:00.000Z' },
      'api.example.com says no.',
    ],
  ])('is unknown where there is no answer: %o', (noReply, because) => {
    const { verdict } = judge(request, { request: 'GET /', effect: 'none', verdict: [live] }, { sentAt, none: noReply })
    expect(verdict).toMatchObject({
      state: 'unknown',
      reason: noReply.reason,
      because,
      ...(noReply.retryAt !== undefined && { retryAt: noReply.retryAt }),
    })
  })

  it('says that only `then` decided, so that the next rung does', () => {
    const climbing = judged([{ where: { id: 'present' }, then: 'more' }], json({ id: 1 }))
    expect(climbing).toMatchObject({ then: 'more', open: true, verdict: { state: 'unknown' } })
  })

  it('reads who, what and until when of a live key only', () => {
    const more: Partial<Request> = {
      identity: { account: 'id', zone: { fact: 'region' }, first: ['none', 'list.0'], gone: 'none' },
      grants: 'list',
      expires: 'until',
    }
    const body = { id: 7, list: ['read', 'write'], until: '2027-01-02' }
    expect(judged([live], json(body), more).verdict).toMatchObject({
      identity: { account: '7', zone: 'eu', first: 'read' },
      grants: ['read', 'write'],
      expiresAt: '2027-01-02T00:00:00.000Z',
    })
    const dead = judged([{ where: { id: 'present' }, state: 'dead', reason: 'revoked' }], json(body), more).verdict
    expect(dead.identity ?? dead.grants ?? dead.expiresAt).toBeUndefined()
  })

  it('shows the declared fields and nothing else of an answer', () => {
    const { verdict } = judged([live], json({ id: 1, error: { code: 'c' }, customer: 'Ann' }), {
      evidence: ['error.code', { header: 'x-scope' }, 'missing'],
    })
    expect(verdict.evidence[0]?.fields).toEqual({ 'error.code': 'c' })
    expect(JSON.stringify(verdict)).not.toContain('Ann')
  })

  it('shows ten of a list in evidence', () => {
    const { verdict } = judged([live], json({ id: 1, many: Array.from({ length: 50 }, (_, index) => `m${index}`) }), {
      evidence: ['many'],
    })
    expect(verdict.evidence[0]?.fields?.many?.split(', ')).toHaveLength(10)
  })

  const basic = Buffer.from(`:${key}`).toString('base64')
  it.each([
    key,
    `Bearer ${key}`,
    encodeURIComponent(`/${key}`),
    `Basic ${basic}`,
    `${'x'.repeat(190)}${key}`,
    `${'x'.repeat(170)}${key}`,
    JSON.stringify({ key }),
  ])('takes the key out of an answer that repeats it, also where it would be cut: %#', text => {
    const { verdict } = judged([live], json({ id: text, list: [text] }), {
      identity: { account: 'id' },
      grants: 'list',
      evidence: ['id', { json: 'id', find: '[\\s\\S]+' }],
    })
    expect(JSON.stringify(verdict)).not.toContain(key.slice(8, 20))
    expect(JSON.stringify(verdict)).not.toContain(basic.slice(12, 30))
  })
})

describe('settles', () => {
  const settled = settles({
    request: 'GET /',
    effect: 'none',
    verdict: [
      live,
      { where: { wait: true }, state: 'unknown', reason: 'rate_limited' },
      { where: { down: true }, state: 'unknown', reason: 'provider_error' },
    ],
  })
  it.each([
    [{ id: 1 }, true],
    [{ wait: true }, false],
    [{ down: true }, false],
    [{}, false],
  ])('of %j is %s', (body, expected) => expect(settled(json(body))).toBe(expected))
})

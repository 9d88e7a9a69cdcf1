import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { Request, Rule } from '../../src/catalog/schema.ts'
import type { NoReply, Reply, SafeRequest } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'
import { combine, type Verdict } from '../../src/model/verdict.ts'
import { probe } from '../../src/probe/probe.ts'
import { judge, settles } from '../../src/verdict/judge.ts'
import { date, values } from '../../src/verdict/read.ts'

const key = madeUp('sk_live_{alnum:40}', 'judge')
const request = { method: 'GET', origin: 'https://api.example.com', path: '/v1/{key}', name: 'me', parts: { key: { public: false, secret: new Secret(key) } }, facts: { region: 'eu' } } as unknown as SafeRequest
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
    const rules: readonly Rule[] = [{ where: { id: 'other' }, state: 'dead', reason: 'revoked' }, live, { where: { id: 'present' }, state: 'dead', reason: 'expired' }]
    expect(judged(rules, json({ id: 1 })).verdict).toMatchObject({ state: 'live', reason: 'works', because: 'It works.', checkedAt: sentAt })
  })

  it('shows the template of the request, and no secret', () => {
    expect(judged([live], json({ id: 1 })).verdict.evidence).toEqual([{ request: 'GET https://api.example.com/v1/{key}', at: sentAt, status: 200 }])
  })

  it.each([
    ['the provider’s own words before ours', { because: 'So they say.' }, 'So they say.'],
    ['a sentence for the reason', {}, 'The provider does not accept it: wrong, revoked or deleted.'],
  ])('has %s', (_, more, because) => {
    expect(judged([{ where: { id: 'present' }, state: 'dead', reason: 'rejected', ...more }], json({ id: 1 })).verdict.because).toBe(because)
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
    [{ reason: 'unreachable', note: 'api.example.com refused the connection' }, 'api.example.com refused the connection.'],
    [{ reason: 'cancelled', note: 'the run was stopped before the answer' }, 'The run was stopped before the answer.'],
    [{ reason: 'rate_limited', note: 'api.example.com says no.', retryAt: '2026-11-24T11:00:00.000Z' }, 'api.example.com says no.'],
  ])('is unknown where there is no answer: %o', (noReply, because) => {
    const { verdict } = judge(request, { request: 'GET /', effect: 'none', verdict: [live] }, { sentAt, none: noReply })
    expect(verdict).toMatchObject({ state: 'unknown', reason: noReply.reason, because, ...(noReply.retryAt !== undefined && { retryAt: noReply.retryAt }) })
  })

  it('says that only `then` decided, so that the next rung does', () => {
    const climbing = judged([{ where: { id: 'present' }, then: 'more' }], json({ id: 1 }))
    expect(climbing).toMatchObject({ then: 'more', open: true, verdict: { state: 'unknown' } })
  })

  it('reads who, what and until when of a live key only', () => {
    const more: Partial<Request> = { identity: { account: 'id', zone: { fact: 'region' }, first: ['none', 'list.0'], gone: 'none' }, grants: 'list', expires: 'until' }
    const body = { id: 7, list: ['read', 'write'], until: '2027-01-02' }
    expect(judged([live], json(body), more).verdict).toMatchObject({ identity: { account: '7', zone: 'eu', first: 'read' }, grants: ['read', 'write'], expiresAt: '2027-01-02T00:00:00.000Z' })
    const dead = judged([{ where: { id: 'present' }, state: 'dead', reason: 'revoked' }], json(body), more).verdict
    expect(dead.identity ?? dead.grants ?? dead.expiresAt).toBeUndefined()
  })

  it('shows the declared fields and nothing else of an answer', () => {
    const { verdict } = judged([live], json({ id: 1, error: { code: 'c' }, customer: 'Ann' }), { evidence: ['error.code', { header: 'x-scope' }, 'missing'] })
    expect(verdict.evidence[0]?.fields).toEqual({ 'error.code': 'c' })
    expect(JSON.stringify(verdict)).not.toContain('Ann')
  })

  const basic = Buffer.from(`:${key}`).toString('base64')
  it.each([key, `Bearer ${key}`, encodeURIComponent(`/${key}`), `Basic ${basic}`, `${'x'.repeat(190)}${key}`, `${'x'.repeat(170)}${key}`, JSON.stringify({ key })])('takes the key out of an answer that repeats it, also where it would be cut: %#', text => {
    const { verdict } = judged([live], json({ id: text, list: [text] }), { identity: { account: 'id' }, grants: 'list', evidence: ['id', { json: 'id', find: '[\\s\\S]+' }] })
    expect(JSON.stringify(verdict)).not.toContain(key.slice(8, 20))
    expect(JSON.stringify(verdict)).not.toContain(basic.slice(12, 30))
  })
})

describe('settles', () => {
  const settled = settles({ request: 'GET /', effect: 'none', verdict: [live, { where: { wait: true }, state: 'unknown', reason: 'rate_limited' }, { where: { down: true }, state: 'unknown', reason: 'provider_error' }] })
  it.each([
    [{ id: 1 }, true],
    [{ wait: true }, false],
    [{ down: true }, false],
    [{}, false],
  ])('of %j is %s', (body, expected) => expect(settled(json(body))).toBe(expected))
})

describe('values', () => {
  const from = (reply: Reply) => ({ reply, facts: { region: 'eu' }, parts: {} })
  it.each([
    ['a.b', json({ a: { b: 'x' } }), ['x']],
    ['', json(['x', ['y', 3, true, null, { z: 1 }]]), ['x', 'y', '3', 'true']],
    [{ json: 'a', find: '\\d+' }, json({ a: 'id 12 of 13' }), ['12']],
    [{ json: 'a', find: '\\d+' }, json({ a: 'none' }), []],
    [{ header: 'x-scopes', split: ',' }, json({}, 200, { 'x-scopes': 'a, b,,c ' }), ['a', 'b', 'c']],
    [{ header: 'x-scopes' }, json({}), []],
    [{ xml: 'A' }, { status: 200, headers: {}, kind: 'xml' as const, body: { A: 'x' } }, ['x']],
    [{ xml: 'A' }, json({ A: 'x' }), []],
    ['A', { status: 200, headers: {}, kind: 'xml' as const, body: { A: 'x' } }, []],
    [{ fact: 'region' }, json({}), ['eu']],
    [{ fact: 'other' }, json({}), []],
  ])('of %j', (source, reply, expected) => expect(values(source, from(reply))).toEqual(expected))

  it('are cut after 200 characters, and a list in evidence after ten', () => {
    expect(values('a', from(json({ a: 'é'.repeat(500) })))).toEqual(['é'.repeat(200)])
    const { verdict } = judged([live], json({ id: 1, many: Array.from({ length: 50 }, (_, index) => `m${index}`) }), { evidence: ['many'] })
    expect(verdict.evidence[0]?.fields?.['many']?.split(', ')).toHaveLength(10)
  })
})

describe('date', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.678+02:00', '2026-01-02T01:04:05.678Z'],
    ['2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['2026-01-02 15:04:05 UTC', '2026-01-02T15:04:05.000Z'],
    ['2026-01-02 15:04:05 -0700', '2026-01-02T22:04:05.000Z'],
    ['2026-01-02 15:04:05 +0000', '2026-01-02T15:04:05.000Z'],
    ['2026-01-02 15:04:05', '2026-01-02T15:04:05.000Z'],
    ['2026-01-02T15:04:05', '2026-01-02T15:04:05.000Z'],
    ['Fri, 02 Jan 2026 15:04:05 GMT', '2026-01-02T15:04:05.000Z'],
    ['1767366245', '2026-01-02T15:04:05.000Z'],
    ['1767366245.5', '2026-01-02T15:04:05.500Z'],
    ['1767366245678', '2026-01-02T15:04:05.678Z'],
    ['never', undefined],
    ['', undefined],
    ['0', undefined],
    ['99999999999999', '5138-11-16T09:46:39.999Z'],
    ['2026-13-45', undefined],
    [undefined, undefined],
  ])('of %j is %j, wherever this runs', (text, expected) => {
    const before = process.env['TZ']
    for (const zone of ['UTC', 'America/Los_Angeles', 'Asia/Kolkata']) {
      process.env['TZ'] = zone
      expect(date(text)).toBe(expected)
    }
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })
})

describe('several hosts or pairs', () => {
  const one = (state: Verdict['state'], reason: Verdict['reason'], note = ''): Verdict => ({ state, reason, because: note, checkedAt: sentAt, evidence: [{ request: note, at: sentAt }] })
  const table: readonly (readonly [readonly (readonly [Verdict['state'], Verdict['reason']])[], string, string])[] = [
    [[['dead', 'rejected'], ['live', 'works']], 'live', 'works'],
    [[['unknown', 'unreachable'], ['live', 'limited']], 'live', 'limited'],
    [[['live', 'locked'], ['live', 'works']], 'live', 'works'],
    [[['dead', 'revoked'], ['unknown', 'unreachable']], 'unknown', 'unreachable'],
    [[['dead', 'rejected'], ['dead', 'rejected']], 'dead', 'rejected'],
    [[['dead', 'rejected'], ['dead', 'disabled'], ['dead', 'expired'], ['dead', 'revoked']], 'dead', 'revoked'],
    [[['dead', 'rejected'], ['dead', 'expired']], 'dead', 'expired'],
    [[['skipped', 'no_check'], ['dead', 'rejected']], 'dead', 'rejected'],
    [[['skipped', 'no_check'], ['unknown', 'cancelled']], 'unknown', 'cancelled'],
  ]
  it.each(table)('%j together are %s, %s', (verdicts, state, reason) => {
    for (const order of [verdicts, verdicts.toReversed()]) {
      const together = combine(order.map(([each, why], index) => one(each, why, String(index))))
      expect(together).toMatchObject({ state, reason })
      expect(together?.evidence).toHaveLength(verdicts.length)
    }
  })

  it('of none is none', () => expect(combine([])).toBeUndefined())
})

describe('the ladder', () => {
  const rung = (name: string): SafeRequest => ({ ...request, name })
  const ladder = [rung('first'), rung('second')]
  const says = (verdict: Partial<Verdict>): Verdict => ({ state: 'live', reason: 'works', because: '', checkedAt: sentAt, evidence: [{ request: '', at: sentAt }], ...verdict })

  it('stops at a rung that decides', async () => {
    const asked: string[] = []
    await probe([{ ladder }], async ({ name }) => (asked.push(name), { verdict: says({}) }))
    expect(asked).toEqual(['first'])
  })

  it('lets the next rung decide what the first left open', async () => {
    const verdict = await probe([{ ladder }], async ({ name }) =>
      name === 'first' ? { verdict: says({ state: 'unknown', reason: 'unrecognised' }), then: 'second', open: true } : { verdict: says({ state: 'dead', reason: 'revoked' }) },
    )
    expect(verdict).toMatchObject({ state: 'dead', reason: 'revoked' })
    expect(verdict?.evidence).toHaveLength(2)
  })

  it('keeps what a rung has decided, and adds what the next knows of a live key', async () => {
    const verdict = await probe([{ ladder }], async ({ name }) =>
      name === 'first' ? { verdict: says({ identity: { a: '1' } }), then: 'second' } : { verdict: says({ identity: { b: '2' }, grants: ['read'] }) },
    )
    expect(verdict).toMatchObject({ state: 'live', identity: { a: '1', b: '2' }, grants: ['read'] })
  })

  it.each<Partial<Verdict>>([{ state: 'dead', reason: 'revoked' }, { state: 'unknown', reason: 'unreachable' }])('does not let a later rung undo a verdict: %o', async later => {
    const verdict = await probe([{ ladder }], async ({ name }) => (name === 'first' ? { verdict: says({}), then: 'second' } : { verdict: says(later) }))
    expect(verdict).toMatchObject({ state: 'live', reason: 'works' })
  })

  it('asks no second host once one says that the key works', async () => {
    let asked = 0
    await probe([{ ladder }, { ladder }], async () => (asked++, { verdict: says({}) }))
    expect(asked).toBe(1)
  })
})

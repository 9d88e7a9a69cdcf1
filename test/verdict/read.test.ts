import { describe, expect, it } from 'vitest'
import type { Reply } from '../../src/model/request.ts'
import { date, values } from '../../src/verdict/read.ts'

function json(body: unknown, status = 200, headers: Reply['headers'] = {}): Reply {
  return { status, headers, kind: 'json', body }
}

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

  it('are cut after 200 characters', () => {
    expect(values('a', from(json({ a: 'é'.repeat(500) })))).toEqual(['é'.repeat(200)])
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
    ['3600', undefined],
    ['in 3 days', undefined],
    ['99999999999999', '5138-11-16T09:46:39.999Z'],
    ['2026-13-45', undefined],
    [undefined, undefined],
  ])('of %j is %j, wherever this runs', (text, expected) => {
    const before = process.env.TZ
    for (const zone of ['UTC', 'America/Los_Angeles', 'Asia/Kolkata']) {
      process.env.TZ = zone
      expect(date(text)).toBe(expected)
    }
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })
})

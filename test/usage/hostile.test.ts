import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapped } from '../../src/usage/formats/mapped.ts'
import { logFormats } from '../../src/usage/formats.ts'
import { often } from '../often.ts'
import { keyId, read, trail } from './support.ts'

const key = keyId('hostile')
const lines = Array.from({ length: 40 }, (_, i) => JSON.stringify(trail(key, { eventID: `e${i}`, text: '{"x":[' })))

describe('hostile logs', () => {
  it('never make reading throw, wherever they are cut and whatever stands in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.string({ maxLength: 60 }), fc.nat(10_000), async (place, noise, cut) => {
        const text = [...lines.slice(0, place), noise.replaceAll('\n', ' '), ...lines.slice(place)].join('\n')
        const { events } = await read(text.slice(0, text.length - cut))
        const whole = text
          .slice(0, text.length - cut)
          .split('\n')
          .filter(line => lines.includes(line))
        expect(events.length).toBeGreaterThanOrEqual(whole.length)
      }),
      often(60),
    )
  })

  it.each([
    '[',
    ']',
    '{',
    '}',
    '[:',
    '["',
    '[]',
    '[1',
    '[{',
    '[[',
    '{"',
    '{"a":',
    '{"a":[',
    '"',
    ',',
    'null',
    '[1,2]',
    '{}',
  ])('are read around a line that is %s', async noise => {
    for (const place of [0, 1, 20, 39, 40]) {
      const { events } = await read([...lines.slice(0, place), noise, ...lines.slice(place)].join('\n'))
      expect(events).toHaveLength(40)
    }
  })

  it('give the same events however the bytes come, packed or not', async () => {
    const bytes = Buffer.from(JSON.stringify({ Records: lines.map(line => JSON.parse(line) as object) }))
    const expected = (await read(bytes)).events
    expect(expected).toHaveLength(40)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), fc.boolean(), async (size, packed) => {
        const all = packed ? gzipSync(bytes) : bytes
        const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
          all.subarray(i * size, (i + 1) * size),
        )
        expect((await read(pieces)).events).toEqual(expected)
      }),
      often(20),
    )
  })

  it('may have any JSON in any field', async () => {
    const fields = Object.keys(trail(key)).concat('additionalEventData', 'resources', '@timestamp')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue(), async (field, value) => {
        const { events, warnings } = await read(`${JSON.stringify(trail(key, { [field]: value }))}\n${lines[0]}\n`)
        expect(events.length + warnings.length).toBeGreaterThanOrEqual(2)
      }),
      often(300),
    )
  })

  it('may have lines and fields of any length', async () => {
    const long = JSON.stringify(trail(key, { userAgent: 'x'.repeat(3_000_000) }))
    const { events } = await read(`${lines[0]}\n${long}\n`)
    expect(events.map(({ userAgent }) => userAgent?.length)).toEqual([15, 2049])
  })

  it.each([
    ['words', 'a'.repeat(2_000_000)],
    ['brackets', '['.repeat(2_000_000)],
    ['quotes', '"\\'.repeat(1_000_000)],
    ['pairs', 'a=b '.repeat(500_000)],
    ['spaces', ' '.repeat(2_000_000)],
  ])('take no longer than their length for a line of %s, whatever reads it', async (_what, long) => {
    const map = mapped({ source: 'map', fields: { time: 'time', key: 'key' }, key_is: 'id', success: [], blind: [] })
    const starts = [
      'Nov  1 10:00:00 web sshd[1]: ',
      '192.0.2.1 - - [01/Nov/2026:10:00:00 +0000] "',
      '2026-11-01 10:00:00 UTC [1] LOG:  statement: ',
      '2026-11-01T10:00:00.000000Z\t    8 Query\t',
      '<38>1 2026-11-01T10:00:00Z c c 1 x [subject@43868 role="r"][action@43868 result="success" operation="check"] ',
    ]
    const began = performance.now()
    for (const start of starts)
      for (const format of logFormats.concat(map)) format.lines?.reader({ latest: 0, memory: new Map() })(start + long)
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('can not take the memory by nesting', async () => {
    const deep = `${'{"message":'.repeat(5000)}1${'}'.repeat(5000)}`
    const { events } = await read(`${lines[0]}\n${deep}\n${lines[1]}\n`)
    expect(events).toHaveLength(2)
  })

  it.each(['__proto__', 'constructor', 'toString'])('may be about %s', async name => {
    const { events } = await read(JSON.stringify(trail(name, { eventName: name, userAgent: name })))
    expect(events[0]).toMatchObject({ action: name, credential: { uid: name } })
  })

  it.each([
    ['text', 'a,b\n1,2'],
    ['XML', '<a/>'],
    ['a number', '42'],
    ['bytes', Buffer.from([0, 1, 2, 3, 255, 254, 0, 0])],
    ['a scanner’s report', '[{"RuleID":"x","File":"y"}]'],
  ])('that are none (%s) are said not to be read', async (_what, text) => {
    const { events, warnings } = await read(text)
    expect(events).toEqual([])
    expect(warnings.some(({ unreadable }) => unreadable === true)).toBe(true)
  })
})

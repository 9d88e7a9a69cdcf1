import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sighting } from '../../src/model/credential.ts'
import { type Chain, Places } from '../../src/store/places.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Adds places for some owners in turn, and gives each one's chain. */
function added(places: Places, sightings: readonly (readonly [owner: number, Sighting])[]): ReadonlyMap<number, Chain> {
  const chains = new Map<number, Chain>()
  for (const [owner, sighting] of sightings) {
    const { last, count } = chains.get(owner) ?? { last: 0, count: 0 }
    const { scanner: tool, rule, prior, ...place } = sighting
    const finding = { tool, place, ...(rule !== undefined && { rule }), ...(prior !== undefined && { prior }) }
    chains.set(owner, { last: places.add(finding, last), count: count + 1 })
  }
  return chains
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  fc.constantFrom('\u001f', '\u001b', '\u001bs', '\u001be\u001f', '\u001f\u001bs', '\n', '\u0000', '\u2028', '😀'),
)
const count = fc.integer({ min: 1, max: 2 ** 31 })
const sighting: fc.Arbitrary<Sighting> = fc.record(
  {
    scanner: text,
    rule: text,
    file: text,
    line: count,
    column: count,
    commit: text,
    url: text,
    author: text,
    at: text,
    exposure: fc.constantFrom('public', 'internal', 'unknown'),
    prior: fc.constantFrom('live', 'dead', 'unknown'),
  },
  { requiredKeys: ['scanner'] },
)

describe('places', () => {
  it('come back as they were put in, each to its owner and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), sighting), { maxLength: 60 }), all => {
        const places = new Places(folder)
        const chains = added(places, all)
        for (const [owner, chain] of chains) {
          const mine = all.filter(([of]) => of === owner).map(([, one]) => one)
          expect([...places.list([chain])]).toEqual(mine)
          expect(places.list([chain])).toHaveLength(mine.length)
        }
        places.close()
      }),
    )
  })

  it('of joined owners follow one another, and can be read more than once', () => {
    const places = new Places(folder)
    const chains = added(
      places,
      [1, 2, 1, 2, 3].map((owner, line) => [owner, { scanner: 's', line: line + 1 }]),
    )
    const joined = places.list([2, 1].flatMap(owner => chains.get(owner) ?? []))
    for (let time = 0; time < 2; time++) expect([...joined].map(({ line }) => line)).toEqual([2, 4, 1, 3])
    expect(joined.length).toBe(4)
  })

  it('are the same when they are many: what does not fit in memory goes to a file without a name', () => {
    const places = new Places(folder, undefined, 8 * 1024 * 1024)
    const file = 'päth/'.repeat(200)
    const many = 60_000
    const chains = added(
      places,
      Array.from({ length: many }, (_, line) => [line % 7, { scanner: 's', file, line: line + 1 }]),
    )
    expect(readdirSync(folder)).toEqual([])
    for (const [owner, chain] of chains) {
      const lines = [...places.list([chain])].map(one => (one.file === file ? one.line : 'another file'))
      expect(lines).toEqual(Array.from({ length: chain.count }, (_, index) => index * 7 + owner + 1))
    }
    places.close()
    const [spilled] = chains.values()
    expect(() => [...places.list(spilled === undefined ? [] : [spilled])]).toThrow('until it is closed')
  })

  it('are cleaned before they go to the disk, of every secret that is known by then, and stay whole beside it', () => {
    const secret = 'correct-horse-battery'
    const cleaned: string[] = []
    let known = false
    const clean = (line: string): string => {
      cleaned.push(line)
      return known ? line.replaceAll(secret, '…') : line
    }
    const places = new Places(folder, clean, 1)
    const file = `${'long/'.repeat(200)}${secret}`
    const row = (line: number): readonly [number, Sighting] => [1, { scanner: 's', file: line % 3 ? 'a' : file, line }]
    const [first] = added(
      places,
      Array.from({ length: 300 }, (_, line) => row(line + 1)),
    ).values()
    expect(cleaned).toEqual([])
    known = true
    let last = first?.last ?? 0
    for (let line = 301; line <= 6000; line++)
      last = places.add({ tool: 's', place: { file: line % 3 ? 'a' : file, line } }, last)
    const spilled = cleaned.length
    expect(spilled).toBeGreaterThan(0)
    const read = [...places.list([{ last, count: 6000 }])]
    expect(cleaned.slice(spilled, spilled + 300).join('')).not.toContain(secret)
    expect(read.map(({ line }) => line)).toEqual(Array.from({ length: 6000 }, (_, index) => index + 1))
    expect(read.every((one, index) => one.file === ((index + 1) % 3 ? 'a' : file.replace(secret, '…')))).toBe(true)
    places.close()
  })

  it('that are absurdly long are cut, field by field, and break nothing', () => {
    const places = new Places(folder)
    const long = 'x'.repeat(3_000_000)
    const [chain] = added(places, [
      [1, { scanner: 's', rule: long, file: '\u001f'.repeat(20_000), url: long, author: long, commit: long, line: 7 }],
    ]).values()
    const [kept] = [...places.list(chain === undefined ? [] : [chain])]
    expect(kept).toMatchObject({ scanner: 's', line: 7, file: '\u001f'.repeat(2048) })
    expect(kept?.rule).toHaveLength(4096)
  })
})

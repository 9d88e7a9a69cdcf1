import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { Sighting } from '../../src/model/credential.ts'
import { formsOf } from '../../src/model/forms.ts'
import { Keyring } from '../../src/model/keyring.ts'
import { formats } from '../../src/report/formats.ts'
import { type Chain, Places } from '../../src/store/places.ts'
import { often } from '../often.ts'
import { aCase, aReport } from '../report/fixture.ts'

// A spill file has no name, so that its bytes can be read only from what was opened.
vi.mock(import('node:fs'), async original => {
  const whole = await original()
  return { ...whole, openSync: vi.fn(whole.openSync) }
})

/** The bytes of the spill file that was opened last. */
function bytesOnDisk(): string {
  const opened = vi.mocked(openSync).mock.results.at(-1)
  if (opened?.type !== 'return') throw new Error('nothing was spilled')
  return readFileSync(opened.value, 'latin1')
}

const folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
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
      often(),
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

  describe('that hold keys', () => {
    const [early, late] = [madeUp('sk_live_{alnum:34}', 'early'), madeUp('{base64:38}+/', 'late')]
    const forms = [early, late].flatMap(formsOf)
    const hiding = (key: string, line: number): Sighting => ({
      scanner: 's',
      rule: `rule ${key}`,
      file: `${'plain/'.repeat(20)}${key}/x.env`,
      line,
      url: `https://example.com/${encodeURIComponent(key)}?at=${Buffer.from(`a${key}`).toString('base64')}`,
      author: `Zoë ${Buffer.from(key).toString('base64url')}`,
      commit: line % 2 === 0 ? `c${line}` : `${'c'.repeat(4090)}${early}${'c'.repeat(13_000)}`,
    })

    const keyring = new Keyring()
    const places = new Places(folder, line => keyring.scrub(line), 2 * 1024 * 1024)
    const many = 1500
    let chain: Chain = { last: 0, count: 0 }

    // One key is known from the start, the other when a block is full and another, which will go to the disk, is not.
    beforeAll(() => {
      keyring.of(early)
      const before = vi.mocked(openSync).mock.calls.length
      for (let line = 1; line <= many; line++) {
        const { scanner: tool, rule = '', ...place } = hiding(line % 3 ? early : late, line)
        chain = { last: places.add({ tool, rule, place }, chain.last), count: line }
        if (line !== 700) continue
        expect(vi.mocked(openSync).mock.calls).toHaveLength(before)
        keyring.of(late)
      }
    })
    afterAll(() => places.close())

    it('go to the disk so that nothing of a place can be read there', () => {
      const bytes = bytesOnDisk()
      expect(bytes.length).toBeGreaterThan(1024 * 1024)
      expect(['plain/', '/x.env', ...forms].filter(piece => bytes.includes(piece))).toEqual([])
      // Nor tells one stretch anything of another.
      expect(new Set(bytes.match(/.{16}/gs)).size).toBe(Math.floor(bytes.length / 16))
    })

    it('are read without them and stay whole beside them, from memory and from the disk', () => {
      const read = [...places.list([chain])]
      expect(read.map(({ line }) => line)).toEqual(Array.from({ length: many }, (_, index) => index + 1))
      expect(read.every(({ file, rule }) => file?.endsWith('/x.env') && rule?.startsWith('rule '))).toBe(true)
      expect(forms.filter(form => JSON.stringify(read).includes(form))).toEqual([])
    })

    it.each(Object.entries(formats))('are written to %s without them', (_, { write }) => {
      const report = [...write(aReport([aCase('works', { findings: places.list([chain]) })]))].join('')
      expect(report.length).toBeGreaterThan(100)
      expect(forms.filter(form => report.includes(form))).toEqual([])
    })
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

import { array, assert, nat, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spansOf } from '../../src/address/list.ts'
import { isNetworksAbout, networksOf } from '../../src/address/networks.ts'
import { pack, unpack } from '../../src/address/packing.ts'
import { parseAddress, parseSpan } from '../../src/address/parse-address.ts'
import { RangeTable } from '../../src/address/range-table.ts'
import { often } from '../often.ts'

describe('an address', () => {
  it.each([
    ['0.0.0.0', 0],
    ['255.255.255.255', 0xffffffff],
    ['1.2.3.4', 0x01020304],
    ['::ffff:1.2.3.4', 0x01020304],
    ['::ffff:102:304', 0x01020304],
    ['[::1]', [0, 0, 0, 1]],
    ['2001:DB8::ffff', [0x20010db8, 0, 0, 0xffff]],
    ['fe80::1%eth0', [0xfe800000, 0, 0, 1]],
    ['1.2.3.04', undefined],
    ['1.2.3.4.5', undefined],
    ['1..2.3', undefined],
    ['1.2.3.', undefined],
    ['127.1', undefined],
    ['0x7f.0.0.1', undefined],
    ['1:2:3:4:5:6:7:8:9', undefined],
  ])('%j is %j', (text, expected) => expect(parseAddress(text)).toEqual(expected))

  it.each([
    ['10.0.0.1/8', 0x0a000000, 0x0affffff],
    ['0.0.0.0/0', 0, 0xffffffff],
    ['1.2.3.4/32', 0x01020304, 0x01020304],
    ['1.2.3.4', 0x01020304, 0x01020304],
    ['::ffff:10.0.0.0/104', 0x0a000000, 0x0affffff],
    ['2001:db8::/33', [0x20010db8, 0, 0, 0], [0x20010db8, 0x7fffffff, 0xffffffff, 0xffffffff]],
    ['::/0', [0, 0, 0, 0], [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]],
    ['::1/128', [0, 0, 0, 1], [0, 0, 0, 1]],
  ])('%j is a network', (text, first, last) => expect(parseSpan(text)).toEqual({ first, last }))

  it.each([
    '10.0.0.0/33',
    '2001:db8::/129',
    '10.0.0.0/',
    '/8',
    '10.0.0.0/8/8',
    'AS1',
    '::ffff:10.0.0.0/90',
    '10.0.0.0/-1',
  ])('%j is none', text => expect(parseSpan(text)).toBeUndefined())
})

const small = array(tuple(nat(60), nat(6), nat(2)), { maxLength: 12 })

describe('a table of ranges', () => {
  it('finds exactly what is in a range, however ranges overlap', () => {
    assert(
      property(small, rows => {
        const v4 = RangeTable.of(rows.map(([first, more]) => ({ first, last: first + more, label: 7 })))
        const long = (at: number) => [0x20010db8, 0, at < 30 ? 0 : 1, at < 30 ? 0xffffffff - 29 + at : at - 30] as const
        const v6 = RangeTable.of(
          rows.map(([first, more]) => ({ first: long(first), last: long(first + more), label: 7 })),
        )
        for (let at = 0; at < 70; at++) {
          const isIn = rows.some(([first, more]) => at >= first && at <= first + more)
          if ((v4.find(at) === 7) !== isIn || (v6.find(long(at)) === 7) !== isIn) return false
        }
        return true
      }),
      often(),
    )
  })

  it('gives one answer where ranges say different things', () => {
    assert(
      property(small, rows => {
        const table = RangeTable.of(rows.map(([first, more, label]) => ({ first, last: first + more, label })))
        for (let at = 0; at < 70; at++) {
          const said = rows.filter(([first, more]) => at >= first && at <= first + more).map(([, , label]) => label)
          const found = table.find(at)
          if (found === undefined ? said.length > 0 : !said.includes(found)) return false
        }
        return true
      }),
      often(),
    )
  })

  it('is the same after packing', () => {
    const about = { date: '2026-06-17', source: 's', licence: 'l' }
    const made = networksOf(
      [
        '0.0.0.0,0.255.255.255,ZZ\n16777216,16777471,AU\r\n4294967040,4294967295,DE\n',
        '::,::ffff,JP\nffff::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,JP\nnot,a,row\n',
      ],
      about,
    )
    const [back] = unpack(pack([made]), isNetworksAbout)
    expect(back?.about).toEqual({ ...about, labels: ['ZZ', 'AU', 'DE', 'JP'] })
    expect([...spansOf(back?.table ?? RangeTable.of([]))]).toEqual([...spansOf(made.table)])
    expect(back?.table.find(0xffffffff)).toBe(2)
    expect(back?.table.find([0xffff0000, 0, 0, 0])).toBe(3)
  })

  it('is refused where its file is damaged', () => {
    expect(() => unpack(new Uint8Array([1, 2, 3]), isNetworksAbout)).toThrow()
    expect(() => unpack(pack([{ about: 'else', table: RangeTable.of([]) }]), isNetworksAbout)).toThrow(/of this kind/)
  })

  it('answers two hundred thousand times a second', () => {
    const table = RangeTable.of(
      Array.from({ length: 100_000 }, (_, index) => ({
        first: index * 40_000,
        last: index * 40_000 + 9,
        label: index,
      })),
    )
    const before = process.cpuUsage().user
    for (let index = 0; index < 200_000; index++) table.find((index * 2_654_435_761) % 0x100000000)
    expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(1)
  })
})

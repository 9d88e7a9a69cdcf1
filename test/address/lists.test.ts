import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { spansOf } from '../../src/address/list.ts'
import { lookUpIn } from '../../src/address/look-up.ts'
import { networksOf } from '../../src/address/networks.ts'
import { openAddresses, readLists } from '../../src/address/open.ts'
import { pack } from '../../src/address/packing.ts'
import { type Address, compareAddresses } from '../../src/address/parse-address.ts'
import { next } from '../../src/address/range-table.ts'

const { lists, warnings } = await readLists('data/ip-lists')

function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'afterleak-lists-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return path
}

/** A folder as the build leaves it, with these lists in it. */
function built(text = '# date: 2026-11-01\n198.51.100.0/24\n'): Promise<URL> {
  return readLists(folder({ 'tor.txt': text, 'amazon.txt': '# date: 2026-11-01\n192.0.2.0/24\n' })).then(read => {
    const path = folder()
    writeFileSync(join(path, 'ip-lists.bin'), pack(read.lists))
    const about = { date: '2026-06-17', source: 'x', licence: 'y' }
    writeFileSync(
      join(path, 'networks.bin'),
      pack([networksOf(['3221225984,3221226239,64500,"Example, Inc."\n2001:db8::,2001:db8::ffff,64501,\n'], about)]),
    )
    writeFileSync(join(path, 'countries.bin'), pack([networksOf(['192.0.2.0,192.0.2.127,IE\n'], about)]))
    return pathToFileURL(`${path}/`)
  })
}

const now = new Date('2026-11-24T10:00:00Z')

describe('the lists of this repository', () => {
  it('are read without a warning, each with its date, source and licence', () => {
    expect(warnings).toEqual([])
    expect(lists.map(({ about }) => about.name)).toEqual([
      'amazon',
      'apple-proxy',
      'cloudflare',
      'datacenter',
      'digitalocean',
      'github',
      'google',
      'linode',
      'microsoft',
      'oracle',
      'tor',
      'vpn',
      'vultr',
    ])
    for (const { about } of lists)
      expect(about).toMatchObject({
        date: '2026-08-22',
        source: expect.stringMatching(/^https:/),
        licence: expect.stringMatching(/^(?:MIT|CC0-1\.0)$/),
      })
  })

  it.each(lists.filter(({ about }) => about.name !== 'datacenter'))(
    '$about.name holds the first and last address of each range, and none beside it',
    ({ table }) => {
      const ranges = [...spansOf(table)]
      expect(ranges.length).toBeGreaterThan(10)
      const faults: Address[] = []
      for (const [index, { first, last }] of ranges.entries()) {
        if (table.find(first) === undefined || table.find(last) === undefined) faults.push(first)
        const behind = next(last)
        const following = ranges[index + 1]?.first
        const taken =
          following !== undefined && typeof following === typeof behind && compareAddresses(following, behind) === 0
        if (compareAddresses(behind, last) !== 0 && (table.find(behind) !== undefined) !== taken) faults.push(behind)
      }
      expect(faults).toEqual([])
    },
  )

  it('hold no address of private or example networks', () => {
    const find = lookUpIn({ lists })
    for (const ip of [
      '10.0.0.1',
      '127.0.0.1',
      '192.168.1.1',
      '172.16.0.1',
      '169.254.169.254',
      '100.64.0.1',
      '192.0.2.1',
      '198.51.100.1',
      '203.0.113.10',
      '::1',
      'fe80::1',
      'fd00::1',
      '2001:db8::1',
      '0.0.0.0',
      '255.255.255.255',
      '::',
    ])
      expect({ ip, ...find(ip) }).toEqual({ ip })
  })

  it('take little room', () => expect(pack(lists).length).toBeLessThan(400_000))
})

describe('the context of an address', () => {
  it('comes from all tables', async () => {
    const { lookup, warnings: none } = await openAddresses({ from: await built(), now })
    expect(none).toEqual([])
    expect(lookup('192.0.2.5')).toEqual({
      asn: 64500,
      network: 'Example, Inc.',
      country: 'IE',
      hosting: true,
      cloud: 'amazon',
    })
    expect(lookup('192.0.2.128')).toEqual({ asn: 64500, network: 'Example, Inc.', hosting: true, cloud: 'amazon' })
    expect(lookup('2001:db8::1')).toEqual({ asn: 64501 })
    expect(lookup('198.51.100.9')).toEqual({ tor: true })
    expect(lookup('::ffff:198.51.100.9')).toEqual({ tor: true })
    expect(lookup('[2001:db8::1%eth0]')).toEqual({ asn: 64501 })
  })

  it.each([
    '',
    'AWS Internal',
    'cloudtrail.amazonaws.com',
    '192.0.2.5:443',
    '192.0.2',
    '192.0.2.256',
    '0192.0.2.5',
    '192.0.2.5/24',
    ':::1',
    'fe80::1%'.repeat(40),
  ])('is empty for what is no address: %j', async text =>
    expect((await openAddresses({ from: await built(), now })).lookup(text)).toEqual({}),
  )

  it('names the network behind a relay hidden, and not rented', async () => {
    const { lists: own } = await readLists(folder({ 'apple-proxy.txt': '192.0.2.0/24\n' }))
    expect(lookUpIn({ lists: own })('192.0.2.1')).toEqual({ vpn: true, cloud: 'apple-proxy' })
  })

  it('tells a data centre, a VPN and a cloud by the number of its network', async () => {
    const networks = networksOf(
      ['192.0.2.0,192.0.2.255,64500,A\n198.51.100.0,198.51.100.255,64501,B\n203.0.113.0,203.0.113.255,64502,C\n'],
      { date: '', source: '', licence: '' },
    )
    const { lists: own } = await readLists(
      folder({ 'hosting.txt': 'AS64500\n', 'vpn-asn.txt': 'as64501 # B\n', 'acme.txt': 'AS64502' }),
    )
    const find = lookUpIn({ lists: own, networks })
    expect(find('192.0.2.1')).toMatchObject({ hosting: true })
    expect(find('198.51.100.1')).toMatchObject({ vpn: true })
    expect(find('203.0.113.1')).toMatchObject({ cloud: 'acme', hosting: true })
  })

  it('prefers the cloud that rents a machine to the one that lists it among others', async () => {
    const { lists: own } = await readLists(folder({ 'github.txt': '192.0.2.0/24', 'microsoft.txt': '192.0.2.0/25' }))
    expect([lookUpIn({ lists: own })('192.0.2.1').cloud, lookUpIn({ lists: own })('192.0.2.200').cloud]).toEqual([
      'microsoft',
      'github',
    ])
  })
})

describe("a user's own lists", () => {
  it('replace the shipped ones of their names, and no others', async () => {
    const directory = folder({ 'tor-exits.txt': '# date: 2026-11-23\n203.0.113.7\n' })
    const { lookup, sources, warnings: none } = await openAddresses({ directory, from: await built(), now })
    expect([lookup('203.0.113.7').tor, lookup('198.51.100.9').tor, lookup('192.0.2.5').cloud]).toEqual([
      true,
      undefined,
      'amazon',
    ])
    expect(sources.find(({ name }) => name === 'tor')).toEqual({ name: 'tor', date: '2026-11-23' })
    expect(none).toEqual([])
  })

  it('may have faults, which are named by line, and the rest is read', async () => {
    const directory = folder({
      'tor.txt': '# date: 2026-11-23\r\n203.0.113.7 # exit\r\n203.0.113.0/33\r\nexit.example\r\n\r\n2001:db8::/64\r\n',
    })
    const { lookup, warnings: told } = await openAddresses({ directory, from: await built(), now })
    expect(told.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '3 "203.0.113.0/33" is no address, network or AS number. Write one a line: 192.0.2.1, 192.0.2.0/24 or AS64500.',
      '4 "exit.example" is no address, network or AS number. Write one a line: 192.0.2.1, 192.0.2.0/24 or AS64500.',
    ])
    expect([lookup('203.0.113.7').tor, lookup('2001:db8::1').tor]).toEqual([true, true])
  })

  it('has its faults counted where there are many', async () => {
    const { warnings: told } = await readLists(folder({ 'a.txt': 'x\n'.repeat(100) }))
    expect([told.length, told.at(-1)?.message]).toEqual([6, '95 more lines are no addresses either.'])
  })

  it('says when a folder has none', async () =>
    expect((await readLists(folder())).warnings[0]?.message).toMatch(/no \*\.txt file/))
})

describe('what is told', () => {
  it('is that a list is old', async () => {
    const { warnings: told } = await openAddresses({ from: await built('# date: 2026-08-20\n192.0.2.1'), now })
    expect(told.map(({ message }) => message)).toEqual([
      'lists of addresses are more than 90 days old (2026-08-20: tor). Give newer ones with --ip-lists DIR: the README says where to get them.',
    ])
  })

  it('is that a table is missing, and addresses are compared by themselves', async () => {
    const { warnings: told, lookup } = await openAddresses({ from: pathToFileURL(`${folder()}/`), now })
    expect(told.map(({ message }) => message)).toEqual([
      'this build has no lists of Tor, VPN and clouds, no table of networks (AS numbers), no table of countries: addresses are compared by themselves.',
    ])
    expect(lookup('192.0.2.5')).toEqual({})
  })

  it('is an error of the file system where the folder is not there', async () =>
    await expect(openAddresses({ directory: '/nowhere/at/all' })).rejects.toThrow(/ENOENT/))
})

import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddressLookup } from '../model/address-context.ts'
import type { Warning } from '../model/finding.ts'
import { isListAbout, type List, listNameOf, readList, together } from './list.ts'
import { lookUpIn } from './look-up.ts'
import { isNetworksAbout, type NetworksAbout } from './networks.ts'
import { type Packed, unpack } from './packing.ts'

/** Where the build puts the shipped tables: beside the code. */
const shipped = new URL('./', import.meta.url)

/** Lists that are older mislead: Tor exits and rented machines change hands. */
const staleAfter = 90 * 86_400_000

/** A table that was opened, so that a report can say on what its words about addresses rest. */
interface AddressSource {
  /** `tor`, `amazon`; `networks` and `countries` for who runs a range and where it is registered. */
  readonly name: string
  readonly date: string
  readonly source?: string
  readonly licence?: string
}

export interface Addresses {
  readonly lookup: AddressLookup
  readonly sources: readonly AddressSource[]
  /** What is old, missing or broken, as a person should be told. */
  readonly warnings: readonly Warning[]
}

/**
 * Opens the tables of addresses. A list in `directory` replaces the shipped one of its name; the others stay.
 * Rejects where that folder can't be read; a shipped table that is not there is a warning.
 */
export async function openAddresses({
  directory,
  now = new Date(),
  from = shipped,
}: {
  readonly directory?: string
  readonly now?: Date
  readonly from?: URL
} = {}): Promise<Addresses> {
  const own = directory === undefined ? { lists: [], warnings: [] } : await readLists(directory)
  const [builtIn, networks, countries] = await Promise.all([
    opened(new URL('ip-lists.bin', from), isListAbout),
    opened(new URL('networks.bin', from), isNetworksAbout),
    opened(new URL('countries.bin', from), isNetworksAbout),
  ])
  const kept = (builtIn ?? []).filter(({ about }) => !own.lists.some(each => each.about.name === about.name))
  const lists = [...own.lists, ...kept]
  const [byNetwork, byCountry] = [networks?.[0], countries?.[0]]
  const missing = [
    ...(builtIn === undefined ? ['lists of Tor, VPN and clouds'] : []),
    ...(byNetwork === undefined ? ['table of networks (AS numbers)'] : []),
    ...(byCountry === undefined ? ['table of countries'] : []),
  ]
  return {
    lookup: lookUpIn({
      lists,
      ...(byNetwork !== undefined && { networks: byNetwork }),
      ...(byCountry !== undefined && { countries: byCountry }),
    }),
    sources: [
      ...lists.map(({ about }) => sourceOf(about.name, about)),
      ...named(byNetwork, 'networks'),
      ...named(byCountry, 'countries'),
    ],
    warnings: [
      ...own.warnings,
      ...(missing.length === 0
        ? []
        : [
            {
              file: 'addresses',
              message: `this build has no ${missing.join(', no ')}: addresses are compared by themselves.`,
            },
          ]),
      ...staleness(lists, now),
    ],
  }
}

/** Every `*.txt` of a folder as lists; files of one list (`vpn-ipv4.txt`, `vpn-asn.txt`) are joined. */
export async function readLists(
  directory: string,
): Promise<{ readonly lists: readonly List[]; readonly warnings: readonly Warning[] }> {
  const lists = new Map<string, List>()
  const warnings: Warning[] = []
  for (const file of (await readdir(directory)).filter(name => /\.txt$/i.test(name)).toSorted()) {
    const path = join(directory, file)
    const read = readList(listNameOf(file), path, await readFile(path, 'utf8'), (await stat(path)).mtime)
    const before = lists.get(read.list.about.name)
    lists.set(read.list.about.name, before === undefined ? read.list : together(before, read.list))
    warnings.push(...read.warnings)
  }
  if (lists.size === 0)
    warnings.push({ file: directory, message: 'there is no *.txt file in this folder, so the shipped lists are used.' })
  return { lists: [...lists.values()], warnings }
}

function staleness(lists: readonly List[], now: Date): readonly Warning[] {
  const old = lists.filter(({ about }) => now.getTime() - Date.parse(about.date) > staleAfter)
  if (old.length === 0) return []
  const oldest = old.map(({ about }) => about.date).toSorted()[0] ?? ''
  const names = old.map(({ about }) => about.name).join(', ')
  return [
    {
      file: 'addresses',
      message: `lists of addresses are more than 90 days old (${oldest}: ${names}). Give newer ones with --ip-lists DIR: the README says where to get them.`,
    },
  ]
}

function named(table: Packed<NetworksAbout> | undefined, name: string): readonly AddressSource[] {
  return table === undefined ? [] : [sourceOf(name, table.about)]
}

function sourceOf(name: string, { date, source, licence }: Omit<AddressSource, 'name'>): AddressSource {
  return { name, date, ...(source !== undefined && { source }), ...(licence !== undefined && { licence }) }
}

async function opened<About>(
  file: URL,
  isAbout: (value: unknown) => value is About,
): Promise<readonly Packed<About>[] | undefined> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  return bytes && unpack(bytes, isAbout)
}

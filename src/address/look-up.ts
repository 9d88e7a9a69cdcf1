import type { AddressContext, AddressLookup } from '../model/address-context.ts'
import type { List } from './list.ts'
import type { NetworksAbout } from './networks.ts'
import type { Packed } from './packing.ts'
import { parseAddress } from './parse-address.ts'

/** Lists that are no clouds. */
const kinds = ['tor', 'vpn', 'datacenter']

/** Whoever uses this relay hides where they are, and does not rent the machine: https://support.apple.com/102602 */
const relays = ['apple-proxy']

/** Ranges of GitHub are other clouds' machines too, which can be anybody's: the others' names say more. */
const last = ['github']

/** A log names few addresses many times; one that does not must not fill the memory. */
const mostKnown = 50_000

export interface Tables {
  readonly lists: readonly List[]
  /** Who runs a range. */
  readonly networks?: Packed<NetworksAbout>
  /** Where it is registered. */
  readonly countries?: Packed<NetworksAbout>
}

/** Looks addresses up in tables that are in memory. What is no address, or private and in no list, has no context. */
export function lookUpIn({ lists, networks, countries }: Tables): AddressLookup {
  const named = (name: string): readonly List[] => lists.filter(({ about }) => about.name === name)
  const numbers = (name: string): ReadonlySet<number> => new Set(named(name).flatMap(({ about }) => about.asns))
  const tables = { tor: named('tor'), vpn: named('vpn'), datacenter: named('datacenter') }
  const asns = { tor: numbers('tor'), vpn: numbers('vpn'), datacenter: numbers('datacenter') }
  const clouds = lists
    .filter(({ about }) => !kinds.includes(about.name))
    .toSorted((a, b) => Number(last.includes(a.about.name)) - Number(last.includes(b.about.name)))
  const holders = networks?.about.labels.map(holderOf)
  const known = new Map<string, AddressContext>()
  const lookUp = (ip: string): AddressContext => {
    const address = parseAddress(ip)
    if (address === undefined) return {}
    const holder = holders?.[networks?.table.find(address) ?? -1]
    const country = countries?.about.labels[countries.table.find(address) ?? -1]
    const cloud =
      clouds.find(({ table }) => table.find(address) !== undefined)?.about.name ??
      (holder === undefined ? undefined : clouds.find(({ about }) => about.asns.includes(holder.asn))?.about.name)
    const isIn = (kind: 'tor' | 'vpn' | 'datacenter'): boolean =>
      tables[kind].some(({ table }) => table.find(address) !== undefined) ||
      (holder !== undefined && asns[kind].has(holder.asn))
    const relay = cloud !== undefined && relays.includes(cloud)
    const context: { -readonly [Word in keyof AddressContext]: AddressContext[Word] } = {}
    if (holder !== undefined) context.asn = holder.asn
    if (holder !== undefined && holder.name !== '') context.network = holder.name
    if (country !== undefined) context.country = country
    if (isIn('tor')) context.tor = true
    if (relay || isIn('vpn')) context.vpn = true
    if (!relay && (cloud !== undefined || isIn('datacenter'))) context.hosting = true
    if (cloud !== undefined) context.cloud = cloud
    return context
  }
  return ip => {
    const before = known.get(ip)
    if (before !== undefined) return before
    if (known.size >= mostKnown) known.clear()
    const context = lookUp(ip)
    known.set(ip, context)
    return context
  }
}

function holderOf(label: string): { readonly asn: number; readonly name: string } {
  const space = label.indexOf(' ')
  return space < 0
    ? { asn: Number(label), name: '' }
    : { asn: Number(label.slice(0, space)), name: label.slice(space + 1) }
}

import ipaddr from 'ipaddr.js'

/** Hosts and networks that the user allowed although they are not public. */
export type Allowed = (host: string, address: string) => boolean

/** The only part of IPv6 that is assigned to the open internet: https://www.iana.org/assignments/ipv6-unicast-address-assignments */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
/** Azure's platform answers virtual machines here, keys of theirs among it: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 */
const azure = '168.63.129.16'

/** Whether an address belongs to the open internet: not loopback, private, link-local, metadata, or one of those inside IPv6. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return (
    parsed.range() === 'unicast' &&
    (parsed instanceof ipaddr.IPv6 ? parsed.match(globalUnicast) : parsed.toString() !== azure)
  )
}

/** Reads `--allow-private` values: host names, addresses and networks in CIDR form. Throws TypeError on anything else. */
export function allowing(values: readonly string[]): Allowed {
  const networks = values.filter(value => value.includes('/')).map(value => parseNetwork(value))
  const singles = new Set(
    values.filter(value => !value.includes('/')).map(value => value.toLowerCase().replace(/^\[|\]$/g, '')),
  )
  return (host, address) => {
    if (singles.has(host.toLowerCase()) || singles.has(address)) return true
    if (!ipaddr.isValid(address)) return false
    const parsed = ipaddr.process(address)
    return networks.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits))
  }
}

function parseNetwork(value: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    return ipaddr.parseCIDR(value)
  } catch {
    throw new TypeError(`"${value}" is not a network. Write it as ADDRESS/BITS, for example 10.0.0.0/8.`)
  }
}

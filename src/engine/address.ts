import ipaddr from 'ipaddr.js'

/** Hosts and networks that the user allowed although they are not public. */
export type Allowed = (host: string, address: string) => boolean

/** Whether an address belongs to the open internet: not loopback, private, link-local, metadata, or one of those inside IPv6. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

/** Reads `--allow-private` values: host names, addresses and networks in CIDR form. Throws TypeError on anything else. */
export function allowing(values: readonly string[]): Allowed {
  const networks = values.filter(value => value.includes('/')).map(value => parseNetwork(value))
  const singles = new Set(values.filter(value => !value.includes('/')).map(value => value.toLowerCase().replace(/^\[|\]$/g, '')))
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

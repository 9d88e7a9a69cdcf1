import { compareAddresses, parseAddress, parseSpan } from './parse-address.ts'

/** Names the network of a list (`10.2.0.0/16`) that holds an address, the narrowest if several do. */
export function namerOf(networks: readonly string[]): (ip: string) => string | undefined {
  const spans = networks.flatMap(name => {
    const span = parseSpan(name)
    return span === undefined ? [] : [{ name, ...span }]
  })
  // One that begins later, or begins alike and ends sooner, lies within the other.
  const narrowFirst = spans.toSorted((a, b) => compareAddresses(b.first, a.first) || compareAddresses(a.last, b.last))
  return ip => {
    const address = parseAddress(ip)
    if (address === undefined) return undefined
    return narrowFirst.find(
      ({ first, last }) =>
        typeof first === typeof address &&
        compareAddresses(first, address) <= 0 &&
        compareAddresses(address, last) <= 0,
    )?.name
  }
}

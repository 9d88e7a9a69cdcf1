import ipaddr from 'ipaddr.js'

/** An address as numbers that can be compared: 32 bits of IPv4, or four times 32 bits of IPv6, the first the highest. */
export type Address = number | readonly [number, number, number, number]

/** A network or one address, from its first to its last; both of one family. */
export interface Span {
  readonly first: Address
  readonly last: Address
}

/**
 * Reads an address as logs write it: in brackets, with a zone, or as IPv4 within IPv6 (which is the IPv4 address).
 * Undefined for a host name, a port behind it, and any notation that not every reader takes alike (`010.0.0.1`, `127.1`).
 */
export function parseAddress(text: string): Address | undefined {
  const dotted = parseDotted(text)
  if (dotted !== undefined) return dotted
  if (!text.includes(':') || text.length > 100) return undefined
  const bare = (text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text).replace(/%[\w.~-]*$/, '')
  const parts = partsOf(bare)
  if (parts === undefined) return undefined
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = parts
  const words = [word(a, b), word(c, d), word(e, f), word(g, h)] as const
  const mapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff
  return mapped ? words[3] : words
}

/** `10.0.0.0/8`, `fd00::/8`, or an address alone. Bits below the mask do not matter. Undefined for anything else. */
export function parseSpan(text: string): Span | undefined {
  const [, before = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? []
  const address = parseAddress(before)
  if (address === undefined) return undefined
  if (bits === undefined) return { first: address, last: address }
  // Of ::ffff:10.0.0.0/104 the last 32 bits are the IPv4 network.
  const length = Number(bits) - (typeof address === 'number' && before.includes(':') ? 96 : 0)
  if (typeof address === 'number') {
    if (length < 0 || length > 32) return undefined
    const rest = restOf(length, 0)
    return { first: (address & ~rest) >>> 0, last: (address | rest) >>> 0 }
  }
  if (length > 128) return undefined
  const [a, b, c, d] = address
  const rests = [restOf(length, 0), restOf(length, 1), restOf(length, 2), restOf(length, 3)] as const
  return {
    first: [(a & ~rests[0]) >>> 0, (b & ~rests[1]) >>> 0, (c & ~rests[2]) >>> 0, (d & ~rests[3]) >>> 0],
    last: [(a | rests[0]) >>> 0, (b | rests[1]) >>> 0, (c | rests[2]) >>> 0, (d | rests[3]) >>> 0],
  }
}

/** Which of two addresses of one family comes first: negative, 0 or positive. */
export function compareAddresses(a: Address, b: Address): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b)
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]
}

/** The bits of the `index`th 32-bit word that a mask of so many bits leaves open. */
function restOf(bits: number, index: number): number {
  const kept = Math.min(32, Math.max(0, bits - 32 * index))
  return kept === 32 ? 0 : 0xffffffff >>> kept
}

function word(high: number, low: number): number {
  return ((high << 16) | low) >>> 0
}

/** Asking first whether it is one would read it twice. */
function partsOf(text: string): readonly number[] | undefined {
  try {
    return ipaddr.IPv6.parse(text).parts
  } catch {
    return undefined
  }
}

/** Four numbers from 0 to 255 without leading zeros; by hand, as it is done for each line of a log. */
function parseDotted(text: string): number | undefined {
  if (text.length < 7 || text.length > 15) return undefined
  let address = 0
  let octet = -1
  let dots = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 46) {
      if (octet < 0 || ++dots > 3) return undefined
      address = address * 256 + octet
      octet = -1
    } else if (code >= 48 && code <= 57) {
      if (octet === 0) return undefined
      octet = (octet < 0 ? 0 : octet * 10) + code - 48
      if (octet > 255) return undefined
    } else return undefined
  }
  return dots === 3 && octet >= 0 ? address * 256 + octet : undefined
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** The machine that wrote the log: that is no place. https://www.rfc-editor.org/rfc/rfc6890 */
const itself = /^(?:127\.|::1?$)/

/** The neighbourhood of an address that one line or one office shares: /24 of version 4, /48 of version 6. */
export function addressBlock(ip: string): string | undefined {
  const four = mapped.exec(ip)?.[1] ?? ip
  if (itself.test(four)) return undefined
  if (/^\d+\.\d+\.\d+\.\d+$/.test(four)) return `${four.slice(0, four.lastIndexOf('.'))}.0/24`
  if (!/^[\da-f:.%]*:[\da-f:.]*:/i.test(ip)) return undefined
  const [head = '', tail] = ip.toLowerCase().split('%')[0]?.split('::') ?? []
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...back].slice(0, 3)
  return `${groups.map(group => group.replace(/^0+(?=.)/, '')).join(':')}::/48`
}

/** Addresses that are nobody's on the internet: they say "inside", not where. */
export function isPrivate(ip: string): boolean {
  const four = mapped.exec(ip)?.[1] ?? ip
  return /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)|^(?:::1$|f[cd]|fe[89ab])/i.test(
    four,
  )
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** An XML element's text: entities decoded, CDATA taken as it is. */
export function xmlText(inner: string): string {
  let text = ''
  let rest = inner
  for (let open = rest.indexOf('<![CDATA['); open !== -1; open = rest.indexOf('<![CDATA[')) {
    const end = rest.indexOf(']]>', open)
    text += decoded(rest.slice(0, open)) + rest.slice(open + 9, end === -1 ? rest.length : end)
    rest = end === -1 ? '' : rest.slice(end + 3)
  }
  return text + decoded(rest)
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name.toLowerCase()] ?? whole
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

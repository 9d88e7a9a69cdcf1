/** The text that is packed in Base64, padded or not; undefined where it is none, or packs no text. */
export function unpacked(packed: unknown): string | undefined {
  if (typeof packed !== 'string') return undefined
  const plain = packed.replaceAll(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (plain === '' || plain.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(plain)) return undefined
  const text = Buffer.from(plain, 'base64').toString('utf8')
  return text.includes('\ufffd') || text.includes('\0') ? undefined : text
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A number of 32 bits in base 62, six characters, padded with zeros: how GitHub's tokens carry their checksum. */
export function base62(number: number): string {
  let text = ''
  for (let rest = number >>> 0; rest > 0; rest = Math.floor(rest / 62)) text = `${digits[rest % 62] ?? ''}${text}`
  return text.padStart(6, '0')
}

import { isIP } from 'node:net'

/** Whether a text is a network in CIDR form: `10.0.0.0/8`, `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const [, address = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(text) ?? []
  const family = isIP(address)
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128)
}

/** What is wrong with a text that should be a network or one address; undefined where nothing is. */
export function whyNotNetwork(text: string): string | undefined {
  if (isNetwork(text) || isIP(text) !== 0) return undefined
  const address = text.split('/', 1)[0] ?? ''
  const form = isIP(address) === 6 ? 'ADDRESS/0..128' : 'ADDRESS/0..32'
  return `"${text}" is not a network. Write it as ${form}.`
}

/** What is wrong with the name of something that may be private: a host, an address or a network; undefined where it is one. */
export function whyNotPlace(text: string): string | undefined {
  if (text.includes('/'))
    return isNetwork(text) ? undefined : `"${text}" is not a network. Write it as ADDRESS/BITS, for example 10.0.0.0/8.`
  return isIP(text.replaceAll(/^\[|\]$/g, '')) !== 0 || /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(text)
    ? undefined
    : `"${text}" is neither a host nor an address. Write it without https:// and without a port.`
}

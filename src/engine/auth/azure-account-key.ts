import { createHmac } from 'node:crypto'

export interface ToSign {
  readonly method: 'GET' | 'HEAD'
  readonly url: URL
  readonly account: string
  /** Base64, as Azure shows it. */
  readonly key: string
  /** All that are sent; of them the `x-ms-` ones are signed, and must hold the version. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Headers that sign a request without a body to the blob, queue or file service.
 * Source: https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key
 */
export function signShared({ key, account, ...request }: ToSign, now: Date): Readonly<Record<string, string>> {
  const added = { 'x-ms-date': now.toUTCString() }
  const text = stringToSign({ ...request, account, headers: { ...request.headers, ...added } })
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64')
  return { ...added, authorization: `SharedKey ${account}:${signature}` }
}

/** Of the eleven standard headers none is sent, so their lines are empty; the date is in x-ms-date. */
export function stringToSign({ method, url, account, headers }: Omit<ToSign, 'key'>): string {
  const own = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-ms-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}`)
  const query = [...new Set([...url.searchParams.keys()].map(name => name.toLowerCase()))]
    .toSorted()
    .map(name => `${name}:${valuesOf(url.searchParams, name).toSorted().join(',')}`)
  return [method, ...Array.from({ length: 11 }, () => ''), ...own, `/${account}${url.pathname}`, ...query].join('\n')
}

function valuesOf(query: URLSearchParams, name: string): readonly string[] {
  return [...query].flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []))
}

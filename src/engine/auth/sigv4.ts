import { createHash, createHmac } from 'node:crypto'
import { percent } from './fill.ts'

export interface ToSign {
  readonly method: string
  readonly url: URL
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly key: string
  readonly secret: string
  readonly session?: string
  readonly region: string
  readonly service: string
}

/**
 * Headers that sign a request: AWS Signature Version 4.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sign(
  { method, url, body, headers, key, secret, session, region, service }: ToSign,
  now: Date,
): Readonly<Record<string, string>> {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const day = stamp.slice(0, 8)
  const added = { ...headers, 'x-amz-date': stamp, ...(session !== undefined && { 'x-amz-security-token': session }) }
  const signed = Object.entries({ ...added, host: url.host }).toSorted(([a], [b]) => order(a, b))
  const names = signed.map(([name]) => name).join(';')
  const query = [...url.searchParams]
    .map(([name, value]) => [percent(name), percent(value)] as const)
    .toSorted(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)))
    .map(pair => pair.join('='))
    .join('&')
  const path = url.pathname
    .split('/')
    .map(segment => percent(segment))
    .join('/')
  const canonical = [
    method,
    path,
    query,
    ...signed.map(([name, value]) => `${name}:${value.trim().replaceAll(/ +/g, ' ')}`),
    '',
    names,
    hash(body),
  ].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const derived = [day, region, service, 'aws4_request'].reduce<Buffer>(
    (from, step) => hmac(from, step),
    Buffer.from(`AWS4${secret}`),
  )
  const signature = hmac(derived, ['AWS4-HMAC-SHA256', stamp, scope, hash(canonical)].join('\n')).toString('hex')
  return {
    ...added,
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

/** By code points: names first, so that `a` comes before `a-b` although `=` comes after `-`. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

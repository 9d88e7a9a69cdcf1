import { gzipSync } from 'node:zlib'
import { longestBody } from '../../src/engine/body.ts'
import { failing } from '../engine/support.ts'

/** What somebody in between sends. */
export interface Answer {
  readonly status: number
  readonly type?: string
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

const json = (status: number, body: unknown, headers = {}): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
  headers,
})
const page = (status: number, body = '<!DOCTYPE html><html><body>Sign in to the network</body></html>'): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
})
const plain = (status: number, body: string): Answer => ({ status, type: 'text/plain', body })
const xml = (status: number, body: string): Answer => ({ status, type: 'application/xml', body })

const statuses = [200, 400, 401, 403, 404]
/** JSON that any gateway, proxy or other service may send. */
const strangers: readonly unknown[] = [
  { error: 'login required' },
  { error: 'unauthorized' },
  { error: 'Forbidden' },
  { error: 'invalid_token' },
  { error: 'invalid_token', error_description: 'The access token is invalid or has expired' },
  { error: 'access_denied' },
  { error: { code: 401, message: 'Unauthorized', status: 'UNAUTHENTICATED' } },
  { error: { message: 'Invalid API key' } },
  { errors: [{ message: 'Unauthorized' }] },
  { ok: true },
  { ok: false },
  { ok: false, error: 'denied' },
  { success: true },
  { success: false, message: 'Invalid token' },
  { status: 'ok' },
  { status: 'error', message: 'not allowed' },
  { code: 401, message: 'token expired' },
  { message: 'Unauthorized' },
  { message: 'Forbidden' },
  { message: 'Not Found' },
  { message: 'Missing Authentication Token' },
  { message: 'The incoming token has expired' },
  { detail: 'Authentication credentials were not provided.' },
  { detail: 'Invalid token.' },
  { title: 'Unauthorized', status: 401, type: 'about:blank' },
  { id: 1, name: 'somebody', email: 'a@example.com' },
  { user: { id: '1' } },
  { data: [] },
  { result: null },
  [],
  [{ id: 1 }],
  {},
  null,
  0,
  true,
  'ok',
  'Unauthorized',
]
const texts = [
  '',
  'OK',
  'Unauthorized',
  'Forbidden',
  'Access denied by policy',
  'Invalid API key',
  'token expired',
  'not found',
]
const documents = [
  '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  '<?xml version="1.0"?><Error><Code>InvalidAccessKeyId</Code></Error>',
  '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>Unauthorized</faultstring></soap:Fault></soap:Body></soap:Envelope>',
  '<status>ok</status>',
]

export const behaviours: readonly (readonly [says: string, Answer | Error])[] = [
  ...[200, 400, 401, 403, 404, 407, 429, 500, 502, 503, 511].map(
    status => [`a portal's page with ${status}`, page(status)] as const,
  ),
  ...statuses.flatMap(status =>
    strangers.map(body => [`${status} ${JSON.stringify(body)}`, json(status, body)] as const),
  ),
  ...statuses.flatMap(status => texts.map(body => [`${status} text "${body}"`, plain(status, body)] as const)),
  ...statuses.flatMap(status => documents.map((body, index) => [`${status} XML ${index}`, xml(status, body)] as const)),
  ...[200, 204, 401, 403, 404, 405, 418].map(status => [`nothing with ${status}`, { status }] as const),
  ...[301, 302, 307].map(
    status => [`a redirect, ${status}`, { status, headers: { location: 'https://portal.example/' } }] as const,
  ),
  ...[500, 502, 503, 504, 520].flatMap(status => [
    [`${status} in text`, plain(status, 'upstream error')] as const,
    [`${status} in JSON`, json(status, { message: 'Internal Server Error' })] as const,
    [`${status} with nothing`, { status }] as const,
  ]),
  ['429 for a year', { status: 429, headers: { 'retry-after': '31536000' } }],
  ['429 in JSON', json(429, { error: 'invalid_token' })],
  ['bytes', { status: 200, type: 'application/json', body: Buffer.from([0, 159, 146, 150]) }],
  ['deep JSON', { status: 401, type: 'application/json', body: '['.repeat(200_000) }],
  ['half of JSON', { status: 401, type: 'application/json', body: '{"error":{"type":"invalid' }],
  [
    'a bomb',
    {
      status: 200,
      type: 'application/json',
      body: gzipSync(Buffer.alloc(8 * longestBody)),
      headers: { 'content-encoding': 'gzip' },
    },
  ],
  [
    'a login page that asks for basic authentication',
    { status: 401, headers: { 'www-authenticate': 'Basic realm="proxy"' } },
  ],
  ['a refused bearer', { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }],
  ['a reset', failing('ECONNRESET')],
  ['no name', failing('ENOTFOUND')],
  ['a false certificate', failing('ERR_TLS_CERT_ALTNAME_INVALID')],
  ['silence', failing('UND_ERR_HEADERS_TIMEOUT')],
  ['no HTTP', Object.assign(new Error('no HTTP'), { name: 'HTTPParserError' })],
]

/** Reasons that fit. A provider may document that it limits or locks out with other statuses too. */
export function fitting(behaviour: Answer | Error): readonly string[] {
  if (behaviour instanceof Error) return ['unreachable']
  const { status } = behaviour
  if (status === 429) return ['rate_limited']
  return status >= 500 ? ['provider_error'] : ['unrecognised']
}

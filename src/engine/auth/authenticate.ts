import type { SafeRequest } from '../../model/request.ts'
import type { Wire } from '../transport.ts'
import { signShared } from './azure-account-key.ts'
import { appendSas } from './azure-sas.ts'
import { loginOf } from './database.ts'
import { fill, fillHeader, percent } from './fill.ts'
import { assertion, grantType } from './jwt-bearer.ts'
import { mailOf } from './mail.ts'
import { sign } from './sigv4.ts'
import { signMessage } from './webhook-signature.ts'

/** Fills a planned request in at the moment of sending. Throws TypeError where a part can't stand where it should. */
export function authenticate(request: SafeRequest, agent: string, now: Date): Wire {
  const { method, origin, auth } = request
  if ('database' in auth)
    return { method, origin, path: request.path, headers: {}, login: loginOf(request, auth.database, agent) }
  if ('mail' in auth) return { method, origin, path: request.path, headers: {}, mail: mailOf(request, auth.mail) }
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': agent,
  }
  for (const [name, template] of Object.entries(request.headers)) {
    const value = fillHeader(template, request)
    if (value !== undefined) headers[name] = value
  }
  const body = bodyOf(request, headers)
  let path = demand(fill(request.path, request, percent), 'path')
  if (!plain.test(path)) path = written(addressOf(path, origin))
  if ('jwt_bearer' in auth) headers['content-type'] = 'application/x-www-form-urlencoded'

  if ('bearer' in auth) headers['authorization'] = `Bearer ${demand(fillHeader(auth.bearer, request), 'bearer')}`
  else if ('basic' in auth) {
    const pair = `${demand(fill(auth.basic.user, request), 'user')}:${demand(fill(auth.basic.password, request), 'password')}`
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`
  } else if ('header' in auth)
    headers[auth.header.name.toLowerCase()] = demand(fillHeader(auth.header.value, request), auth.header.name)
  else if ('query' in auth) {
    const url = new URL(path, origin)
    for (const [name, template] of Object.entries(auth.query))
      url.searchParams.set(name, demand(fill(template, request), name))
    path = written(url)
  } else if ('sigv4' in auth) {
    const { service, region, key, secret, session } = auth.sigv4
    const signed = sign(
      {
        method,
        url: new URL(path, origin),
        body: body ?? '',
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-amz-'))),
        key: demand(fillHeader(key, request), 'key'),
        secret: demand(fill(secret, request), 'secret'),
        ...optional('session', session === undefined ? undefined : fillHeader(session, request)),
        region: demand(fill(region, request), 'region'),
        service: demand(fill(service, request), 'service'),
      },
      now,
    )
    Object.assign(headers, signed)
  } else if ('azure_shared_key' in auth) {
    if (method !== 'GET' && method !== 'HEAD')
      throw new TypeError('only a request without a body is signed for Azure Storage')
    const account = demand(fillHeader(auth.azure_shared_key.account, request), 'account')
    const key = demand(fill(auth.azure_shared_key.key, request), 'key')
    Object.assign(headers, signShared({ method, url: new URL(path, origin), account, key, headers }, now))
  } else if ('azure_sas' in auth) {
    const url = new URL(path, origin)
    appendSas(url, demand(fill(auth.azure_sas, request), 'signature'))
    path = written(url)
  }
  if ('signed' in auth) {
    const [id, secret] = [
      demand(fill(auth.signed.id, request), 'id'),
      demand(fill(auth.signed.secret, request), 'secret'),
    ]
    Object.assign(headers, signMessage({ id, secret, body: body ?? '' }, now))
  }
  const whole = 'jwt_bearer' in auth ? withAssertion(auth.jwt_bearer, body, request, now) : body
  return { method, origin, path, headers, ...optional('body', whole) }
}

type JwtBearer = Extract<SafeRequest['auth'], { readonly jwt_bearer: object }>['jwt_bearer']

/** The form of an exchange that a private key signs. The key itself is not in it. */
function withAssertion(
  { issuer, key, key_id: keyId, audience, scope }: JwtBearer,
  body: string | undefined,
  request: SafeRequest,
  now: Date,
): string {
  const claims = {
    issuer: demand(fill(issuer, request), 'issuer'),
    key: demand(fill(key, request), 'key'),
    ...optional('keyId', keyId === undefined ? undefined : fill(keyId, request)),
    audience,
    scope,
  }
  const form = new URLSearchParams(body ?? '')
  form.set('grant_type', grantType)
  form.set('assertion', assertion(claims, now))
  return form.toString()
}

/** A path that is its own normal form: no escape, no empty step, none that begins with a dot. */
const plain = /^(?:\/[\w~-][\w.~-]*)+(?:\?[\w.~=&-]+)?$/

function addressOf(path: string, origin: string): URL {
  const url = new URL(path, origin)
  if (url.origin !== new URL(origin).origin)
    throw new TypeError('a part of the credential would lead the request to another host')
  if (steps(url.pathname) !== steps(path))
    throw new TypeError('a part of the credential would lead the request to another path')
  return url
}

function written({ pathname, search }: URL): string {
  return `${pathname}${search}`
}

function bodyOf(request: SafeRequest, headers: Record<string, string>): string | undefined {
  const { body } = request
  if (body === undefined) return undefined
  if ('form' in body) {
    headers['content-type'] ??= 'application/x-www-form-urlencoded'
    return Object.entries(body.form)
      .map(([name, template]) => `${percent(name)}=${demand(fill(template, request, percent), name)}`)
      .join('&')
  }
  if ('text' in body) return demand(fill(body.text, request), 'body')
  headers['content-type'] ??= 'application/json'
  return JSON.stringify(body.json, (_, value: unknown) =>
    typeof value === 'string' ? demand(fill(value, request), 'body') : value,
  )
}

/** Fewer than were written where a step was `..`, which leads elsewhere. */
function steps(path: string): number {
  return path.replace(/[?#].*$/, '').split('/').length
}

function demand(text: string | undefined, what: string): string {
  if (text === undefined) throw new TypeError(`the credential has no part for the ${what}`)
  return text
}

function optional<Name extends string>(name: Name, text: string | undefined): { readonly [key in Name]?: string } {
  const filled: { [key in Name]?: string } = {}
  if (text !== undefined) filled[name] = text
  return filled
}

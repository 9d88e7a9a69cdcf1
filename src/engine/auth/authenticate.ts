import type { SafeRequest } from '../../model/request.ts'
import type { Wire } from '../transport.ts'
import { fill, fillHeader, percent } from './fill.ts'
import { sign } from './sigv4.ts'

/** Fills a planned request in at the moment of sending. Throws TypeError where a part can't stand where it should. */
export function authenticate(request: SafeRequest, agent: string, now: Date): Wire {
  const { method, origin, auth } = request
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
        headers: {},
        key: demand(fillHeader(key, request), 'key'),
        secret: demand(fill(secret, request), 'secret'),
        ...optional('session', session === undefined ? undefined : fillHeader(session, request)),
        region: demand(fill(region, request), 'region'),
        service: demand(fill(service, request), 'service'),
      },
      now,
    )
    Object.assign(headers, signed)
  }
  return { method, origin, path, headers, ...optional('body', body) }
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

import aws4 from 'aws4'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { authenticate } from '../../src/engine/auth/authenticate.ts'
import { fill, percent } from '../../src/engine/auth/fill.ts'
import { sign } from '../../src/engine/auth/sigv4.ts'
import type { Parts } from '../../src/model/credential.ts'
import { Secret } from '../../src/model/secret.ts'
import { often } from '../often.ts'
import { planned } from './support.ts'

const now = new Date('2026-11-24T03:04:05.678Z')
const stamp = '20261124T030405Z'

function of(parts: Readonly<Record<string, string>>): Parts {
  return Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [name, { public: false, secret: new Secret(text) }]),
  )
}

describe('a signature of AWS is the one that aws4 makes', () => {
  const host = 'sts.us-east-1.amazonaws.com'
  const same = (path: string, secret: string, session?: string): void => {
    const signed = sign(
      {
        method: 'GET',
        url: new URL(path, `https://${host}`),
        body: '',
        headers: {},
        key: 'AKIDEXAMPLE',
        secret,
        region: 'us-east-1',
        service: 'sts',
        ...(session !== undefined && { session }),
      },
      now,
    )
    const { headers } = aws4.sign(
      { host, path, service: 'sts', region: 'us-east-1', headers: { 'X-Amz-Date': stamp } },
      { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret, ...(session !== undefined && { sessionToken: session }) },
    )
    expect(signed['authorization']).toBe(headers?.['Authorization'])
    expect(signed['x-amz-date']).toBe(stamp)
    expect(signed['x-amz-security-token']).toBe(session)
  }

  it.each([
    '/',
    '/?Action=GetCallerIdentity&Version=2011-06-15',
    '/?b=2&a=1',
    '/?a=2&a=1&a-b=3&a.b=4&A=5',
    '/?empty=&x=%20y',
    '/?q=%2F%3D%26%2B%25%27%28%29%2A%21~',
    '/?%C3%BC=%E2%82%AC',
    '/a%20b/c',
    '/model/x%3Av1/invoke',
  ])('%s', path => {
    same(path, 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
    same(path, 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', 'IQoJb3JpZ2luX2VjE+/=')
  })

  it('whatever stands in the query, the secret and the session', () => {
    // The oracle loses a parameter of this name: it keeps them in a plain object.
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(text => text !== '__proto__')
    const query = fc.uniqueArray(fc.tuple(name, fc.string({ unit: 'grapheme', maxLength: 20 })), {
      selector: ([key]) => key,
      maxLength: 6,
    })
    const ascii = fc.stringMatching(/^[A-Za-z0-9/+=]{1,60}$/)
    fc.assert(
      fc.property(query, ascii, fc.option(ascii, { nil: undefined }), (pairs, secret, session) =>
        same(`/?${pairs.map(([key, value]) => `${percent(key)}=${percent(value)}`).join('&')}`, secret, session),
      ),
      often(300),
    )
  })

  it('with a body, whose headers are signed too', () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'content-length': '2', 'x-amz-target': 'A.B' }
    const url = new URL('https://cloudtrail.eu-west-1.amazonaws.com/')
    const signed = sign(
      {
        method: 'POST',
        url,
        body: '{}',
        headers,
        key: 'AKID',
        secret: 's',
        region: 'eu-west-1',
        service: 'cloudtrail',
      },
      now,
    )
    const oracle = aws4.sign(
      {
        method: 'POST',
        host: url.host,
        path: '/',
        body: '{}',
        service: 'cloudtrail',
        region: 'eu-west-1',
        headers: {
          'Content-Type': 'application/x-amz-json-1.1',
          'Content-Length': '2',
          'X-Amz-Target': 'A.B',
          'X-Amz-Date': stamp,
        },
      },
      { accessKeyId: 'AKID', secretAccessKey: 's' },
    )
    expect(signed['authorization']).toBe(oracle.headers?.['Authorization'])
  })

  it('in a whole request, where the session is optional', () => {
    const sigv4 = { service: 'sts', region: '{region}', key: '{id}', secret: '{secret}', session: '{session}' }
    const request = planned({
      origin: `https://${host}`,
      path: '/?Action=GetCallerIdentity',
      auth: { sigv4 },
      parts: of({ id: 'AKID', secret: 's/+' }),
      facts: { region: 'us-east-1' },
    })
    const { headers, path } = authenticate(request, 'me', now)
    const oracle = aws4.sign(
      { host, path, service: 'sts', region: 'us-east-1', headers: { 'X-Amz-Date': stamp } },
      { accessKeyId: 'AKID', secretAccessKey: 's/+' },
    )
    expect(headers['authorization']).toBe(oracle.headers?.['Authorization'])
    expect(headers).not.toHaveProperty('x-amz-security-token')
  })
})

describe('a part is written as its place demands', () => {
  const odd = `a b/c?d=e&f#g%h+i"j'k(l)é€`
  const encoded = 'a%20b%2Fc%3Fd%3De%26f%23g%25h%2Bi%22j%27k%28l%29%C3%A9%E2%82%AC'
  const wire = (change: Parameters<typeof planned>[0]) =>
    authenticate(planned({ parts: of({ key: odd, ascii: 'a:b c' }), ...change }), 'me', now)

  it('in a path', () =>
    expect(wire({ path: '/bot{key}/me', auth: { in_url: true } }).path).toBe(
      `/bot${encoded}/me`.replaceAll('%27', '%27'),
    ))
  it('in a query of the path', () =>
    expect(wire({ path: '/me?token={key}&x=1', auth: { in_url: true } }).path).toBe(`/me?token=${encoded}&x=1`))
  it('in a query', () => {
    const { path } = wire({ path: '/me?x=1', auth: { query: { token: '{key}' } } })
    expect(new URL(path, 'https://x').searchParams.get('token')).toBe(odd)
    expect(new URL(path, 'https://x').searchParams.get('x')).toBe('1')
  })
  it('in a form', () => {
    const { body, headers } = wire({ method: 'POST', body: { form: { token: '{key}' } }, auth: { none: true } })
    expect(new URLSearchParams(body).get('token')).toBe(odd)
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
  })
  it('in JSON', () =>
    expect(
      JSON.parse(wire({ method: 'POST', body: { json: { a: ['{key}'] } }, auth: { none: true } }).body ?? ''),
    ).toEqual({ a: [odd] }))
  it('in basic authentication', () => {
    const { headers } = wire({ auth: { basic: { user: '{key}', password: '' } } })
    expect(Buffer.from(headers['authorization']?.slice(6) ?? '', 'base64').toString()).toBe(`${odd}:`)
  })
  it('in a header', () =>
    expect(wire({ auth: { header: { name: 'X-Api-Key', value: 'key={ascii}' } } }).headers['x-api-key']).toBe(
      'key=a:b c',
    ))
  it('in a header that is optional', () =>
    expect(wire({ headers: { 'x-team': '{team}', 'x-ok': 'yes' }, auth: { none: true } }).headers).not.toHaveProperty(
      'x-team',
    ))
  it('and as nothing where it is missing', () => expect(fill('a{nothing}', { parts: {}, facts: {} })).toBeUndefined())
  it('and holes inside a secret are not filled in again', () =>
    expect(fill('{key}', { parts: of({ key: '{other}', other: 'x' }), facts: {} })).toBe('{other}'))

  it('for any text: the path comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => !/^\.\.?$/.test(text)),
        text => {
          const { path, origin } = authenticate(
            planned({ path: '/a/{key}/b?c={key}', parts: of({ key: text }), auth: { in_url: true } }),
            'me',
            now,
          )
          const url = new URL(path, origin)
          expect(decodeURIComponent(url.pathname.split('/')[2] ?? '')).toBe(text)
          expect(url.searchParams.get('c')).toBe(text)
        },
      ),
      often(),
    )
  })
})

describe('a part that would lead the request astray', () => {
  it.each(['a\nx-evil: 1', 'a\r\n\r\nGET / HTTP/1.1', 'a\0b', 'a\u0100', 'a\u2028', 'a\u007f'])(
    'is not put into a header: %j',
    text => {
      for (const auth of [{ bearer: '{key}' }, { header: { name: 'x', value: '{key}' } }])
        expect(() => authenticate(planned({ auth, parts: of({ key: text }) }), 'me', now)).toThrow(
          'a part of the credential can not stand in a header',
        )
      expect(() => authenticate(planned({ headers: { x: '{key}' }, parts: of({ key: text }) }), 'me', now)).toThrow(
        'can not stand in a header',
      )
    },
  )

  it.each([
    ['/{key}/evil.test', '', 'another host'],
    ['/{key}{key}evil.test', '', undefined],
    ['/v1/{key}/me', '..', 'another path'],
    ['/v1/{key}', '..', 'another path'],
    ['/v1/{key}/me', '.', 'another path'],
  ])('is refused: %s with %j', (path, text, why) => {
    const making = () => authenticate(planned({ path, parts: of({ key: text }), auth: { in_url: true } }), 'me', now)
    if (why === undefined) expect(new URL(making().path, making().origin).host).toBe('api.acme.test')
    else expect(making).toThrow(why)
  })

  it('is not named in the error', () => {
    const caught: unknown[] = []
    try {
      authenticate(planned({ parts: of({ key: 'S3cret\n' }) }), 'me', now)
    } catch (error) {
      caught.push(error)
    }
    expect(caught).toHaveLength(1)
    expect(String(caught[0])).not.toContain('S3cret')
  })

  it('is an error where it is missing', () =>
    expect(() => authenticate(planned({ parts: {} }), 'me', now)).toThrow('the credential has no part for the bearer'))
})

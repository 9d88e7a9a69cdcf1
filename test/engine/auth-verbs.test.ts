import { createHmac, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { authenticate } from '../../src/engine/auth/authenticate.ts'
import { stringToSign } from '../../src/engine/auth/azure-account-key.ts'
import { appendSas } from '../../src/engine/auth/azure-sas.ts'
import type { Parts } from '../../src/model/credential.ts'
import type { SafeRequest } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'
import { often } from '../often.ts'
import { planned } from './support.ts'

const now = new Date('2026-11-04T03:04:05.678Z')

function of(parts: Readonly<Record<string, string>>): Parts {
  return Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [name, { public: false, secret: new Secret(text) }]),
  )
}

describe('a signed statement in place of a key', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const auth = {
    jwt_bearer: {
      issuer: '{email}',
      key: '{key}',
      key_id: '{id}',
      audience: 'https://id.acme.test/token',
      scope: 'profile',
    },
  }
  const request = (key: string, change: Partial<SafeRequest> = {}): SafeRequest =>
    planned({ method: 'POST', path: '/token', auth, parts: of({ key, email: 'a@acme.test', id: 'k-1' }), ...change })
  const statement = (key: string): { head: unknown; claims: unknown; signed: boolean; form: URLSearchParams } => {
    const form = new URLSearchParams(authenticate(request(key), 'me', now).body)
    const [head = '', claims = '', signature = ''] = form.get('assertion')?.split('.') ?? []
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    const signed = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${claims}`),
      createPublicKey(publicKey),
      Buffer.from(signature, 'base64url'),
    )
    return { head: read(head), claims: read(claims), signed, form }
  }

  it('is signed by the key, lives for a minute, and says what the documentation asks for', () => {
    const { head, claims, signed, form } = statement(privateKey)
    expect(signed).toBe(true)
    expect(head).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k-1' })
    const iat = Math.floor(now.getTime() / 1000)
    expect(claims).toEqual({
      iss: 'a@acme.test',
      scope: 'profile',
      aud: 'https://id.acme.test/token',
      iat,
      exp: iat + 60,
    })
    expect([...form.keys()].toSorted()).toEqual(['assertion', 'grant_type'])
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
  })

  it.each([
    ['as in JSON', privateKey.replaceAll('\n', String.raw`\n`)],
    ['as in JSON twice', privateKey.replaceAll('\n', String.raw`\\n`)],
    ['as on Windows', privateKey.replaceAll('\n', '\r\n')],
    ['as on Windows in JSON', privateKey.replaceAll('\n', String.raw`\r\n`)],
  ])('is the same with line breaks %s', (_, key) => expect(statement(key).signed).toBe(true))

  it('never holds the key, in whatever form', () => {
    const wire = JSON.stringify(authenticate(request(privateKey), 'me', now))
    for (const line of privateKey.split('\n').filter(text => text.length > 20 && !text.startsWith('-----')))
      for (const form of [line, line.slice(8, 40), Buffer.from(line).toString('base64').slice(2, 40)])
        expect(wire.includes(form)).toBe(false)
  })

  const noKey = privateKey.replace(/\n[^-]+\n/, '\nAAAA\n')
  it.each(['', 'no key', noKey, publicKey])('is refused where there is no private key, without a word of it', key => {
    expect(() => authenticate(request(key), 'me', now)).toThrow(new TypeError('the private key can not be read'))
  })

  it('leaves out the id of the key where it is not known', () => {
    const { body } = authenticate(
      request(privateKey, { parts: of({ key: privateKey, email: 'a@acme.test' }) }),
      'me',
      now,
    )
    const [head = ''] = new URLSearchParams(body).get('assertion')?.split('.') ?? []
    expect(JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))).toEqual({ alg: 'RS256', typ: 'JWT' })
  })
})

describe('a signature with a shared key of Azure Storage', () => {
  // The examples of https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key
  it('signs the text of the documented example for a container', () => {
    const text = stringToSign({
      method: 'GET',
      url: new URL('https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=metadata&timeout=20'),
      account: 'myaccount',
      headers: { 'x-ms-version': '2015-02-21', 'x-ms-date': 'Fri, 26 Jun 2015 23:39:12 GMT', accept: '*/*' },
    })
    expect(text).toBe(
      'GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20',
    )
  })

  it('signs the documented resource of a list with several values of one parameter', () => {
    const text = stringToSign({
      method: 'GET',
      url: new URL(
        'https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=list&include=snapshots&include=metadata&include=uncommittedblobs',
      ),
      account: 'myaccount',
      headers: {},
    })
    expect(text.split('\n').slice(-4)).toEqual([
      '/myaccount/mycontainer',
      'comp:list',
      'include:metadata,snapshots,uncommittedblobs',
      'restype:container',
    ])
  })

  const key = madeUp('{base64:86}==', 'shared key')
  const request = (change: Partial<SafeRequest> = {}): SafeRequest =>
    planned({
      path: '/?restype=account&comp=properties',
      origin: 'https://acme.blob.core.windows.net',
      headers: { 'x-ms-version': '2021-12-02' },
      auth: { azure_shared_key: { account: '{account}', key: '{key}' } },
      parts: of({ account: 'acme', key }),
      ...change,
    })

  it('is a keyed digest of that text, and nothing of the key is in the request', () => {
    const { headers, path } = authenticate(request(), 'me', now)
    const date = 'Wed, 04 Nov 2026 03:04:05 GMT'
    const text = `GET${'\n'.repeat(12)}x-ms-date:${date}\nx-ms-version:2021-12-02\n/acme/\ncomp:properties\nrestype:account`
    const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64')
    expect(headers['x-ms-date']).toBe(date)
    expect(headers['authorization']).toBe(`SharedKey acme:${signature}`)
    expect(path).toBe('/?restype=account&comp=properties')
    expect(JSON.stringify(headers)).not.toContain(key.slice(10, 30))
  })

  it('signs nothing that has a body', () => {
    expect(() => authenticate(request({ method: 'POST', body: { text: 'x' } }), 'me', now)).toThrow(/without a body/)
  })

  it.each(['a\r\nb', 'a\nx-ms-delete: 1'])('lets no account end a header: %j', account => {
    expect(() => authenticate(request({ parts: of({ account, key }) }), 'me', now)).toThrow(TypeError)
  })
})

describe('a shared access signature', () => {
  const appended = (token: string, path = '/?restype=account&comp=properties'): URLSearchParams => {
    const url = new URL(path, 'https://acme.blob.core.windows.net')
    appendSas(url, token)
    return url.searchParams
  }

  it('goes behind what is asked, unchanged', () => {
    const query = appended(
      'https://acme.blob.core.windows.net/?sv=2024-11-04&ss=b&srt=s&sp=r&se=2030-01-01T00:00:00Z&sig=a%2Bb%2Fc%3D',
    )
    expect(Object.fromEntries(query)).toEqual({
      restype: 'account',
      comp: 'properties',
      sv: '2024-11-04',
      ss: 'b',
      srt: 's',
      sp: 'r',
      se: '2030-01-01T00:00:00Z',
      sig: 'a+b/c=',
    })
  })

  it('can not turn the question into another one, whatever stands beside it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'comp',
            'restype',
            'timeout',
            'snapshot',
            'versionid',
            'COMP',
            'Comp',
            'x-ms-copy-source',
            'sv',
          ),
          fc.constantFrom('delete', 'list', 'lease', 'undelete', 'account', ''),
        ),
        beside => {
          const query = appended(`?${new URLSearchParams(beside).toString()}&sig=x`)
          expect(query.getAll('comp')).toEqual(['properties'])
          expect(query.getAll('restype')).toEqual(['account'])
          expect([...query.keys()].filter(name => !['comp', 'restype', 'sv', 'sig'].includes(name))).toEqual([])
        },
      ),
      often(),
    )
  })

  it('is refused without its signature', () => {
    expect(() => appended('?sv=2024-11-04&sp=r')).toThrow(new TypeError('the shared access signature has no sig'))
  })
})

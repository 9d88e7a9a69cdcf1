import { readFileSync } from 'node:fs'
import { validateHeaderValue } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/catalog/compile.ts'
import { loadDirectory } from '../../src/catalog/load.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { CompiledProvider, Request } from '../../src/catalog/schema.ts'
import { hostNames } from '../../src/catalog/surface.ts'
import { authenticate } from '../../src/engine/auth/authenticate.ts'
import type { Credential, Part } from '../../src/model/credential.ts'
import type { Effect } from '../../src/model/request.ts'
import { Secret } from '../../src/model/secret.ts'
import { type Plan, type PlanOptions, plan } from '../../src/plan/plan.ts'
import { providerText } from '../catalog/provider-text.ts'

const { providers } = await loadDirectory('validators')
const acme = compiled(providerText)

describe('what may be sent (law 1)', () => {
  it('plans GET, HEAD and reasoned POSTs only, for every kind of every provider', () => {
    for (const provider of providers)
      for (const kind of Object.keys(provider.kinds))
        for (const { method, name } of requestsOf(plan(provider, credentialOf(provider, kind), { effects: new Set(['evicts', 'counts']) }))) {
          expect(['GET', 'HEAD', 'POST']).toContain(method)
          if (method === 'POST') expect(provider.requests[name]?.safe).toMatch(/https:\/\//)
        }
  })

  it.each(['DELETE', 'PUT', 'PATCH', 'POST', 'get', 'CONNECT', ''])('refuses to plan %j, even from a provider that no schema has seen', method => {
    const provider = withRequest({ request: `${method} /v1/me` })
    expect(() => plan(provider, credentialOf(provider, 'api-key'))).toThrow(/could change something/)
  })

  it('plans a POST that says why it is safe', () => {
    const provider = withRequest({ request: 'POST /v1/me', safe: 'It reads. https://acme.example/docs' })
    expect(requestsOf(plan(provider, credentialOf(provider, 'api-key')))[0]?.method).toBe('POST')
  })

  const effects: readonly (readonly [Effect, string | undefined, PlanOptions, string])[] = [
    ['none', undefined, {}, 'asked'],
    ['last_used', undefined, {}, 'asked'],
    ['session', undefined, {}, 'asked'],
    ['evicts', undefined, {}, 'effect'],
    ['evicts', 'ips', {}, 'asked'],
    ['evicts', undefined, { effects: new Set(['evicts'] as const) }, 'asked'],
    ['counts', undefined, {}, 'effect'],
    ['counts', undefined, { effects: new Set(['counts'] as const) }, 'asked'],
    ['counts', undefined, { effects: new Set(['evicts'] as const) }, 'effect'],
    ['evicts', 'ips', { noTouch: true }, 'no_touch'],
    ['none', undefined, { noTouch: true }, 'no_touch'],
  ]
  it.each(effects)('takes a request whose effect is %s (carries %s, with %o) as: %s', (effect, carries, options, expected) => {
    const provider = withRequest({ effect, ...(carries !== undefined && { carries }) })
    const planned = plan(provider, credentialOf(provider, 'api-key'), options)
    expect(planned.skipped?.reason ?? 'asked').toBe(expected)
    if (expected === 'effect') expect(planned.skipped?.because).toContain(`--allow-effect`)
  })

  it('skips the whole ladder if a later rung has an effect that was not allowed', () => {
    const provider = withRequest({ effect: 'counts' }, 'more')
    expect(plan(provider, credentialOf(provider, 'api-key')).skipped?.reason).toBe('effect')
  })

  it('asks nothing for a kind that its file sets aside, with the reason of the file', () => {
    const provider = { ...acme, kinds: { 'api-key': { parts: acme.kinds['api-key']?.parts ?? {}, skipped: { reason: 'no_check' as const, because: 'So it is.' } } } }
    expect(plan(provider, credentialOf(provider, 'api-key'))).toEqual({ skipped: { reason: 'no_check', because: 'So it is.' } })
  })
})

describe('where a secret goes (law 2)', () => {
  const anything = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('..', '.', '/', '//evil.example/', '@evil.example', '\\\\evil.example', 'x@evil.example:443/#', '?a=b#c', '\r\nHost: evil.example', '%2e%2e', 'evil.example/', '{key}', ''),
  )

  it.each(providers.map(provider => ({ id: provider.id, provider })))('sends $id’s keys to its declared hosts, whatever is in their parts', ({ provider }) => {
    const declared = new Set(hostNames(provider.hosts))
    for (const kind of Object.keys(provider.kinds))
      fc.assert(
        fc.property(fc.array(anything, { minLength: 4, maxLength: 4 }), fc.dictionary(fc.constantFrom('region', 'partition', 'mode', 'account'), anything), (texts, facts) => {
          const given = credentialOf(provider, kind, texts)
          for (const request of requestsOf(plan(provider, { ...given, facts }))) {
            expect([...declared]).toContain(new URL(request.origin).host)
            const wire = filled(request)
            if (wire === undefined) continue
            const url = new URL(`${wire.origin}${wire.path}`)
            expect(wire.origin).toBe(request.origin)
            expect(url.origin).toBe(request.origin)
            expect(url.pathname.split('/')).toHaveLength((request.path.split('?')[0] ?? '').split('/').length)
            for (const [name, value] of Object.entries(wire.headers)) expect(`${name}${value}`).not.toMatch(/[\r\n\0]/)
          }
        }),
        { numRuns: 60 },
      )
  })

  it('keeps a part of the path in its own place, whatever it holds', () => {
    const provider = withRequest({ request: 'GET /bot{key}/me?key={key}', auth: { in_url: true } })
    fc.assert(
      fc.property(anything, text => {
        for (const request of requestsOf(plan(provider, credentialOf(provider, 'api-key', [text]))).filter(({ name }) => name === 'me')) {
          const wire = filled(request)
          if (wire === undefined) return
          const url = new URL(wire.path, wire.origin)
          expect(url.host).toBe('api.acme.example')
          expect(url.pathname).toMatch(/^\/bot[^/]*\/me$/)
          expect([...url.searchParams.keys()]).toEqual(['key'])
          expect(url.hash).toBe('')
        }
      }),
    )
  })

  it('refuses a part that would climb to another path', () => {
    const provider = withRequest({ request: 'GET /apps/{key}/token' })
    const [request] = requestsOf(plan(provider, credentialOf(provider, 'api-key', ['..'])))
    expect(request && filled(request)).toBeUndefined()
  })

  it.each([
    ['us', 'https://api.acme.example'],
    ['eu', 'https://api.eu.acme.example'],
    ['EU', 'https://api.eu.acme.example'],
    ['mars', 'https://api.acme.example'],
  ])('asks for the region %s at %s and nowhere else', (region, origin) => {
    expect(originsOf(plan(acme, { ...credentialOf(acme, 'api-key'), facts: { region } }))).toEqual([origin])
  })

  it.each([
    ['acme', ['https://acme.okta.example']],
    ['Acme-2', ['https://acme-2.okta.example']],
    ['a.b', ['https://a.b.okta.example']],
    ['', []], ['-', []], ['a-', []], ['evil.example/', []], ['evil.example#', []], ['a@evil.example', []], ['a b', []], ['a..b', []], ['é', []], ['a\n', []], ['a:443', []], ['.', []], ['%2e', []], ['a_b', []],
  ])('makes of the tenant %j: %j', (tenant, origins) => {
    const provider = { ...acme, hosts: ['{tenant}.okta.example'] }
    const planned = plan(provider, { ...credentialOf(provider, 'api-key'), facts: { tenant } })
    expect(originsOf(planned)).toEqual(origins)
    if (origins.length === 0) expect(planned.skipped?.reason).toBe('needs_host')
  })

  it('keeps every tenant below the declared suffix', () => {
    const provider = { ...acme, hosts: ['{tenant}.okta.example'] }
    fc.assert(
      fc.property(anything, tenant => {
        for (const origin of originsOf(plan(provider, { ...credentialOf(provider, 'api-key'), facts: { tenant } }))) {
          expect(new URL(origin).host).toMatch(/^[a-z0-9.-]+\.okta\.example$/)
          expect(new URL(origin).origin).toBe(origin)
        }
      }),
    )
  })

  it('asks nobody where the owner has to name the host, and says how', () => {
    const provider = { ...acme, hosts: 'needed' as const }
    const planned = plan(provider, credentialOf(provider, 'api-key'))
    expect(planned.skipped?.reason).toBe('needs_host')
    expect(planned.skipped?.because).toContain('--host acme=https://')
  })

  it.each([
    ['https://git.example.com', undefined, '/v1/me'],
    ['https://git.example.com/', undefined, '/v1/me'],
    ['https://git.example.com', '/api/v3', '/api/v3/v1/me'],
    ['https://git.example.com/gitlab/', undefined, '/gitlab/v1/me'],
    ['https://git.example.com/own', '/api/v3', '/own/v1/me'],
    ['https://api.acme.example', '/api/v3', '/v1/me'],
    ['https://git.example.com:8443/x?y#z', undefined, '/x/v1/me'],
  ])('asks a host that the user named (%s, self-hosted path %s) for %s, and no other', (host, path, expected) => {
    const provider = { ...acme, ...(path !== undefined && { self_hosted: { path } }) }
    const requests = requestsOf(plan(provider, credentialOf(provider, 'api-key'), { hosts: new Map([['acme', host]]) }))
    expect(new Set(requests.map(({ origin }) => origin))).toEqual(new Set([new URL(host).origin]))
    expect(requests[0]?.path).toBe(expected)
    expect(requests.every(({ facts }) => facts['region'] === 'us')).toBe(true)
  })

  it('uses the host of another provider for nobody', () => {
    expect(originsOf(plan(acme, credentialOf(acme, 'api-key'), { hosts: new Map([['acne', 'https://evil.example']]) }))).toEqual(['https://api.acme.example'])
  })

  it('reveals nothing: a plan printed in any way has no secret', () => {
    const credential = credentialOf(acme, 'api-key')
    const text = madeUp('acme_us_{alnum:24}', 'acme api-key key')
    expect(JSON.stringify(plan(acme, credential))).not.toContain(text.slice(8, 24))
  })
})

function compiled(text: string): CompiledProvider {
  const { provider } = compile('acme.yaml', text)
  if (provider === undefined) throw new Error('the sample provider has a fault')
  return provider
}

function withRequest(request: Partial<Request>, name = 'me'): CompiledProvider {
  const before = acme.requests[name]
  if (before === undefined) throw new Error(`no request ${name}`)
  return { ...acme, requests: { ...acme.requests, [name]: { ...before, ...request } } }
}

/** A made-up credential of one kind; `texts` instead of the examples. */
function credentialOf({ id, kinds }: CompiledProvider, kind: string, texts: readonly string[] = []): Credential {
  const parts = Object.entries(kinds[kind]?.parts ?? {}).map(([name, part], index): [string, Part] => {
    const text = texts[index] ?? madeUp(part.example, `${id} ${kind} ${name}`)
    return [name, part.public ? { public: true, text } : { public: false, secret: new Secret(text) }]
  })
  return { id: `${id}-1`, provider: id, kind, parts: Object.fromEntries(parts), facts: { region: 'us' }, shown: '…' }
}

function requestsOf({ sites = [] }: Plan) {
  return sites.flatMap(({ ladder }) => ladder)
}

function originsOf({ sites = [] }: Plan): readonly string[] {
  return sites.map(({ origin }) => origin)
}

/** The request as it would go over the wire; undefined where the engine or the HTTP library refuses it. */
function filled(request: Parameters<typeof authenticate>[0]) {
  try {
    const wire = authenticate(request, 'afterleak/test', new Date(0))
    for (const [name, value] of Object.entries(wire.headers)) validateHeaderValue(name, value)
    return wire
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

it('reads the files of the repository without a fault', () => {
  expect(readFileSync('validators/surface.txt', 'utf8')).not.toBe('')
  expect(providers.length).toBeGreaterThan(0)
})

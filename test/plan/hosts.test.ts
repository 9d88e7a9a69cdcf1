import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { hostNames } from '../../src/catalog/surface.ts'
import { plan } from '../../src/plan/plan.ts'
import { often } from '../often.ts'
import { acme, credentialOf, filled, originsOf, providers, requestsOf, withRequest } from './support.ts'

/** The part or fact that stands for the first label, in host names such as `{dc}.api.mailchimp.com`. */
function tenantsOf(declared: readonly string[]): readonly string[] {
  return declared.flatMap(name => /^\{([a-z_]+)\}\./.exec(name)?.[1] ?? [])
}

/** Whether a host is the declared one, or a label below the declared suffix. */
function isHost(declared: string, host: string): boolean {
  const suffix = declared.replace(/^\{[a-z_]+\}/, '')
  return suffix === declared ? host === declared : host.endsWith(suffix) && host.length > suffix.length
}

describe('where a secret goes (law 2)', () => {
  const anything = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      '..',
      '.',
      '/',
      '//evil.example/',
      '@evil.example',
      '\\\\evil.example',
      'x@evil.example:443/#',
      '?a=b#c',
      '\r\nHost: evil.example',
      '%2e%2e',
      'evil.example/',
      '{key}',
      '',
    ),
  )

  it.each(providers.map(provider => ({ id: provider.id, provider })))(
    'sends $id’s keys to its declared hosts, whatever is in their parts',
    ({ provider }) => {
      for (const [kind, { hosts }] of Object.entries(provider.kinds)) {
        const declared = hostNames(hosts ?? provider.hosts)
        fc.assert(
          fc.property(
            fc.array(anything, { minLength: 4, maxLength: 4 }),
            fc.dictionary(fc.constantFrom('region', 'partition', 'mode', 'account', ...tenantsOf(declared)), anything),
            (texts, facts) => {
              const given = credentialOf(provider, kind, texts)
              for (const request of requestsOf(plan(provider, { ...given, facts }))) {
                const { host } = new URL(request.origin)
                expect(declared.filter(name => isHost(name, host))).not.toEqual([])
                const wire = filled(request)
                if (wire === undefined) continue
                const url = new URL(`${wire.origin}${wire.path}`)
                expect(wire.origin).toBe(request.origin)
                expect(url.origin).toBe(request.origin)
                expect(url.pathname.split('/')).toHaveLength((request.path.split('?')[0] ?? '').split('/').length)
                for (const [name, value] of Object.entries(wire.headers))
                  expect(`${name}${value}`).not.toMatch(/[\r\n\0]/)
              }
            },
          ),
          often(60),
        )
      }
    },
  )

  it('keeps a part of the path in its own place, whatever it holds', () => {
    const provider = withRequest({ request: 'GET /bot{key}/me?key={key}', auth: { in_url: true } })
    fc.assert(
      fc.property(anything, text => {
        for (const request of requestsOf(plan(provider, credentialOf(provider, 'api-key', [text]))).filter(
          ({ name }) => name === 'me',
        )) {
          const wire = filled(request)
          if (wire === undefined) return
          const url = new URL(wire.path, wire.origin)
          expect(url.host).toBe('api.acme.example')
          expect(url.pathname).toMatch(/^\/bot[^/]*\/me$/)
          expect([...url.searchParams.keys()]).toEqual(['key'])
          expect(url.hash).toBe('')
        }
      }),
      often(),
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
    ['', []],
    ['-', []],
    ['a-', []],
    ['evil.example/', []],
    ['evil.example#', []],
    ['a@evil.example', []],
    ['a b', []],
    ['a..b', []],
    ['é', []],
    ['a\n', []],
    ['a:443', []],
    ['.', []],
    ['%2e', []],
    ['a_b', []],
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
      often(),
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
    ['https://api.octo.bare.example', '/api/v3', '/v1/me'],
    ['https://bare.example', '/api/v3', '/api/v3/v1/me'],
    ['https://git.example.com:8443/x?y#z', undefined, '/x/v1/me'],
  ])('asks a host that the user named (%s, self-hosted path %s) for %s, and no other', (host, path, expected) => {
    const provider = { ...acme, ...(path !== undefined && { self_hosted: { path, bare: ['bare.example'] } }) }
    const requests = requestsOf(plan(provider, credentialOf(provider, 'api-key'), { hosts: new Map([['acme', host]]) }))
    expect(new Set(requests.map(({ origin }) => origin))).toEqual(new Set([new URL(host).origin]))
    expect(requests[0]?.path).toBe(expected)
    expect(requests.every(({ facts }) => facts.region === 'us')).toBe(true)
  })

  it.each([
    [
      undefined,
      'needs_host',
      'The finding names the host npm.example.com. If it may be asked: --host acme=https://npm.example.com',
    ],
    ['https://npm.example.com', undefined, ''],
    ['https://NPM.example.com/path/', undefined, ''],
    ['https://other.example.com', 'needs_host', 'so it is not sent to other.example.com'],
    ['https://npm.example.com.evil.example', 'needs_host', 'so it is not sent to npm.example.com.evil.example'],
    ['https://npm.example.com:8443', 'needs_host', 'so it is not sent to npm.example.com:8443'],
  ])('asks a host that the finding names only where the user names it too: %s', (host, reason, because) => {
    const provider = { ...acme, hosts: 'needed' as const }
    const credential = { ...credentialOf(provider, 'api-key'), facts: { host: 'npm.example.com' } }
    const planned = plan(provider, credential, { ...(host !== undefined && { hosts: new Map([['acme', host]]) }) })
    expect(planned.skipped?.reason).toBe(reason)
    expect(planned.skipped?.because ?? '').toContain(because)
    for (const origin of originsOf(planned)) expect(origin).toBe('https://npm.example.com')
  })

  it('uses the host of another provider for nobody', () => {
    expect(
      originsOf(plan(acme, credentialOf(acme, 'api-key'), { hosts: new Map([['acne', 'https://evil.example']]) })),
    ).toEqual(['https://api.acme.example'])
  })

  it('reveals nothing: a plan printed in any way has no secret', () => {
    const credential = credentialOf(acme, 'api-key')
    const text = madeUp('acme_us_{alnum:24}', 'acme api-key key')
    expect(JSON.stringify(plan(acme, credential))).not.toContain(text.slice(8, 24))
  })
})

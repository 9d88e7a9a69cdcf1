import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/model/request.ts'
import { type PlanOptions, plan } from '../../src/plan/plan.ts'
import { acme, credentialOf, providers, requestsOf, withRequest } from './support.ts'

describe('what may be sent (law 1)', () => {
  it('plans GET, HEAD and reasoned POSTs only, for every kind of every provider', () => {
    for (const provider of providers)
      for (const kind of Object.keys(provider.kinds))
        for (const { method, name } of requestsOf(
          plan(provider, credentialOf(provider, kind), { effects: new Set(['evicts', 'counts']) }),
        )) {
          expect(['GET', 'HEAD', 'POST', 'LOGIN']).toContain(method)
          if (method === 'POST' || method === 'LOGIN') expect(provider.requests[name]?.safe).toMatch(/https:\/\//)
        }
  })

  it.each(['DELETE', 'PUT', 'PATCH', 'POST', 'get', 'CONNECT', 'LOGIN', ''])(
    'refuses to plan %j, even from a provider that no schema has seen',
    method => {
      const provider = withRequest({ request: `${method} /v1/me` })
      expect(() => plan(provider, credentialOf(provider, 'api-key'))).toThrow(/could change something/)
    },
  )

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
  it.each(effects)(
    'takes a request whose effect is %s (carries %s, with %o) as: %s',
    (effect, carries, options, expected) => {
      const provider = withRequest({ effect, ...(carries !== undefined && { carries }) })
      const planned = plan(provider, credentialOf(provider, 'api-key'), options)
      expect(planned.skipped?.reason ?? 'asked').toBe(expected)
      if (expected === 'effect') expect(planned.skipped?.because).toContain(`--allow-effect`)
    },
  )

  it('skips the whole ladder if a later rung has an effect that was not allowed', () => {
    const provider = withRequest({ effect: 'counts' }, 'more')
    expect(plan(provider, credentialOf(provider, 'api-key')).skipped?.reason).toBe('effect')
  })

  it('asks nothing for a kind that its file sets aside, with the reason of the file', () => {
    const provider = {
      ...acme,
      kinds: {
        'api-key': {
          parts: acme.kinds['api-key']?.parts ?? {},
          skipped: { reason: 'no_check' as const, because: 'So it is.' },
        },
      },
    }
    expect(plan(provider, credentialOf(provider, 'api-key'))).toEqual({
      skipped: { reason: 'no_check', because: 'So it is.' },
    })
  })
})

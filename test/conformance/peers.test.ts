import { describe, expect, it } from 'vitest'
import { loadDirectory } from '../../src/catalog/load.ts'
import { otherwise, type Peer, peers, reasonFor, reasons } from './peers.ts'

const { providers } = await loadDirectory('validators')
const different = otherwise(peers, providers)

describe('what other tools ask', () => {
  it('is of providers that we have', () => {
    const ids = new Set(providers.map(({ id }) => id))
    expect(peers.filter(({ provider }) => !ids.has(provider))).toEqual([])
  })

  it.each(different)('differs from ours for a reason: $tool, $provider, $request', peer => {
    expect(reasonFor(peer) ?? 'no reason').toMatch(/^[A-Z].*\. https:\/\/\S+$/)
  })

  it('has no reason on file for what does not differ', () => {
    const known = new Set(different.map(({ provider, request }) => `${provider} ${request}`))
    expect([...reasons.keys()].filter(key => !known.has(key))).toEqual([])
  })

  it.each([
    ['GET api.stripe.com/v1/account', 0],
    ['GET api.stripe.com/v1/customers', 1],
    ['POST api.stripe.com/v1/account', 1],
  ])('%s of Stripe differs %i times', (request, times) => {
    const peer: Peer = { provider: 'stripe', tool: 'acme', version: '2026-01', request }
    expect(otherwise([peer], providers)).toHaveLength(times)
  })
})

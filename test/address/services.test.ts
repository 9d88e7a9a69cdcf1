import { describe, expect, it } from 'vitest'
import { dependentsOf, namesServices } from '../../src/address/services.ts'
import type { Service } from '../../src/model/inventory.ts'

function service(name: string, more: Partial<Service> = {}): Service {
  return { name, networks: [], userAgents: [], stores: [], keys: [], ...more }
}

const services = [
  service('office', { networks: ['10.0.0.0/8'] }),
  service('checkout', { networks: ['10.2.0.0/16'], userAgents: ['checkout/'], owner: 'pay@example.com' }),
  service('nightly', { userAgents: ['Nightly'] }),
  service('silent', { keys: ['old', 'stripe-f775'] }),
]
const nameOf = (ip: string | undefined, client?: string) => namesServices(services)({ ip, client })?.name

describe('which service a caller is', () => {
  it('is told by network and user agent together, where a service names both', () => {
    expect(nameOf('10.2.0.7', 'checkout/4.1')).toBe('checkout')
    // As sessions have it.
    expect(nameOf('10.2.0.7', 'checkout')).toBe('checkout')
    expect(nameOf('10.2.0.7', 'checkouts')).toBe('office')
    expect(nameOf('192.0.2.1', 'checkout/4.1')).toBeUndefined()
    expect(nameOf('10.2.0.7', 'curl/8')).toBe('office')
  })

  it('is told by one of them, where a service names only that', () => {
    expect(nameOf('192.0.2.1', 'nightly-2')).toBe('nightly')
    expect(nameOf(undefined, 'nightly-2')).toBe('nightly')
  })

  it('is never one that says nothing of itself', () => {
    expect(nameOf('192.0.2.1', 'curl/8')).toBeUndefined()
    expect(namesServices([service('anything')])({ ip: '192.0.2.1' })).toBeUndefined()
  })
})

describe('who breaks when a key is revoked', () => {
  const session = (ip: string, client: string, end: string) => ({
    start: end,
    end,
    ip,
    client,
    count: 1,
    events: [],
    actions: [],
    prior: 0,
    p: 0,
    signals: [],
  })

  it('is who was seen last in a log, and who is named for the key', () => {
    const misuse = {
      sessions: [
        session('10.2.0.7', 'checkout/4', '2026-11-01T00:00:00Z'),
        session('10.2.0.8', 'checkout/4', '2026-11-03T00:00:00Z'),
        session('192.0.2.1', 'curl/8', '2026-11-04T00:00:00Z'),
      ],
    }
    expect(dependentsOf({ id: 'stripe-f7750000' }, misuse, services)).toEqual([
      { service: 'checkout', owner: 'pay@example.com', by: 'log', lastAt: '2026-11-03T00:00:00Z' },
      { service: 'silent', by: 'inventory' },
    ])
    expect(dependentsOf({ id: 'aws-1', label: 'old' }, undefined, services)).toEqual([
      { service: 'silent', by: 'inventory' },
    ])
    expect(dependentsOf({ id: 'aws-1' }, undefined, services)).toEqual([])
  })
})

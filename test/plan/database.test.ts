import { describe, expect, it } from 'vitest'
import { type PlanOptions, plan } from '../../src/plan/plan.ts'
import { credentialOf, providers, requestsOf } from './support.ts'

const postgresql = providers.find(({ id }) => id === 'postgresql')
if (postgresql === undefined) throw new Error('no PostgreSQL')
const known = postgresql
const whole = { ...credentialOf(known, 'uri'), facts: { user: 'app', host: 'db.example.com' } }

function asked(facts: Readonly<Record<string, string>>, options: PlanOptions): string {
  const planned = plan(known, { ...whole, facts: { user: 'app', ...facts } }, options)
  return requestsOf(planned)[0]?.origin ?? planned.skipped?.reason ?? 'nothing'
}

const named = (value: string): PlanOptions => ({ hosts: new Map([['postgresql', value]]) })

describe('where a database is asked', () => {
  it.each([
    ['db.example.com', 'https://db.example.com', 'postgresql://db.example.com:5432'],
    ['DB.Example.com', 'https://db.example.com', 'postgresql://db.example.com:5432'],
    ['db.example.com', 'https://other.example.com,db.example.com', 'postgresql://db.example.com:5432'],
    ['a.db.example.com', 'https://*.example.com', 'postgresql://a.db.example.com:5432'],
    ['db.example.com', 'https://db.example.com:5432', 'postgresql://db.example.com:5432'],
    ['[2001:db8::1]', 'https://[2001:db8::1]', 'postgresql://[2001:db8::1]:5432'],
    ['db.example.com', 'https://other.example.com', 'needs_host'],
    ['db.example.com', 'https://db.example.com:6432', 'needs_host'],
    ['example.com', 'https://*.example.com', 'needs_host'],
    ['notexample.com', 'https://*.example.com', 'needs_host'],
    ['db.example.com.evil.test', 'https://*.example.com', 'needs_host'],
    ['db.example.com', 'https://*.', 'needs_host'],
    ['db.example.com', 'https://*', 'needs_host'],
  ])('is %s with --host %s: %s', (host, value, expected) => expect(asked({ host }, named(value))).toBe(expected))

  it('is nowhere while the user names nothing', () => expect(asked({ host: 'db.example.com' }, {})).toBe('needs_host'))

  it('is a host that the user called his own, with --allow-private', () => {
    const mayAsk = (host: string): boolean => host === '10.1.2.3'
    expect(asked({ host: '10.1.2.3', port: '6432' }, { mayAsk })).toBe('postgresql://10.1.2.3:6432')
    expect(asked({ host: '10.1.2.4' }, { mayAsk })).toBe('needs_host')
  })

  it.each(['0', '65536', '99999'])('is no port %s', port =>
    expect(asked({ host: 'db.example.com', port }, named('https://db.example.com'))).toBe('needs_host'),
  )

  it('may be without encryption only where the user says http', () => {
    const plain = (value: string) => requestsOf(plan(known, whole, named(value)))[0]?.plain
    expect(plain('http://db.example.com')).toBe(true)
    expect(plain('https://db.example.com')).toBeUndefined()
  })
})

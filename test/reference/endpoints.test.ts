import { expect, it } from 'vitest'
import { endpoints } from '../../src/reference/endpoints.ts'

it('lists everything that reading a reference can send', () => {
  expect(
    Object.values(endpoints).map(({ method, host, path, effect }) => `${method} ${host}${path} ${effect}`),
  ).toEqual([
    'POST secretsmanager.{region}.amazonaws.com/ last_used',
    'POST {VAULT_ADDR}/v1/auth/approle/login session',
    'GET {VAULT_ADDR}/v1/sys/internal/ui/mounts/{path} none',
    'GET {VAULT_ADDR}/v1/{path} none',
    'GET {VAULT_ADDR}/v1/{mount}/data/{path} none',
    'POST {CONJUR_APPLIANCE_URL}/authn/{account}/{login}/authenticate session',
    'GET {CONJUR_APPLIANCE_URL}/secrets?variable_ids={variable} none',
  ])
})

it.each(Object.entries(endpoints))('has a page for %s, and a reason where it is a POST', (_, endpoint) => {
  expect(endpoint.docs).toMatch(/^https:\/\//)
  if (endpoint.method === 'POST') expect(endpoint.safe).toMatch(/https:\/\/\S+/)
})

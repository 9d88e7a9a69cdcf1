import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { milliseconds } from '../../src/config/duration.ts'
import { isNetwork, whyNotPlace } from '../../src/config/network.ts'

describe('a time', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    [' 1s ', 1000],
    ['0s', 0],
    ['10', undefined],
    ['s', undefined],
    ['-1s', undefined],
    ['1d', undefined],
    ['1e3s', undefined],
    ['', undefined],
    ['10 s', undefined],
  ])('%j is %j milliseconds', (text, expected) => expect(milliseconds(text)).toBe(expected))
})

describe('a network', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['0.0.0.0/0', true],
    ['192.168.1.1/32', true],
    ['fd00::/8', true],
    ['::1/128', true],
    ['10.0.0.0/33', false],
    ['fd00::/129', false],
    ['10.0.0/8', false],
    ['10.0.0.0', false],
    ['10.0.0.0/', false],
    ['10.0.0.0/-1', false],
    ['git.example.com/8', false],
    ['/8', false],
  ])('%j: %s', (text, expected) => expect(isNetwork(text)).toBe(expected))

  it.each(['localhost', 'git.example.com', '10.0.0.1', '::1', '[::1]', 'my_host', '10.0.0.0/8'])(
    'may be private: %s',
    text => expect(whyNotPlace(text)).toBeUndefined(),
  )

  it.each(['https://git.example.com', 'git.example.com:8443', 'a b', '', '-', '10.0.0.0/99', '@'])(
    'may not: %j',
    text => expect(whyNotPlace(text)).toMatch(/Write it/),
  )
})

it('reads a whole configuration', () => {
  const text = `timeout: 2s
attempts: 2
patience: 1m
hosts: { gitlab: https://git.example.com/gitlab }
allow_private: [git.example.com, 10.0.0.0/8]
user_agent: operator@example.com
fingerprint_key: env:AFTERLEAK_KEY
ca: corporate.pem
validators: ./own
only: [gitlab]
skip: [stripe]
limits: { gitlab: { per_second: 0.5, at_once: 1 } }
`
  expect(readConfig('afterleak.yaml', text)).toMatchObject({
    config: {
      timeout: 2000,
      patience: 60_000,
      attempts: 2,
      hosts: { gitlab: 'https://git.example.com/gitlab' },
      limits: { gitlab: { per_second: 0.5 } },
    },
  })
})

it('reads what only the owner of the keys knows', () => {
  const text = `own:
  networks: [10.2.0.0/16, 203.0.113.10, "2001:db8::/32"]
  roles: [arn:aws:iam::123456789012:role/deploy]
  clients: [Terraform, acme-sync]
working_hours: { zone: Europe/Dublin, from: "08:00", to: "18:30" }
scope: { aws: [123456789012, "012345678901"], github: [falko] }
due: { act_now: 30m, scheduled: 14d }
`
  expect(readConfig('afterleak.yaml', text)).toEqual({
    config: {
      own: {
        networks: ['10.2.0.0/16', '203.0.113.10', '2001:db8::/32'],
        roles: ['arn:aws:iam::123456789012:role/deploy'],
        clients: ['Terraform', 'acme-sync'],
      },
      working_hours: { zone: 'Europe/Dublin', from: '08:00', to: '18:30', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      scope: { aws: ['123456789012', '012345678901'], github: ['falko'] },
      due: { act_now: 1_800_000, scheduled: 1_209_600_000 },
    },
  })
})

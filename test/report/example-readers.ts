import type { Attempts } from '../../src/model/misuse.ts'
import type { Readership } from '../../src/model/readership.ts'

/** Who read a key in two stores, one of which has no log. */
export const readers: Readership = {
  kept: [
    { store: 'vault:kv/pay', by: 'inventory', service: 'checkout' },
    { store: 'aws-sm:prod/pay', by: 'user' },
  ],
  readers: [
    {
      store: 'aws-sm:prod/pay',
      who: 'arn:aws:sts::210987654321:assumed-role/admin/mallory',
      key: 'ASIA…M3RD',
      ip: '203.0.113.9',
      client: 'aws-cli',
      firstAt: '2026-11-22T03:12:00Z',
      lastAt: '2026-11-22T03:12:00Z',
      count: 1,
      refused: 2,
      fresh: true,
      events: ['e-1'],
    },
    {
      store: 'vault:kv/pay',
      who: 'approle-pay',
      service: 'checkout',
      firstAt: '2026-11-01T06:00:00Z',
      lastAt: '2026-11-24T06:00:00Z',
      count: 4112,
      refused: 0,
      events: ['r-1', 'r-2'],
    },
  ],
  omitted: 3,
  ours: 1,
  coverage: [
    {
      source: 'cloudtrail',
      state: 'ok',
      covers: 'key',
      window: { from: '2026-10-01T00:00:00Z', to: '2026-11-24T00:00:00Z' },
      blind: ['copies'],
    },
    { source: 'vault', state: 'unavailable', covers: 'key', why: 'no audit log of Vault was read' },
  ],
}

export const attempts: Attempts = {
  by: 'key',
  workedAt: '2026-11-20T10:00:00Z',
  count: 12,
  callers: [
    {
      ip: '203.0.113.50',
      client: 'boto3',
      firstAt: '2026-11-21T10:00:00Z',
      lastAt: '2026-11-22T10:00:00Z',
      count: 12,
      actions: ['read kv'],
    },
  ],
  omitted: 1,
}

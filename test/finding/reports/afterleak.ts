import type { Report } from './report.ts'

const verdict = {
  state: 'live',
  reason: 'works',
  because: 'Stripe answered.',
  checkedAt: '2026-11-24T09:00:00.000Z',
  identity: { account: 'acct_1' },
  evidence: [{ request: 'GET https://api.stripe.com/v1/account', at: '2026-11-24T09:00:00.000Z', status: 200 }],
} as const
const earlier = {
  id: 'stripe-1f0c',
  provider: 'stripe',
  kind: 'secret-key',
  name: 'Stripe',
  shown: 'sk_live_…wXyZ',
  facts: { mode: 'live' },
  verdict,
}
const place = { file: 'a.env', line: 7, at: '2026-11-01T10:00:00Z', exposure: 'public', medium: 'repository' } as const
const sighting = { scanner: 'gitleaks', rule: 'r', ...place, commit: 'c0ffee', prior: 'live' } as const
const own = { scanner: 'json' }
const one = { ...earlier, exposure: 'public', findings: [sighting, own], priority: { decision: 'act_now' } }
const told = { tool: 'gitleaks', rule: 'r', place: { ...place, commit: 'c0ffee' }, redacted: true, earlier } as const

/** Our own, which have every place of a key, and its verdict. */
export const ownReports: readonly Report[] = [
  [
    'a saved report of afterleak',
    'a run',
    JSON.stringify({ schema: 1, run: { id: 'x' }, summary: {}, cases: [one], warnings: [] }),
    [
      { ...told, prior: 'live' },
      { tool: 'json', provider: 'stripe', place: {}, redacted: true, earlier },
    ],
  ],
  [
    'a saved report of afterleak',
    'JSON lines',
    `${JSON.stringify({ ...one, findings: [sighting] })}\n${JSON.stringify({ ...one, id: 'b', findings: [] })}\n`,
    [
      { ...told, prior: 'live' },
      { tool: 'afterleak', place: {}, redacted: true, earlier: { ...earlier, id: 'b' } },
    ],
  ],
]

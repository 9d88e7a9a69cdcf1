import type { Verdict } from '../../src/model/verdict.ts'
import type { Standing, Watched } from '../../src/model/watch.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
/** A Monday at midnight. */
export const start = Date.parse('2026-11-02T00:00:00Z')

export function watched(id: string, more: Partial<Watched> = {}): Watched {
  return {
    id,
    provider: 'stripe',
    kind: 'secret',
    name: 'Stripe',
    shown: 'sk_live_…wXyZ',
    facts: {},
    keep: { by: 'reference', parts: { key: `env:${id.toUpperCase()}` } },
    addedAt: start,
    ...more,
  }
}

export function standing(more: Partial<Standing> = {}): Standing {
  return { state: 'live', since: start, undecided: 0, calmFrom: start, nextAt: start, told: {}, ...more }
}

const reasonOf = { live: 'works', dead: 'rejected', unknown: 'unreachable', skipped: 'incomplete' } as const

export function verdict(state: Verdict['state'], more: Partial<Verdict> = {}): Verdict {
  const because = { live: 'Stripe knows it.', dead: 'Stripe refuses it.' }[state as 'live'] ?? 'No answer.'
  return { state, reason: reasonOf[state], because, checkedAt: new Date(start).toISOString(), evidence: [], ...more }
}

import type { Judged, State } from '../../src/model/verdict.ts'

/** An answer that was judged. */
export function judged(state: State = 'live', change: Partial<Judged['verdict']> = {}): Judged {
  return {
    verdict: {
      state,
      reason: state === 'unknown' ? 'unrecognised' : 'works',
      because: 'It works.',
      checkedAt: '2026-11-24T00:00:00Z',
      evidence: [],
      ...change,
    },
  }
}

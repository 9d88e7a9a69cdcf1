import type { Case, Sighting, Sightings } from '../../src/model/credential.ts'
import type { Report, Summary } from '../../src/model/run.ts'
import type { Reason, State, Verdict } from '../../src/model/verdict.ts'
import { reasons } from '../../src/model/verdict.ts'

/** Markup, formula, terminal escape and a name that reads backwards, as a hostile repository would have them. */
export const hostile = `</script><img src=x onerror=alert(1)>"'&|\`[a](http://evil.example)\u001b[31m\u202egnp.exe`

export function aPlace(place: Partial<Sighting> = {}): Sighting {
  return {
    scanner: 'gitleaks',
    rule: 'generic-api-key',
    file: 'shop/config/prod.env',
    line: 14,
    commit: '3f2a91c07d4e5b6a7c8d9e0f1a2b3c4d5e6f7a8b',
    author: 'Ann Example <ann@example.com>',
    at: '2026-11-01T10:00:00Z',
    exposure: 'public',
    ...place,
  }
}

/** Places that are made while they are read; `read` counts them. */
export function manyPlaces(length: number): Sightings & { read: number } {
  return {
    length,
    read: 0,
    *[Symbol.iterator]() {
      for (let line = 1; line <= length; line += 1) {
        this.read += 1
        yield aPlace({ line, file: `logs/part-${line % 97}.txt` })
      }
    },
  }
}

function aVerdict(reason: Reason, verdict: Partial<Verdict> = {}): Verdict {
  return {
    state: stateOf(reason),
    reason,
    because: 'The provider answered as for a working key',
    checkedAt: '2026-11-24T10:02:11Z',
    evidence: [
      {
        request: 'GET https://api.stripe.com/v1/account',
        at: '2026-11-24T10:02:11Z',
        status: 200,
        requestId: 'req_123',
        fields: { 'error.code': 'none' },
      },
    ],
    ...verdict,
  }
}

let made = 0

export function aCase(reason: Reason, one: Partial<Case> = {}, verdict: Partial<Verdict> = {}): Case {
  made += 1
  return {
    id: `stripe-${made.toString(16).padStart(6, '0')}`,
    provider: 'stripe',
    kind: 'secret-key',
    name: 'Stripe',
    shown: 'sk_live_…wXyZ',
    facts: { mode: 'live' },
    findings: [aPlace()],
    verdict: aVerdict(reason, verdict),
    ...one,
  }
}

export function aReport(cases: readonly Case[], report: Partial<Report> = {}): Report {
  const of = (state: State) => cases.filter(({ verdict }) => verdict.state === state).length
  const summary: Summary = {
    findings: cases.reduce((sum, { findings }) => sum + findings.length, 0),
    cases: cases.length,
    live: of('live'),
    dead: of('dead'),
    unknown: of('unknown'),
    skipped: of('skipped'),
  }
  const run = {
    id: '7f3a2c19',
    version: '0.1.0',
    started: '2026-11-24T10:02:00Z',
    finished: '2026-11-24T10:07:30Z',
    command: 'afterleak check gitleaks.json trufflehog.jsonl',
    ledgerHead: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  }
  return { schema: 1, run, summary, cases, warnings: [], ...report }
}

function stateOf(reason: Reason): State {
  if (includes(reasons.live, reason)) return 'live'
  if (includes(reasons.dead, reason)) return 'dead'
  return includes(reasons.unknown, reason) ? 'unknown' : 'skipped'
}

function includes(list: readonly string[], word: string): boolean {
  return list.includes(word)
}

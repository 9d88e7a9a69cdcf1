import type { Case } from '../../src/model/credential.ts'
import type { Misuse, Session, Signal } from '../../src/model/misuse.ts'
import type { Client, Priority } from '../../src/model/priority.ts'
import type { Report } from '../../src/model/run.ts'
import type { Coverage } from '../../src/model/usage.ts'
import { standing } from '../../src/report/standing.ts'
import { attempts, readers } from './example-readers.ts'
import { exampleReport } from './example-report.ts'

const leak = Date.parse('2026-11-01T10:00:00Z')
const minute = 60_000
const day = 86_400_000

export function aSignal(family: string, llr: number, says: string, attack: readonly string[] = []): Signal {
  return { family, llr, attack, says }
}

/** @param after minutes since the leak */
export function aSession(after: number, lasts: number, session: Partial<Session> = {}): Session {
  return {
    start: new Date(leak + after * minute).toISOString(),
    end: new Date(leak + (after + lasts) * minute).toISOString(),
    ip: '10.2.4.7',
    client: 'terraform',
    count: 12,
    events: ['6f1d0c1e-0000-4000-8000-000000000001'],
    actions: ['ec2:DescribeInstances', 's3:PutObject'],
    prior: -0.5,
    p: 0.03,
    signals: [
      aSignal('network', -1.47, 'seen in 164 of 188 sessions'),
      aSignal('operation', -0.4, 'every operation was used by this key before (2 kinds)'),
      aSignal('client', -0.5, 'terraform, as in 120 of 188 sessions'),
    ],
    ...session,
  }
}

const stranger = { ip: '198.51.100.23', asn: 14618, country: 'US', client: 'boto3' }

const attack: readonly Session[] = [
  aSession(6, 2, {
    ...stranger,
    count: 19,
    p: 0.9734,
    events: Array.from({ length: 12 }, (_, index) => `6f1d0c1e-aaaa-4000-8000-${String(index).padStart(12, '0')}`),
    actions: ['iam:PutUserPolicy', 'iam:CreateAccessKey', 'sts:GetCallerIdentity', 's3:ListBuckets'],
    signals: [
      aSignal(
        'network',
        3.2,
        'first use from AS14618 Amazon (US) in 188 sessions; the chance of a new one for this key is 0.8 %',
        ['T1078.004'],
      ),
      aSignal('client', 2.1, 'first use by boto3; 188 earlier sessions used terraform and the console', ['T1078.004']),
      aSignal('operation', 2.6, 'iam:PutUserPolicy: privilege escalation, never used by this key', ['T1098.003']),
      aSignal('sequence', 2, 'identity call first, 9 list calls on 4 services, all within 70 s', [
        'T1087.004',
        'T1526',
        'T1580',
      ]),
      aSignal('time', -0.2, 'used at this hour in 31 of 188 sessions'),
    ],
  }),
  aSession(31, 6, { ...stranger, ip: '198.51.100.77', p: 0.94, actions: ['iam:CreateUser', 'ec2:RunInstances'] }),
  aSession(2 * 1440 + 1025, 12, {
    ip: '203.0.113.200',
    asn: 9009,
    country: 'RO',
    client: 'aws-cli',
    p: 0.71,
    actions: ['s3:GetObject'],
    signals: [aSignal('network', 3.9, 'first use from AS9009 M247 (RO) in 201 sessions', ['T1078.004'])],
  }),
  aSession(5 * 1440 - 200, 3, {
    ip: '203.0.113.10',
    client: 'console',
    p: 0.31,
    signals: [aSignal('time', 1.1, '03:10 Europe/Dublin on a weekend: never before', ['T1078'])],
  }),
]

const own = Array.from({ length: 22 }, (_, index) =>
  aSession(index * 1440 + 20 + (index % 5) * 47, 25, index % 4 === 3 ? { ip: '203.0.113.10', client: 'ci' } : {}),
)

const cloudtrail: Coverage = {
  source: 'cloudtrail',
  state: 'ok',
  window: { from: '2026-08-01T00:00:00Z', to: '2026-11-24T09:45:00Z' },
  covers: 'key',
  lag: 'up to 15 minutes',
  blind: ['management events only: S3 object reads are not seen', 'other regions than eu-west-1'],
}

const clients: readonly Client[] = [
  { client: 'terraform', network: '10.2.0.0/16', lastAt: '2026-11-22T11:40:00Z' },
  { client: 'ci', network: '203.0.113.10', lastAt: '2026-11-23T08:12:00Z' },
]

export function aMisuse(misuse: Partial<Misuse> = {}): Misuse {
  return {
    level: 'likely',
    p: 0.9734,
    confidence: 'high',
    firstAt: '2026-11-01T10:06:00Z',
    leakedAt: '2026-11-01T10:00:00Z',
    zone: 'Europe/Dublin',
    sessions: [...attack, ...own].toSorted((a, b) => (a.start < b.start ? -1 : 1)),
    before: { sessions: 188, events: 4120, start: '2026-08-01T06:12:00Z', end: '2026-11-01T08:44:00Z', clients },
    ours: 1,
    coverage: [
      cloudtrail,
      {
        source: 's3-server-access',
        state: 'denied',
        covers: 'account',
        why: 'the administrator’s credential may not read the bucket logs-eu',
      },
    ],
    children: ['AKIA…M3RD'],
    ...misuse,
  }
}

export function aPriority(priority: Partial<Priority> = {}): Priority {
  return {
    decision: 'act_now',
    due: '2026-11-24T11:07:30Z',
    exploitation: { value: 'active', because: 'chance of misuse 97 %: network, operation, client' },
    exposure: { value: 'open', because: 'a public repository (falko/shop), since 2026-11-01' },
    automatable: { value: 'yes', because: 'the key alone is enough' },
    impact: { value: 'high', because: 'iam:* administers the account' },
    row: 70,
    overrides: [],
    how: 'revoke_now',
    breaks: clients,
    unused: ['iam:*', 's3:DeleteBucket'],
    exposedSince: '2026-11-01T10:00:00Z',
    since: '2026-11-01T10:00:00Z',
    ...priority,
  }
}

const unseen = {
  exploitation: { value: 'public poc', because: 'anyone can use it; no log shows who uses it' },
  overrides: [],
  how: 'rotate_first',
  breaks: [],
} as const

const { due: _due, ...nothing } = aPriority({
  ...unseen,
  decision: 'none',
  exploitation: { value: 'none', because: 'no misuse seen' },
  impact: { value: 'low', because: 'nothing is known of its rights' },
  row: 0,
  how: 'none',
  unused: [],
})

/** The same keys as `exampleReport()`, after it was looked into who used them. */
export function exampleInvestigation(): Report {
  const report = exampleReport()
  const cases = report.cases.map(looked)
  const run = { ...report.run, command: 'afterleak investigate gitleaks.json --logs cloudtrail' }
  return { ...report, run, cases }
}

function looked(one: Case, index: number): Case {
  if (index === 1) return { ...one, misuse: aMisuse(), priority: aPriority() }
  if (index === 0)
    return {
      ...one,
      misuse: aMisuse({ level: 'no_log', p: 0, confidence: 'none', sessions: [], coverage: [noLog] }),
      readers,
      priority: aPriority({ ...unseen, decision: 'out_of_cycle', due: '2026-11-25T10:07:30Z', row: 46, unused: [] }),
    }
  if (index === 25) {
    const says = 'dead: it does not work any more, but it was misused before: find out what was done with it'
    const {
      row: _,
      due: __,
      ...rest
    } = aPriority({ decision: 'investigate', how: 'none', overrides: [says], breaks: [] })
    return { ...one, misuse: aMisuse({ children: [], attempts }), priority: rest }
  }
  if (standing(one.verdict) === 'dead' || standing(one.verdict) === 'aside') return { ...one, priority: nothing }
  const later = { ...unseen, decision: 'scheduled', due: '2026-12-08T10:07:30Z', row: 28 } as const
  return { ...one, misuse: quiet(index), priority: aPriority(later) }
}

const noLog: Coverage = {
  source: 'stripe-events',
  state: 'unavailable',
  covers: 'account',
  blind: ['Stripe gives events without addresses'],
  why: 'its request log can be read in the dashboard only',
}

function quiet(index: number): Misuse {
  const sessions = own.slice(0, 3 + index).map(session => ({ ...session, start: shifted(session.start, index) }))
  const {
    firstAt: _,
    children: __,
    ...rest
  } = aMisuse({ level: 'none_seen', p: 0.04, sessions, coverage: [cloudtrail] })
  return rest
}

function shifted(iso: string, days: number): string {
  return new Date(Date.parse(iso) - (days % 2) * day).toISOString()
}

import { about, amount, chance, object, text, texts, time } from './schema-shapes.ts'

const signal = object('One family of evidence about one session.', ['family', 'llr', 'attack', 'says'], {
  family: text,
  llr: about(
    { type: 'number' },
    'Natural log of the likelihood ratio, attacker over owner; negative speaks for the owner.',
  ),
  attack: about(texts, 'MITRE ATT&CK technique ids.'),
  says: about(text, 'In words, with numbers.'),
})

const session = object(
  'Events from one address by one family of clients, with no gap over 30 minutes.',
  ['start', 'end', 'count', 'events', 'actions', 'prior', 'p', 'signals'],
  {
    start: time,
    end: time,
    ip: text,
    asn: amount,
    country: text,
    client: text,
    count: about(amount, 'How many events it holds.'),
    events: about(texts, 'Ids of those that are relied on.'),
    actions: about(texts, 'Distinct operations, the most telling first.'),
    prior: about({ type: 'number' }, 'Logit before any signal.'),
    p: about(chance, 'That it is not the owner’s.'),
    signals: { type: 'array', items: { $ref: '#/$defs/signal' } },
  },
)

const coverage = object('What one log could tell.', ['source', 'state', 'covers'], {
  source: text,
  state: { enum: ['ok', 'empty', 'unavailable', 'denied', 'rate_limited', 'partial'] },
  window: object('From when to when.', ['from', 'to'], { from: time, to: time }),
  covers: { enum: ['key', 'owner', 'account'] },
  lag: about(text, 'How late events arrive.'),
  blind: about(texts, 'What it does not show.'),
  why: about(text, 'Why it is not ok.'),
})

const client = object('One of the owner’s clients.', ['client', 'network', 'lastAt'], {
  client: text,
  network: text,
  lastAt: time,
})

const before = object(
  'Sessions before the leak, or before the time that was asked for, in sum.',
  ['sessions', 'events', 'start', 'end'],
  {
    sessions: amount,
    events: amount,
    start: time,
    end: time,
    clients: { type: 'array', items: { $ref: '#/$defs/client' } },
    actions: texts,
    hours: about(
      { type: 'array', items: amount, minItems: 168, maxItems: 168 },
      'How many of the owner’s sessions touched each hour of the week in the zone, Monday 00:00 first.',
    ),
  },
)

const misuse = object(
  'What logs say of its use. No level means "clean".',
  ['level', 'p', 'confidence', 'sessions', 'ours', 'coverage'],
  {
    level: { enum: ['likely', 'suspicious', 'review', 'none_seen', 'insufficient', 'no_log'] },
    p: about(chance, 'That somebody else uses it; by the highest session.'),
    confidence: { enum: ['none', 'low', 'medium', 'high'] },
    firstAt: about(time, 'Start of the first session with p of .5 or more.'),
    leakedAt: about(time, 'The time from which its sessions count as after the leak; absent where none is known.'),
    zone: about(text, 'The zone in which its hours were judged, as IANA names it; UTC if absent.'),
    sessions: { type: 'array', items: { $ref: '#/$defs/session' } },
    omitted: about(amount, 'Sessions beyond those listed, which have the highest p.'),
    before: { $ref: '#/$defs/before' },
    ours: about(amount, 'Events that were our own calls, by the ledger; taken out.'),
    coverage: { type: 'array', items: { $ref: '#/$defs/coverage' } },
    children: about(texts, 'Keys that this key made, by the log.'),
    attempts: { $ref: '#/$defs/attempts' },
  },
)

function point(values: readonly string[]) {
  return object('An input of the table, and why.', ['value', 'because'], { value: { enum: values }, because: text })
}

const priority = object(
  'What to do and how soon, by CERT/CC’s SSVC deployer table or a named rule.',
  ['decision', 'exploitation', 'exposure', 'automatable', 'impact', 'overrides', 'how', 'breaks'],
  {
    decision: { enum: ['act_now', 'out_of_cycle', 'scheduled', 'investigate', 'none'] },
    due: time,
    exploitation: point(['none', 'public poc', 'active']),
    exposure: point(['small', 'controlled', 'open']),
    automatable: point(['no', 'yes']),
    impact: point(['low', 'medium', 'high', 'very high']),
    row: about(amount, 'The row of the table; absent where a rule decided.'),
    overrides: about(texts, 'Named rules that decided, or changed an input.'),
    how: { enum: ['revoke', 'rotate_first', 'revoke_now', 'none'] },
    breaks: { type: 'array', items: { $ref: '#/$defs/client' }, description: 'Own clients of the last seven days.' },
    unused: about(texts, 'Rights that its owner was not seen to use.'),
    exposedSince: about(time, 'Since when everyone could read it.'),
    since: about(time, 'When it first stood somewhere.'),
  },
)

/** What `investigate` adds to a case. */
export const misuseDefinitions = { misuse, session, signal, coverage, client, before, priority } as const

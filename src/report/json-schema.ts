import { media } from '../model/finding.ts'
import { reasons } from '../model/verdict.ts'
import { misuseDefinitions } from './json-schema-misuse.ts'
import { readersDefinitions } from './json-schema-readers.ts'
import { about, amount, object, optionalName, position, text, time, words } from './schema-shapes.ts'

const levels = ['public', 'internal', 'unknown']

const run = object('One run of afterleak.', ['id', 'version', 'started', 'finished', 'command', 'ledgerHead'], {
  id: about(text, 'Stands in the user agent of every request that the run sent.'),
  version: about(text, 'Version of afterleak.'),
  started: time,
  finished: time,
  command: about(text, 'The command line, without secrets.'),
  ledgerHead: about(optionalName, 'Hash of the last line of the ledger; null where nothing was sent.'),
  resumed: about(text, 'The run whose answers this one took over.'),
})

const summary = object(
  'How many of each. The states add up to `cases`.',
  ['findings', 'cases', 'live', 'dead', 'unknown', 'skipped'],
  { findings: amount, cases: amount, live: amount, dead: amount, unknown: amount, skipped: amount },
)

const finding = object('A place where a scanner saw the secret.', ['scanner'], {
  scanner: about(text, 'Name of the scanner, or of the input format where none is named.'),
  rule: about(text, 'The scanner’s name for what it found.'),
  file: text,
  line: about(position, 'Counts from 1.'),
  column: about(position, 'Counts from 1.'),
  commit: text,
  url: text,
  author: text,
  at: about(text, 'When it came there, ISO 8601.'),
  exposure: { enum: levels, description: 'Who could have read it there.' },
  medium: { enum: media, description: 'What kind of place it is.' },
  repository: about(text, 'The repository, image, package, channel or bucket that it is in.'),
  prior: { enum: ['live', 'dead', 'unknown'], description: 'What the scanner itself believed.' },
  readBack: {
    enum: ['hash', 'place'],
    description:
      'The scanner hid the value; it was read back from there, confirmed by its hash or told by the place alone.',
  },
})

const evidence = object('What one request contributed. Never holds the body of an answer.', ['request', 'at'], {
  request: about(text, 'Method and address as the provider’s file has it, without the secret.'),
  at: time,
  status: about({ type: 'integer', minimum: 100, maximum: 599 }, 'HTTP status.'),
  requestId: about(text, 'The provider’s own id of the request.'),
  fields: about(words, 'Declared fields of the answer.'),
  note: about(text, 'What happened, where there was no answer or no rule fitted it.'),
  repeated: { const: true, description: 'May have been sent twice: an earlier run was stopped meanwhile.' },
})

const connection = object('Somebody who was connected to a database as its user.', [], {
  user: text,
  ip: about(text, 'An address, or a name where the server looks names up.'),
  client: about(text, 'What the program calls itself.'),
  since: text,
  at: about(text, 'When it asked something last.'),
  action: about(text, 'The first word of what that was.'),
  database: text,
})

const verdict = {
  ...object('Whether the key works.', ['state', 'reason', 'because', 'checkedAt', 'evidence'], {
    state: { enum: Object.keys(reasons), description: 'dead only by the provider’s own word.' },
    reason: { enum: Object.values(reasons).flat() },
    because: about(text, 'One sentence.'),
    checkedAt: time,
    identity: about(words, 'Who and what the key belongs to, as the provider says.'),
    grants: { type: 'array', items: text, description: 'What the key may do.' },
    expiresAt: time,
    connections: {
      type: 'array',
      items: connection,
      description: 'Databases: who else was connected as the same user; absent where that is not known.',
    },
    retryAt: about(time, 'When asking again makes sense.'),
    evidence: { type: 'array', items: { $ref: '#/$defs/evidence' } },
  }),
  oneOf: Object.entries(reasons).map(([state, within]) => ({
    type: 'object',
    properties: { state: { const: state }, reason: { enum: within } },
  })),
}

const runbook = object('What a person does about such a key.', ['where', 'steps', 'wayBack'], {
  where: about(text, 'The page on which it is done.'),
  steps: { type: 'array', items: text, description: 'In order.' },
  wayBack: about(text, 'How to undo it.'),
})

const nearness = { enum: ['near', 'commit', 'file', 'folder'] } as const

const candidate = object('What a key that was found in part could go together with.', ['id', 'shown', 'pairing'], {
  id: about(text, 'Of the key that the two would be; as in the ledger.'),
  shown: about(text, 'How a person recognises the other part.'),
  pairing: about(nearness, 'How they came together.'),
})

const dependent = object('A service of the inventory.', ['service', 'by'], {
  service: text,
  owner: about(text, 'Whom to tell.'),
  by: { enum: ['log', 'inventory'], description: 'Seen in a log, or only named by the inventory.' },
  lastAt: about(time, 'When a log saw it last.'),
})

const oneCase = object(
  'One distinct secret with all that is known of it.',
  ['id', 'provider', 'kind', 'name', 'shown', 'facts', 'findings', 'verdict'],
  {
    id: about(text, 'The same wherever the same fingerprint key is used.'),
    provider: about(optionalName, 'Id of the provider; null where none could be told.'),
    kind: about(optionalName, 'Kind of key within the provider.'),
    name: about(optionalName, 'The provider’s name as people write it.'),
    shown: about(text, 'How a person recognises the key; never the whole of it.'),
    facts: about(words, 'What the form of the key alone says.'),
    exposure: { enum: levels, description: 'Who could have read it, in the most open of its places.' },
    medium: { enum: media, description: 'What kind of place that is.' },
    firstAt: about(time, 'When it was first seen in any of its places.'),
    pairing: about(nearness, 'How its parts, found apart, came together. Absent: they were found together.'),
    candidates: {
      type: 'array',
      items: { $ref: '#/$defs/candidate' },
      description: 'What could belong to it, where that is not certain; the likeliest first.',
    },
    findings: { type: 'array', items: { $ref: '#/$defs/finding' } },
    verdict: { $ref: '#/$defs/verdict' },
    lookup: {
      type: 'array',
      items: { $ref: '#/$defs/looked' },
      description: 'What was known of it without using it, before it was touched.',
    },
    misuse: { $ref: '#/$defs/misuse' },
    readers: { $ref: '#/$defs/readers' },
    priority: { $ref: '#/$defs/priority' },
    runbook: { $ref: '#/$defs/runbook' },
    dependents: {
      type: 'array',
      items: dependent,
      description: 'Services of the inventory that break when it is revoked.',
    },
  },
)

const looked = object('What one key list said of a key, before anything touched it.', ['source', 'state', 'at'], {
  source: about(text, 'Provider and look-up.'),
  state: { enum: ['ok', 'empty', 'unavailable', 'denied', 'rate_limited', 'partial'] },
  at: time,
  marks: {
    type: 'object',
    additionalProperties: { type: 'array', items: text },
    description: 'What a touch would overwrite: when it was last used, and from which addresses.',
  },
  identity: about(words, 'Who the key belongs to, as the list says.'),
  why: about(text, 'Why it says nothing.'),
})

const warning = object('Input that could not be understood; the run went on.', ['file', 'message'], {
  file: text,
  line: about(position, 'Line of the input file.'),
  message: text,
  unreadable: { const: true, description: 'Nothing of this input could be read.' },
})

/** JSON Schema (draft 2020-12) of the JSON report; `#/$defs/case` describes a line of jsonl. */
export const reportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'afterleak report',
  ...object('Which leaked keys still work.', ['schema', 'run', 'summary', 'cases', 'warnings'], {
    schema: { const: 1, description: 'Version of this format.' },
    run: { $ref: '#/$defs/run' },
    summary: { $ref: '#/$defs/summary' },
    cases: { type: 'array', items: { $ref: '#/$defs/case' }, description: 'In the order to read them.' },
    warnings: { type: 'array', items: { $ref: '#/$defs/warning' } },
  }),
  $defs: {
    run,
    summary,
    case: oneCase,
    candidate,
    finding,
    verdict,
    looked,
    evidence,
    runbook,
    warning,
    ...misuseDefinitions,
    ...readersDefinitions,
  },
} as const

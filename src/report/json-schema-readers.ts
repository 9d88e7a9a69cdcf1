import { about, amount, object, text, texts, time } from './schema-shapes.ts'

const kept = object('A place where the key is kept.', ['store', 'by'], {
  store: about(text, 'As a reference names it, without the field.'),
  by: { enum: ['reference', 'inventory', 'user'], description: 'Who says so.' },
  service: about(text, 'The service of the inventory that reads it there.'),
})

const reader = object(
  'Somebody who read it there, or tried to.',
  ['store', 'who', 'firstAt', 'lastAt', 'count', 'refused', 'events'],
  {
    store: text,
    who: about(text, 'As the log calls him.'),
    key: about(text, 'What he signed in with, as the log calls it: a key id, the HMAC of an accessor.'),
    ip: text,
    client: text,
    service: about(text, 'The service of the inventory that calls like this.'),
    firstAt: time,
    lastAt: time,
    count: about(amount, 'How often he got it.'),
    refused: about(amount, 'How often he was refused.'),
    fresh: { const: true, description: 'First seen after the leak, in a log that goes further back.' },
    events: about(texts, 'Ids of some of the events.'),
  },
)

const readers = object(
  'Who read the key where it is kept, by the logs of its stores.',
  ['kept', 'readers', 'ours', 'coverage'],
  {
    kept: { type: 'array', items: kept },
    readers: { type: 'array', items: reader, description: 'Those first seen after the leak first.' },
    omitted: about(amount, 'Readers beyond those listed.'),
    ours: about(amount, 'Reads of our own, by the ledger; taken out.'),
    coverage: { type: 'array', items: { $ref: '#/$defs/coverage' } },
  },
)

const attempt = object('One caller.', ['firstAt', 'lastAt', 'count', 'actions'], {
  ip: text,
  client: text,
  firstAt: time,
  lastAt: time,
  count: amount,
  actions: texts,
})

const attempts = object('Refused uses of a key that does not work any more.', ['by', 'count', 'callers'], {
  by: { enum: ['key', 'user'], description: 'The log names the key, or only its user.' },
  workedAt: about(time, 'The last use that worked.'),
  count: amount,
  callers: { type: 'array', items: attempt },
  omitted: about(amount, 'Callers beyond those listed.'),
})

/** Who read a key in its store, and who still tries it once it is dead. */
export const readersDefinitions = { readers, attempts } as const

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLogMap } from '../../src/config/log-map.ts'
import type { LogFormat } from '../../src/usage/format.ts'
import { mapped } from '../../src/usage/formats/mapped.ts'
import { eventsIn, gather, input, keys, read } from './support.ts'

const at = Date.parse('2026-11-01T10:00:00Z')

function format(text: string): LogFormat {
  const found = readLogMap('map.yaml', text)
  if (found.faults !== undefined) throw new Error(found.faults.map(({ message }) => message).join('\n'))
  return mapped(found.map)
}

const gateway = format(`
source: my-gateway
provider: stripe
match: { kind: [call, retry] }
fields:
  time: ts
  key: auth.key_id
  principal: [user.name, user.id]
  ip: client.ip
  action: op
  service: { text: billing }
  outcome: state
success: [fine]
`)

describe('a field map', () => {
  it('reads JSON lines by its paths, and passes over records that it does not match', async () => {
    const record = {
      ts: at,
      kind: 'call',
      auth: { key_id: 'K1' },
      user: { id: 'u1' },
      client: { ip: '192.0.2.1' },
      op: 'ListThings',
      state: 'fine',
    }
    const text = [record, { ...record, kind: 'retry', state: 'broken' }, record]
      .map(each => JSON.stringify(each))
      .join('\n')
    const events = await eventsIn(text, { formats: [gateway] })
    expect(events).toHaveLength(3)
    expect(events[0]).toMatchObject({
      at,
      source: 'my-gateway',
      credential: { uid: 'K1', match: 'exact' },
      actor: 'u1',
      service: 'billing',
      action: 'ListThings',
      verb: 'read',
      outcome: 'success',
    })
    expect(events[1]?.outcome).toBe('failure')
    const usage = await gather([input(text)], [keys('c', { provider: 'stripe', ids: ['K1'] })], { formats: [gateway] })
    expect(usage.history('c')).toHaveLength(3)
    expect(usage.coverage).toEqual([expect.objectContaining({ source: 'my-gateway', covers: 'key', state: 'ok' })])
  })

  it('reads a table by its headings', async () => {
    const map = format('{ source: portal, fields: { time: When, key: Key Id, action: What, outcome: Status } }')
    const text = 'When;Key Id;What;Status\n2026-11-01 10:00:00;K1;login;200\n'
    expect(await eventsIn(text, { formats: [map] })).toEqual([
      expect.objectContaining({ at, credential: { uid: 'K1', match: 'exact' }, verb: 'auth', outcome: 'success' }),
    ])
  })

  it('reads syslog, with elements and with name=value in its text', async () => {
    const map = format(
      '{ source: proxy, fields: { time: time, key: key, ip: [src, client@1.ip], action: act, service: app } }',
    )
    const text = [
      '<13>1 2026-11-01T10:00:00Z host proxy 1 - [client@1 ip="192.0.2.9"] act=get key="K 1"',
      'Nov  1 10:00:00 host proxy[3]: act=put key=K2 src=192.0.2.1',
    ].join('\n')
    expect(
      (await eventsIn(text, { formats: [map] })).map(({ credential, ip, verb }) => [credential.uid, ip, verb]),
    ).toEqual([
      ['K 1', '192.0.2.9', 'read'],
      ['K2', '192.0.2.1', 'write'],
    ])
  })

  it('says with line and column what is wrong with it', () => {
    const { faults } = readLogMap('map.yaml', 'source: x y\nfields: { tim: ts }\n')
    expect(faults?.map(({ line }) => line)).toEqual(expect.arrayContaining([1, 2]))
  })
})

const samples = process.env.AFTERLEAK_MISUSE_SAMPLES

describe.skipIf(samples === undefined || !existsSync(samples))('labelled sets', () => {
  const honey = format(`
source: honeybucket
match: { Event Type: AwsApiCall }
fields:
  { time: Event DateTime, id: Event ID, ip: Source IP, user_agent: Request User Agent, action: Event Name, request_id: Request ID }
`)

  it.each([
    ['traildiscover-examples', 563],
    ['stratus-detonations', 310],
    ['invictus-aws', 2900],
    ['otrf-cloudbreach', 103],
    ['elastic-sshauth', 1036],
    ['otrf-honeybucket', 301],
  ])('reads every record of %s', async (set, count) => {
    const text = readFileSync(join(samples ?? '', set, 'events.jsonl'), 'utf8')
    const { events, warnings } = await read(text, { year: 2017, formats: [honey] })
    expect(warnings).toEqual([])
    expect(events).toHaveLength(count)
    const told = text
      .trim()
      .split('\n')
      .map(line => Date.parse(/"ts":"([^"]+)"/.exec(line)?.[1] ?? ''))
    expect(events.map(event => event.at)).toEqual(told)
  })
})

import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { SafeRequest } from '../../src/model/request.ts'
import { day, iso, log, now, pulled } from './pulled.ts'

describe('a log that is asked for in pieces of time', () => {
  const days = Array.from({ length: 90 }, (_, index) => ({
    id: index,
    at: iso(now - index * day - 3_600_000),
    what: 'x',
  }))
  const within = (path: string) => {
    const [, from = '', to = ''] = /from=([\d-]+)&to=([\d-]+)/.exec(path) ?? []
    return { items: days.filter(({ at }) => at.slice(0, 10) >= from && at.slice(0, 10) <= to) }
  }

  it('has each event once, though none has an id, its provider knows whole days only and both ends are among them', async () => {
    const { asked, events, states } = await pulled(
      log(
        'daily',
        '    covers: account\n    request: GET /log?from={since_date}&to={until_date}\n    spans: 10d\n',
        'at: at, action: what',
      ),
      (_, path) => within(path),
    )
    expect(asked).toHaveLength(10)
    expect(events[0]).toHaveLength(days.length)
    expect(states).toEqual(['ok', 'ok'])
  })

  it('never asks for more than one piece may be', async () => {
    const { asked } = await pulled(
      log('daily', '    covers: account\n    request: GET /log?from={since_ms}&to={until_ms}\n    spans: 31d\n'),
      () => ({ items: [] }),
    )
    const pieces = asked.map(path => /from=(\d+)&to=(\d+)/.exec(path)?.slice(1).map(Number) ?? [])
    for (const [from = 0, to = 0] of pieces) expect(to - from).toBeLessThanOrEqual(31 * day)
    expect(pieces.map(([from]) => from).slice(0, -1)).toEqual(pieces.map(([, to]) => to).slice(1))
    expect([pieces[0]?.[1], pieces.at(-1)?.[0]]).toEqual([now, now - 90 * day])
  })
})

describe('a log of several keys', () => {
  it('is read once for all of them where it is the same for all', async () => {
    const { asked, events } = await pulled(
      log(
        'all',
        '    covers: owner\n    request: GET /log?from={since_s}\n',
        'id: id, at: at, action: what, actor: who',
      ),
      () => ({
        items: [
          { id: 'a', at: iso(now - 1000), what: 'x', who: 'one' },
          { id: 'b', at: iso(now - 1000), what: 'x', who: 'two' },
          { id: 'c', at: iso(now - 1000), what: 'x', who: 'three' },
        ],
      }),
    )
    expect(asked).toHaveLength(1)
    expect(events).toEqual([['a'], ['b']])
  })

  it('is read for each of them where what is asked names a key', async () => {
    const { asked, events } = await pulled(
      log('own', '    covers: owner\n    filtered: true\n    request: GET /log?user={user}\n'),
      (_, path) => ({ items: [{ id: path.at(-1), at: iso(now - 1000), what: 'x' }] }),
    )
    expect(asked.toSorted()).toEqual(['/log?user=one', '/log?user=two'])
    expect(events).toEqual([['e'], ['o']])
  })

  it('gives no key the events of another, where only what is kept of it tells them apart', async () => {
    const { asked, events, states } = await pulled(
      log('whole', "    covers: key\n    only: { is: { who: '{user}' } }\n    request: GET /log\n"),
      () => ({ items: [{ id: 'a', at: iso(now - 1000), what: 'x', who: 'one' }] }),
    )
    expect(asked).toHaveLength(2)
    expect(events).toEqual([['a'], []])
    expect(states).toEqual(['ok', 'empty'])
  })
})

describe('a log that can not be asked since when', () => {
  it('is read until a page is older than what is wanted', async () => {
    const { asked, states } = await pulled(
      log(
        'back',
        '    covers: account\n    newest_first: true\n    pages: { next: next, param: page }\n    request: GET /log\n',
      ),
      (_, path) => {
        const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 0)
        return { items: [{ id: page, at: iso(now - page * 40 * day - 1000), what: 'x' }], next: page + 1 }
      },
    )
    expect(asked).toHaveLength(4)
    expect(states).toEqual(['ok', 'ok'])
  })
})

describe('a key that its provider lists by its ends', () => {
  const usage = log(
    'own',
    `    covers: key
    filtered: true
    before:
      - { request: GET /projects, effect: none, list: items, each: true, take: { project: id } }
      - { request: 'GET /projects/{project}/keys', effect: none, list: items, item: { hint: hint, part: key }, take: { key_id: id } }
    request: GET /log?key={key_id}
`,
  )
  const [one = '', two = ''] = ['one', 'two'].map(id => madeUp('acme_us_{alnum:24}', id).slice(-4))
  const answers = (keys: Readonly<Record<string, readonly unknown[]>>) => {
    return (_: SafeRequest, path: string): unknown => {
      if (path === '/projects') return { items: [{ id: 'p1' }, { id: 'p2' }] }
      const project = /^\/projects\/(\w+)/.exec(path)?.[1]
      return { items: project === undefined ? [{ id: path, at: iso(now - 1000), what: 'x' }] : keys[project] }
    }
  }

  it('is asked about by its id, found in one of several lists, which are read once for all keys', async () => {
    const { asked, events, states } = await pulled(
      usage,
      answers({
        p1: [
          { id: 'k0', hint: 'acme_...none' },
          { id: 'k2', hint: `acme_...${two}` },
        ],
        p2: [{ id: 'k1', hint: `acme_...${one}` }],
      }),
    )
    expect(events).toEqual([['/log?key=k1'], ['/log?key=k2']])
    expect(states).toEqual(['ok', 'ok'])
    expect(asked.filter(path => path.startsWith('/projects'))).toHaveLength(3)
  })

  it('is not asked about where another looks like it, be it in another list', async () => {
    const alike = [
      { id: 'k0', hint: `acme_...${one}` },
      { id: 'k1', hint: `acme_...${two}` },
    ]
    const { asked, events, whys } = await pulled(
      usage,
      answers({ p1: alike, p2: alike.map(({ id, hint }) => ({ id: `${id}-too`, hint })) }),
    )
    expect(asked.filter(path => path.startsWith('/log'))).toEqual([])
    expect(events).toEqual([[], []])
    expect(whys).toEqual(Array.from({ length: 2 }, () => 'several keys of its list look like this one'))
  })

  it('is said to be in none of them', async () => {
    const { asked, whys } = await pulled(usage, answers({ p1: [], p2: [{ id: 'k1', hint: '...' }] }))
    expect(asked.filter(path => path.startsWith('/log'))).toEqual([])
    expect(whys).toEqual(Array.from({ length: 2 }, () => 'the key is not in the list that its provider keeps'))
  })
})

it('asks for the rest of a list with nothing but the cursor where that is another request', async () => {
  const bodies: unknown[] = []
  const { asked } = await pulled(
    log(
      'posted',
      `    covers: account
    safe: It reads. https://acme.example/docs
    request: POST /log
    body: { json: { limit: 2, who: everybody } }
    pages: { next: cursor, param: cursor, in: body, while: more, request: POST /log/continue }
`,
    ),
    request => {
      bodies.push(request.body !== undefined && 'json' in request.body ? request.body.json : undefined)
      return { items: [], cursor: 'c', more: bodies.length === 1 }
    },
  )
  expect(asked).toEqual(['/log', '/log/continue'])
  expect(bodies).toEqual([{ limit: 2, who: 'everybody' }, { cursor: '{next}' }])
})

/** A log that tells of whoever asks for it. */
const own = log('own', '    covers: owner\n    filtered: true\n    request: GET /own?user={user}\n')

it('is never asked for with an administrator’s credential where it tells of whoever asks', async () => {
  const signed: string[] = []
  await pulled(own.replace('with: admin', 'with: itself'), request => {
    signed.push(JSON.stringify(request.auth))
    return { items: [] }
  })
  expect(signed).toEqual(Array.from({ length: 2 }, () => '{"bearer":"{key}"}'))
})

describe.each(['key', 'itself'])('a log that the leaked key would be asked for (with: %s)', by => {
  it.each([
    ['--no-touch forbids it', { noTouch: true }],
    ['it is not known to work', { state: 'unknown' }],
    ['it is dead', { state: 'dead' }],
  ])('is not asked for where %s', async (_, setting) => {
    const items = (): object => ({ items: [] })
    const usage = own.replace('with: admin', `with: ${by}`)
    const { asked, states } = await pulled(usage, items, undefined, { ...setting, isAdmin: false })
    expect(asked).toEqual([])
    expect(new Set(states)).toEqual(new Set(['unavailable']))
  })

  it('is, where it works and may be used', async () => {
    const usage = own.replace('with: admin', `with: ${by}`)
    const { asked } = await pulled(usage, () => ({ items: [] }), undefined, { isAdmin: false })
    expect(asked).toEqual(['/own?user=one', '/own?user=two'])
  })
})

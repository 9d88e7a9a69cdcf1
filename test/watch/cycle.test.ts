import { beforeEach, describe, expect, it } from 'vitest'
import type { Misuse } from '../../src/model/misuse.ts'
import type { Verdict } from '../../src/model/verdict.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { WatchList } from '../../src/store/watch-list.ts'
import { type Answer, type Ask, cycle } from '../../src/watch/cycle.ts'
import { defaultPolicy } from '../../src/watch/policy.ts'
import { hour, minute, standing, start, verdict, watched } from './support.ts'

let database: Database
let list: WatchList
let now = start

beforeEach(async () => {
  database = await openDatabase(':memory:')
  list = new WatchList(database)
  now = start
})

const cycled = (ask: Ask, handful = 500) =>
  cycle({ database, ask, now: () => now, policy: defaultPolicy, receivers: () => ['log'], run: 'r', handful })

function answering(of: (id: string) => Verdict, more: Partial<Answer> = {}): Ask {
  return async function* (keys) {
    for (const { id } of keys) yield { id, verdict: of(id), ...more }
  }
}

function add(...ids: readonly string[]): void {
  for (const id of ids) list.add(watched(id), standing({ liveAt: start }))
}

const used: Misuse = {
  level: 'review',
  p: 0,
  confidence: 'low',
  ours: 0,
  coverage: [],
  sessions: [
    {
      start: new Date(start).toISOString(),
      end: new Date(start).toISOString(),
      ip: '192.0.2.7',
      count: 1,
      events: [],
      actions: [],
      prior: 0,
      p: 0.1,
      signals: [],
    },
  ],
}

describe('a cycle', () => {
  it('goes on where a key is taken out while it is asked about, and keeps nothing of it', async () => {
    add('a', 'b')
    const { told } = await cycled(async function* (keys) {
      list.remove('a')
      yield* answering(() => verdict('live'), { misuse: used })(keys, { now })
    })
    expect([told, list.history('a'), list.history('b').length, list.callers('b').length]).toEqual([[], [], 1, 1])
  })

  it('loses nothing that changed while it asked: a rotation begun, a pause', async () => {
    list.add(watched('a'), standing({ calmFrom: start - 40 * 24 * hour }))
    await cycled(async function* (keys) {
      const entry = list.one('a')
      if (entry) list.save(entry.watched, { ...entry.standing, calmFrom: now })
      list.pause('a', true)
      yield* answering(() => verdict('live'))(keys, { now })
    })
    const after = list.one('a')
    expect([after?.standing.calmFrom, after?.paused]).toEqual([start, true])
  })

  it('of one process takes nothing back that another has found out meanwhile', async () => {
    list.add(watched('a'), standing({ doubtedAt: start - hour }))
    const slow = cycled(async function* (keys) {
      now += minute
      const { told } = await cycled(answering(() => verdict('dead')))
      expect(told.map(({ kind }) => kind)).toEqual(['died'])
      yield* answering(() => verdict('dead'))(keys, { now })
    })
    expect((await slow).told).toEqual([])
    expect([list.one('a')?.standing.state, list.history('a').length]).toEqual(['dead', 1])
  })

  it('takes keys that could not be asked about for no outage, and believes the deaths of others beside them', async () => {
    const unread = ['u1', 'u2', 'u3', 'u4', 'u5']
    add('a', ...unread)
    const kinds: string[] = []
    for (; now < start + 2 * hour; now += 5 * minute) {
      const { told } = await cycled(answering(id => verdict(id === 'a' ? 'dead' : 'skipped')))
      kinds.push(...told.map(({ kind, watched: id }) => `${kind} ${id}`))
    }
    expect(kinds).toEqual(['died a', ...unread.map(id => `undecided ${id}`)])
    expect(list.outage('stripe')).toBeUndefined()
  })

  it('asks about each due key once, however many handfuls that takes', async () => {
    const ids = Array.from({ length: 7 }, (_, i) => `k${i}`)
    add(...ids)
    const asked: string[] = []
    await cycled(async function* (keys, run) {
      asked.push(...keys.map(({ id }) => id))
      yield* answering(() => verdict('live'))(keys, run)
    }, 2)
    expect(asked.toSorted()).toEqual(ids)
  })
})

describe('a death', () => {
  const rotate = (old: string, fresh: string) =>
    list.saveRotation({ old, new: fresh, deadline: start + hour, cutOverAt: start, told: [] })
  const service = { name: 'checkout', known: true, firstAt: start, lastAt: start, actions: [] }

  it.each([
    ['of a key that took another’s place is critical', 'critical', () => rotate('b', 'a')],
    ['of one that a service used lately is a warning', 'warning', () => list.seen('a', [service])],
    [
      'of the old one of a rotation is none, whoever used it',
      'info',
      () => {
        rotate('a', 'b')
        list.seen('a', [service])
      },
    ],
    ['of one that only strangers used is good news', 'info', () => list.seen('a', [{ ...service, known: false }])],
  ])('%s', async (_what, severity, prepare) => {
    add('a', 'b')
    prepare()
    const told = []
    for (let i = 0; i < 2; i++) {
      told.push(...(await cycled(answering(id => verdict(id === 'a' ? 'dead' : 'live')))).told)
      now += 5 * minute
    }
    expect(told.filter(({ kind }) => kind === 'died')).toMatchObject([{ severity, watched: 'a' }])
  })
})

describe('an outage', () => {
  it.each([
    ['lets keys in again', 'live', 'Stripe: keys are let in again'],
    ['never knows them again', 'dead', 'Stripe: keys are refused for good'],
  ] as const)(
    'of a provider that %s has an end, told to those who heard of its beginning',
    async (_what, then, title) => {
      add('a', 'b', 'c')
      const told = []
      for (let i = 0; i < 40; i++) {
        const state = now >= start + 3 * hour ? then : 'dead'
        told.push(...(await cycled(answering(() => verdict(state)))).told)
        now += 15 * minute
      }
      const [first, last] = told.filter(({ kind }) => kind.startsWith('outage'))
      expect([first?.kind, last?.kind, last?.title]).toEqual(['outage', 'outage_over', title])
      expect([last?.ends, last?.severity]).toEqual([first?.id, first?.severity])
    },
  )
})

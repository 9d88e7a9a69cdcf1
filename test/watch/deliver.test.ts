import { beforeEach, describe, expect, it } from 'vitest'
import type { Transition } from '../../src/model/watch.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { Outbox } from '../../src/store/outbox.ts'
import { type Channel, type Delivered, deliver } from '../../src/watch/deliver.ts'
import { hour, minute, start } from './support.ts'

const transition = (id: string): Transition => ({
  id,
  kind: 'died',
  at: start,
  provider: 'stripe',
  severity: 'info',
  title: id,
  says: [],
  todo: [],
})

let database: Database
let outbox: Outbox
let now = start
const got: string[] = []

beforeEach(async () => {
  database = await openDatabase(':memory:')
  outbox = new Outbox(database)
  now = start
  got.length = 0
})

function channel(name: string, answer: () => Delivered = () => ({ ok: true })): Channel {
  return {
    name,
    deliver: async ({ id }) => {
      got.push(`${name} ${id}`)
      return answer()
    },
  }
}

const sent = (...channels: readonly Channel[]) => deliver({ outbox, channels, now: () => now })

describe('a notification', () => {
  it('is delivered once to each receiver, and never put in twice', async () => {
    expect([outbox.add(transition('a'), ['x', 'y']), outbox.add(transition('a'), ['x', 'y'])]).toEqual([true, false])
    expect(await sent(channel('x'), channel('y'))).toEqual([])
    now += hour
    await sent(channel('x'), channel('y'))
    expect(got).toEqual(['x a', 'y a'])
  })

  it('is tried again ever later, for two days, and then given up aloud', async () => {
    outbox.add(transition('a'), ['x'])
    const times: number[] = []
    const said: string[] = []
    const down = channel('x', () => {
      times.push(now)
      return { ok: false, why: 'answered 500' }
    })
    for (; now < start + 100 * hour; now += minute) said.push(...(await sent(down)))
    const gaps = times.slice(1).map((time, i) => (time - (times[i] ?? 0)) / minute)
    expect(gaps).toEqual([1, 5, 30, 120, ...Array.from({ length: 10 }, () => 240)])
    expect([said[0], said.at(-1)]).toEqual(['x: answered 500; tried again later', 'x: answered 500; NOT tried again'])
  })

  it('waits as long as its receiver wants', async () => {
    outbox.add(transition('a'), ['x'])
    await sent(channel('x', () => ({ ok: false, why: 'answered 429', retryAt: now + 3 * hour })))
    expect(outbox.nextAt()).toBe(start + 3 * hour)
  })

  it('that is refused for good is said, and holds up no other', async () => {
    outbox.add(transition('a'), ['x', 'y', 'gone'])
    const failures = await sent(
      channel('x', () => ({ ok: false, why: 'answered 404', final: true })),
      channel('y'),
    )
    expect(failures.toSorted()).toEqual([
      'gone: there is no such receiver in afterleak.yaml any more; NOT tried again',
      'x: answered 404; NOT tried again',
    ])
    expect(got).toContain('y a')
    expect(outbox.nextAt()).toBeUndefined()
  })

  it('is kept where its channel throws, and so are the others', async () => {
    outbox.add(transition('a'), ['x', 'y'])
    const broken: Channel = { name: 'x', deliver: () => Promise.reject(new Error('a fault of ours')) }
    expect(await sent(broken, channel('y'))).toEqual(['x: a fault of ours; tried again later'])
    expect(got).toEqual(['y a'])
  })

  it('is sent by one of two processes', async () => {
    outbox.add(transition('a'), ['x'])
    await Promise.all([sent(channel('x')), sent(channel('x'))])
    expect(got).toEqual(['x a'])
  })

  it('that was under way when its process was killed is sent again', async () => {
    outbox.add(transition('a'), ['x'])
    const hung: Channel = { name: 'x', deliver: () => new Promise(() => undefined) }
    void sent(hung)
    now += 5 * minute
    await sent(channel('x'))
    expect(got).toEqual(['x a'])
  })

  it('is not tried at a receiver that has failed three times in a row, which costs it no attempt', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) outbox.add(transition(id), ['x', 'y'])
    let up = false
    const x = channel('x', () => (up ? { ok: true } : { ok: false, why: 'answered 500' }))
    await sent(x, channel('y'))
    expect(got.filter(each => each.startsWith('x'))).toEqual(['x a', 'x b', 'x c'])
    expect(got.filter(each => each.startsWith('y'))).toHaveLength(5)
    up = true
    got.length = 0
    await sent(x)
    expect(got).toEqual(['x d', 'x e'])
  })
})

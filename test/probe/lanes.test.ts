import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inLanes } from '../../src/probe/lanes.ts'
import { done, limit } from '../engine/support.ts'
import { often } from '../often.ts'

interface Item {
  readonly subject: { readonly provider: string | null }
  readonly id: number
}

function items(counts: Readonly<Record<string, number>>): readonly Item[] {
  return Object.entries(counts).flatMap(([provider, count]) =>
    Array.from({ length: count }, (_, id) => ({ subject: { provider }, id })),
  )
}

const sleep = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('lanes', () => {
  it('take as long as the slowest of them, and give everything once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ count: fc.integer({ min: 0, max: 60 }), gap: fc.integer({ min: 1, max: 500 }) }), {
          maxLength: 6,
        }),
        async lanes => {
          // Each lane is a queue at its own rate, as a host with a pace is.
          const next = new Map<string | null, number>()
          const all = items(Object.fromEntries(lanes.map(({ count }, index) => [`p${index}`, count])))
          const began = Date.now()
          const got: Item[] = []
          await done(
            (async () => {
              const turn = async (item: Item): Promise<Item> => {
                const { provider } = item.subject
                const gap = lanes[Number(provider?.slice(1))]?.gap ?? 0
                const at = Math.max(Date.now(), next.get(provider) ?? 0) + gap
                next.set(provider, at)
                await sleep(at - Date.now())
                return item
              }
              for await (const item of inLanes(all, () => limit({ at_once: 2 }), turn)) got.push(item)
            })(),
          )
          expect(Date.now() - began).toBe(Math.max(0, ...lanes.map(({ count, gap }) => count * gap)))
          expect(new Set(got).size).toBe(all.length)
          expect(got).toHaveLength(all.length)
        },
      ),
      often(30),
    )
  })

  it('are not held up by items that wait', async () => {
    const began = Date.now()
    const ends: number[] = []
    const task = async ({ id }: Item) => sleep(id < 10 ? 60_000 : 10)
    await done(
      (async () => {
        for await (const _ of inLanes(items({ a: 100 }), () => limit({ at_once: 1 }), task))
          ends.push(Date.now() - began)
      })(),
    )
    expect(ends.filter(end => end < 1000)).toHaveLength(90)
  })

  it('give what is done while the rest is under way', async () => {
    const lanes = inLanes(
      items({ slow: 1, quick: 1 }),
      () => undefined,
      async ({ subject }) => sleep(subject.provider === 'slow' ? 1000 : 1).then(() => subject.provider),
    )
    expect((await done(lanes.next())).value).toBe('quick')
    expect((await done(lanes.next())).value).toBe('slow')
    expect((await done(lanes.next())).done).toBe(true)
  })

  it('pass an exception on, start nothing after it, and wait for what is under way', async () => {
    let started = 0
    let ended = 0
    const task = async ({ id }: Item) => {
      started += 1
      await sleep(id === 3 ? 5 : 20)
      ended += 1
      if (id === 3) throw new RangeError('wrong use')
    }
    const walking = (async () => {
      for await (const _ of inLanes(items({ a: 1000 }), () => limit({ at_once: 4 }), task));
    })()
    await expect(done(walking)).rejects.toThrow('wrong use')
    expect(started).toBe(20)
    expect(ended).toBe(20)
  })

  it('stop when whoever reads them leaves', async () => {
    let started = 0
    let ended = 0
    const task = async () => {
      started += 1
      await sleep(10)
      ended += 1
    }
    await done(
      (async () => {
        for await (const _ of inLanes(items({ a: 1000 }), () => limit({ at_once: 4 }), task)) break
      })(),
    )
    await vi.advanceTimersByTimeAsync(10_000)
    expect(started).toBeLessThanOrEqual(40)
    expect(ended).toBe(started)
  })

  it('hold hundreds of thousands of items', async () => {
    vi.useRealTimers()
    let count = 0
    for await (const _ of inLanes(
      items({ a: 200_000 }),
      () => limit(),
      async () => undefined,
    ))
      count += 1
    expect(count).toBe(200_000)
  })
})

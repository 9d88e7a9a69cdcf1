import { describe, expect, it } from 'vitest'
import type { Session } from '../../src/model/misuse.ts'
import type { Coverage } from '../../src/model/usage.ts'
import { callersOf, seenIn, usesTold } from '../../src/watch/used.ts'
import { hour, minute, standing, start, watched } from './support.ts'

const iso = (at: number): string => new Date(at).toISOString()

function session(from: number, to: number, more: Partial<Session> = {}): Session {
  const about = { ip: '192.0.2.7', client: 'curl', count: 3, events: [], actions: ['charge'], prior: 0, p: 0.1 }
  return { start: iso(start + from), end: iso(start + to), signals: [], ...about, ...more }
}

function told(sessions: readonly Session[], more = {}, key = {}) {
  const misuse = { level: 'review', p: 0, confidence: 'low', ours: 0, coverage: [], sessions } as const
  return usesTold(watched('old', key), standing(more), misuse, start + 9 * hour)
}

describe('who used a key', () => {
  it('is a service of the inventory, or an address and a client', () => {
    const sessions = [session(0, hour), session(3 * hour, 4 * hour), session(0, 1, { ip: '10.0.0.1' })]
    const callers = callersOf({ sessions }, ({ ip }) => (ip === '10.0.0.1' ? 'checkout' : undefined))
    expect(callers).toMatchObject([
      { name: '192.0.2.7 curl', known: false, firstAt: start, lastAt: start + 4 * hour },
      { name: 'checkout', known: true },
    ])
  })
})

describe('what is told of use', () => {
  it('is misuse, by one id however often the logs are read, and while the session goes on', () => {
    const [first] = told([session(0, hour, { p: 0.9 })])
    const [again] = told([session(0, 2 * hour, { p: 0.95 })])
    expect([first?.kind, again?.id]).toEqual(['misused', first?.id])
  })

  it('keeps two clients of one address apart', () => {
    const both = told([session(0, hour, { p: 0.9 }), session(0, hour, { p: 0.9, client: 'boto' })])
    expect(new Set(both.map(({ id }) => id)).size).toBe(2)
  })

  it('is no misuse from before others could have had the key', () => {
    expect(told([session(0, hour, { p: 0.9 })], {}, { leakedAt: start + 2 * hour })).toEqual([])
    expect(told([session(0, 3 * hour, { p: 0.9 })], {}, { leakedAt: start + 2 * hour })).toHaveLength(1)
  })

  it('is use after death, once for each caller and death', () => {
    const dead = { state: 'dead', since: start + 2 * hour } as const
    expect(told([session(0, hour)], dead)).toEqual([])
    const after = told([session(3 * hour, 3 * hour), session(5 * hour, 6 * hour)], dead)
    expect(after.map(({ kind }) => kind)).toEqual(['used_after_death', 'used_after_death'])
    expect(new Set(after.map(({ id }) => id)).size).toBe(1)
  })
})

describe('the time of which logs tell', () => {
  const log = (from: number, to: number, state: Coverage['state'] = 'ok'): Coverage => ({
    source: 'log',
    state,
    covers: 'key',
    window: { from: iso(start + from), to: iso(start + to) },
  })
  const seen = (coverage: readonly Coverage[], before?: readonly [number, number], omitted?: number) => {
    const known = before && { from: start + before[0], until: start + before[1] }
    const all = seenIn({ coverage, ...(omitted !== undefined && { omitted }) }, known)
    return all && [all.from - start, all.until - start]
  }

  it('grows while each log begins where the last one ended', () => {
    expect(seen([log(0, hour)])).toEqual([0, hour])
    expect(seen([log(hour + minute, 2 * hour)], [0, hour])).toEqual([0, 2 * hour])
    expect(seen([log(0, 2 * hour)], [hour, 3 * hour])).toEqual([0, 3 * hour])
  })

  it('begins anew after a gap, and is not moved back by an older log', () => {
    expect(seen([log(3 * hour, 4 * hour)], [0, hour])).toEqual([3 * hour, 4 * hour])
    expect(seen([log(0, hour)], [3 * hour, 4 * hour])).toEqual([3 * hour, 4 * hour])
  })

  it('is what all logs tell of, where several show the key', () => {
    expect(seen([log(0, 5 * hour), log(hour, 2 * hour)])).toEqual([hour, 2 * hour])
    expect(seen([log(0, hour), log(2 * hour, 3 * hour)])).toBeUndefined()
  })

  it('does not grow by logs that are not whole, nor where sessions were left out', () => {
    expect(seen([log(0, hour, 'partial')])).toBeUndefined()
    expect(seen([log(0, 2 * hour)], [0, hour], 7)).toEqual([0, hour])
  })
})

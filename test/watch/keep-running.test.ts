import { describe, expect, it } from 'vitest'
import { keepRunning, nextTime, type Rhythm } from '../../src/watch/keep-running.ts'
import { day, hour, minute, start } from './support.ts'

interface Span {
  readonly from?: number
  readonly to?: number
  readonly runTakes?: number
}

/** Runs under a clock of its own, until so many runs were made or so much time has passed; gives when they began. */
async function runs(given: Partial<Rhythm>, { from = start, to = from + day, runTakes = 0 }: Span = {}) {
  const stop = new AbortController()
  let now = from
  let sleeps = 0
  const begun: number[] = []
  await keepRunning({
    jitter: 0,
    random: () => 0.5,
    signal: stop.signal,
    nextDue: () => undefined,
    failed: () => undefined,
    ...given,
    now: () => now,
    sleep: async time => {
      sleeps += 1
      now += time
      if (now >= to) stop.abort()
    },
    run: async () => {
      begun.push(now)
      now += runTakes
      await given.run?.()
      if (now >= to) stop.abort()
    },
  })
  return { begun, sleeps }
}

const at = (text: string): number => Date.parse(text)

describe('a daemon', () => {
  it('runs when something is due, and sleeps in between', async () => {
    const due = [start + hour, start + 3 * hour]
    const { begun, sleeps } = await runs({ nextDue: () => due[0], run: async () => void due.shift() })
    expect(begun).toEqual([start + hour, start + 3 * hour])
    expect(sleeps).toBeLessThan(24 * 60 + 5)
  })

  it('never spins on what stays due', async () => {
    const { begun } = await runs({ nextDue: () => 0 }, { to: start + 10 * minute })
    expect(begun).toHaveLength(60)
  })

  it('sees within a minute what was added meanwhile', async () => {
    let asked = 0
    const { begun } = await runs({ nextDue: () => (++asked > 3 ? start : undefined) }, { to: start + 4 * minute })
    expect(begun[0]).toBe(start + 3 * minute)
  })

  it('makes up once for any number of times that were missed', async () => {
    const { begun } = await runs(
      { cron: '0 * * * *', zone: 'UTC', lastRun: start - 5 * hour },
      { to: start + 2 * hour },
    )
    expect(begun).toEqual([start, start + hour])
    const busy = await runs({ cron: '0 * * * *', zone: 'UTC' }, { to: start + 9 * hour, runTakes: 3.5 * hour })
    expect(busy.begun).toEqual([start + hour, start + 4.5 * hour, start + 8 * hour])
  })

  it('begins a run later by its part of the jitter', async () => {
    const { begun } = await runs({ cron: '0 * * * *', zone: 'UTC', jitter: 10 * minute }, { to: start + 2.5 * hour })
    expect(begun).toEqual([start + hour + 5 * minute, start + 2 * hour + 5 * minute])
  })

  it('ends in order when it is stopped while it sleeps, and begins no further run', async () => {
    const stop = new AbortController()
    let begun = 0
    await keepRunning({
      jitter: hour,
      now: () => start,
      random: Math.random,
      signal: stop.signal,
      nextDue: () => start,
      failed: () => undefined,
      sleep: async () => {
        stop.abort()
        throw new Error('stopped')
      },
      run: async () => void begun++,
    })
    expect(begun).toBe(0)
  })

  it('goes on after a run that failed, and not at once; a first one that fails is wrong use', async () => {
    const failures: unknown[] = []
    let count = 0
    const run = async () => {
      if (++count === 2) throw new Error('the vault is away')
    }
    const { begun } = await runs(
      { nextDue: () => 0, run, failed: error => failures.push(error) },
      { to: start + 90_000 },
    )
    expect(failures).toEqual([new Error('the vault is away')])
    expect(begun.map(time => (time - start) / 1000)).toEqual([0, 10, 70, 80])
    await expect(runs({ nextDue: () => 0, run: () => Promise.reject(new Error('no such log')) })).rejects.toThrow(
      'no such',
    )
  })
})

describe('a time of cron', () => {
  it('is that of its zone, on both sides of a change of the clock', () => {
    const noon = (after: string) => nextTime('0 12 * * *', 'Europe/Dublin', at(after))
    expect(noon('2026-03-28T00:00Z')).toBe(at('2026-03-28T12:00Z'))
    expect(noon('2026-03-29T00:00Z')).toBe(at('2026-03-29T11:00Z'))
    expect(noon('2026-10-25T00:00Z')).toBe(at('2026-10-25T12:00Z'))
  })

  it('is not missed where the clock jumps over it, and comes once where the clock goes back', async () => {
    const night = { cron: '30 1 * * *', zone: 'Europe/Dublin' }
    const spring = await runs(night, { from: at('2026-03-28T12:00Z'), to: at('2026-03-30T12:00Z') })
    expect(spring.begun).toHaveLength(2)
    const autumn = await runs(night, { from: at('2026-10-24T12:00Z'), to: at('2026-10-26T12:00Z') })
    expect(autumn.begun).toHaveLength(2)
  })

  it('comes within a minute of its time where the clock is set back by months', async () => {
    const stop = new AbortController()
    let now = at('2026-11-24T12:00Z')
    const begun: number[] = []
    await keepRunning({
      cron: '*/5 * * * *',
      jitter: 0,
      random: () => 0,
      signal: stop.signal,
      nextDue: () => undefined,
      failed: () => undefined,
      now: () => now,
      sleep: async time => {
        now += time
      },
      run: async () => {
        begun.push(now)
        if (begun.length === 2) now = at('2026-03-01T12:00Z')
        if (begun.length === 4) stop.abort()
      },
    })
    expect(begun.slice(2).map(time => new Date(time).toISOString())).toEqual([
      '2026-03-01T12:05:00.000Z',
      '2026-03-01T12:10:00.000Z',
    ])
  })

  it('never comes where there is no such day', () => {
    expect(nextTime('0 0 30 2 *', 'UTC', start)).toBe(Infinity)
  })
})

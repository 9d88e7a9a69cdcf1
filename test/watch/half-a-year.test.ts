import { describe, expect, it } from 'vitest'
import type { Watched } from '../../src/model/watch.ts'
import { openDatabase } from '../../src/store/database.ts'
import { WatchList } from '../../src/store/watch-list.ts'
import { type Ask, cycle } from '../../src/watch/cycle.ts'
import { defaultPolicy } from '../../src/watch/policy.ts'
import { day, hour, minute, standing, start, verdict, watched } from './support.ts'

const providers = ['stripe', 'github', 'aws', 'slack', 'gitlab', 'openai', 'okta', 'twilio', 'datadog', 'vercel']

/** What really happens to a key: times at which it changes between working and not, and a right it is given. */
interface Life {
  readonly turns: readonly number[]
  readonly grows?: number
}

interface Outage {
  readonly provider: string
  readonly from: number
  readonly to: number
  readonly how: 'dead' | 'unknown'
}

describe('half a year of a thousand keys', () => {
  it('tells exactly what happened', async () => {
    const random = randomFrom(20_261_124)
    const ids = Array.from({ length: 1000 }, (_, i) => `key-${i}`)
    const lives = new Map(ids.map((id, i) => [id, lifeOf(i, random)]))
    const outages = providers.flatMap((provider, p): Outage[] =>
      [0, 1, 2].map(n => {
        const from = start + (20 + n * 50 + p) * day + Math.floor(random() * day)
        return { provider, from, to: from + (1 + random() * 4) * hour, how: n === 1 ? 'unknown' : 'dead' }
      }),
    )
    const lied = new Map<Outage, number[]>()
    let now = start
    const ask: Ask = async function* (keys) {
      for (const key of keys) yield { id: key.id, verdict: answer(key) }
    }
    const answer = ({ id, provider }: Watched) => {
      const { turns, grows } = lives.get(id) ?? { turns: [] }
      const outage = outages.find(one => one.provider === provider && now >= one.from && now < one.to)
      const works = turns.filter(turn => turn <= now).length % 2 === 0
      if (outage !== undefined) {
        if (works) lied.set(outage, [...(lied.get(outage) ?? []), now])
        return verdict(outage.how)
      }
      if (!works) return verdict('dead', { reason: 'revoked' })
      return verdict('live', { grants: grows !== undefined && now >= grows ? ['read', 'write'] : ['read'] })
    }

    const database = await openDatabase(':memory:', { durable: false })
    const list = new WatchList(database)
    for (const [i, id] of ids.entries())
      list.add(watched(id, { provider: providers[i % providers.length] ?? '' }), standing({ liveAt: start }))
    const told: { kind: string; watched: string | undefined; provider: string; at: number }[] = []
    let asked = 0
    for (; now < start + 180 * day; now += 5 * minute) {
      if ((list.nextAt() ?? 0) > now) continue
      const done = await cycle({
        database,
        ask,
        now: () => now,
        policy: defaultPolicy,
        receivers: () => ['log'],
        run: 'r',
      })
      asked += done.asked
      told.push(...done.told.map(({ kind, watched: id, provider, at }) => ({ kind, watched: id, provider, at })))
    }

    const expected = ids.flatMap((id, i) => {
      const { turns, grows } = lives.get(id) ?? { turns: [] }
      const turned = turns.map((_, n) => `${n % 2 === 0 ? 'died' : 'came_back'} ${id}`)
      return [...turned, ...(grows === undefined ? [] : [`rights_grew ${id}`])].map(
        text => `${text} ${providers[i % 10]}`,
      )
    })
    const ofKeys = told.filter(({ watched: id }) => id !== undefined)
    expect(ofKeys.map(({ kind, watched: id, provider }) => `${kind} ${id} ${provider}`).toSorted()).toEqual(
      expected.toSorted(),
    )

    const seen = outages.filter(one => (lied.get(one) ?? []).some(at => at < one.to - 45 * minute))
    const unseen = outages.filter(one => !lied.has(one))
    const whole = told.filter(({ watched: id }) => id === undefined)
    for (const { provider, from, to } of seen) {
      const within = whole.filter(one => one.provider === provider && one.at >= from && one.at < to + day)
      expect(within.map(({ kind }) => kind)).toEqual(['outage', 'outage_over'])
    }
    for (const { provider, from, to } of unseen)
      expect(whole.filter(one => one.provider === provider && one.at >= from && one.at < to)).toEqual([])
    expect(seen.length).toBeGreaterThan(10)
    expect(asked).toBeLessThan(1000 * 200)
    database.close()
  }, 120_000)
})

/** Most keys live on; some die, some of these come back, some may do more one day. */
function lifeOf(i: number, random: () => number): Life {
  const at = (from: number, to: number): number => start + Math.floor((from + random() * (to - from)) * day)
  if (i % 10 === 3) return { turns: [at(1, 100)] }
  if (i % 25 === 7) return { turns: [at(1, 60), at(110, 140)] }
  if (i % 40 === 11) return { turns: [], grows: at(1, 150) }
  return { turns: [] }
}

/** Mulberry, so that the same half year happens at every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

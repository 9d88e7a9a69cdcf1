import { describe, expect, it } from 'vitest'
import type { Standing } from '../../src/model/watch.ts'
import { observe } from '../../src/watch/observe.ts'
import { defaultPolicy } from '../../src/watch/policy.ts'
import { day, hour, minute, standing, start, verdict } from './support.ts'

interface Step {
  readonly at: number
  readonly hears: ReturnType<typeof verdict>
  readonly wave?: boolean
}

/** Hears one answer after the other, and gives all that was told. */
function heard(from: Standing, steps: readonly Step[], policy = defaultPolicy, overdueAt?: number) {
  let now = from
  const told: string[] = []
  let held = false
  for (const { at, hears, wave = false } of steps) {
    const seen = observe(now, hears, { now: start + at, policy, wave, overdueAt })
    now = seen.standing
    held = seen.held
    told.push(...seen.changes.map(({ kind }) => kind))
  }
  return { told, standing: now, held }
}

describe('what a watched key is said to be', () => {
  it('is nothing new while it stays as it was', () => {
    const steps = Array.from({ length: 50 }, (_, i) => ({ at: i * hour, hears: verdict('live') }))
    expect(heard(standing(), steps).told).toEqual([])
  })

  it('is live for the first time once', () => {
    const steps = [0, 1, 2].map(i => ({ at: i * hour, hears: verdict('live') }))
    expect(heard(standing({ state: 'new' }), steps).told).toEqual(['first_live'])
  })

  it('is never dead by one answer, nor by two at once', () => {
    for (const later of [0, 1, minute, 4 * minute]) {
      const { told, standing: after } = heard(standing(), [
        { at: 0, hears: verdict('dead') },
        { at: later, hears: verdict('dead') },
      ])
      expect([told, after.state, after.doubtedAt]).toEqual([[], 'live', start])
    }
  })

  it('is dead by two answers minutes apart, since the first of them', () => {
    const { told, standing: after } = heard(standing(), [
      { at: hour, hears: verdict('dead') },
      { at: hour + 5 * minute, hears: verdict('dead', { reason: 'revoked' }) },
      { at: 9 * hour, hears: verdict('dead') },
    ])
    expect(told).toEqual(['died'])
    expect(after).toMatchObject({ state: 'dead', since: start + hour })
    expect(after.doubtedAt).toBeUndefined()
  })

  it('is dead by two answers too where the clock was set back between them', () => {
    const steps = [day, 0, 6 * minute].map(at => ({ at, hears: verdict('dead') }))
    expect(heard(standing(), steps)).toMatchObject({ told: ['died'], standing: { state: 'dead', since: start } })
    expect(heard(standing(), steps.slice(0, 2)).told).toEqual([])
  })

  it('begins to doubt anew after a live answer', () => {
    const { told } = heard(standing(), [
      { at: 0, hears: verdict('dead') },
      { at: 5 * minute, hears: verdict('live') },
      { at: 10 * minute, hears: verdict('dead') },
    ])
    expect(told).toEqual([])
  })

  it('keeps its doubt through runs that decide nothing, which are no dead answers', () => {
    const { told, standing: after } = heard(standing(), [
      { at: 0, hears: verdict('dead') },
      { at: 5 * minute, hears: verdict('unknown') },
    ])
    expect([told, after.state, after.doubtedAt]).toEqual([[], 'live', start])
  })

  it('is not dead while all keys of its provider fail, until that has lasted for hours', () => {
    const { told, held } = heard(standing(), [
      { at: 0, hears: verdict('dead'), wave: true },
      { at: hour, hears: verdict('dead'), wave: true },
    ])
    expect([told, held]).toEqual([[], true])
    const later = heard(standing(), [
      { at: 0, hears: verdict('dead'), wave: true },
      { at: 6 * hour, hears: verdict('dead'), wave: true },
    ])
    expect([later.told, later.standing.since]).toEqual([['died'], start])
  })

  it('comes back by one live answer, whatever went before', () => {
    const { told, standing: after } = heard(standing({ state: 'dead', since: start - day }), [
      { at: 0, hears: verdict('live') },
      { at: hour, hears: verdict('live') },
    ])
    expect(told).toEqual(['came_back'])
    expect(after).toMatchObject({ state: 'live', since: start, calmFrom: start })
  })

  it('is told to come back again each time it does', () => {
    const died = [
      { at: 0, hears: verdict('dead') },
      { at: 5 * minute, hears: verdict('dead') },
    ]
    const { told } = heard(standing(), [
      ...died,
      { at: hour, hears: verdict('live') },
      ...died.map(({ at, hears }) => ({ at: at + 2 * hour, hears })),
      { at: 3 * hour, hears: verdict('live') },
    ])
    expect(told).toEqual(['died', 'came_back', 'died', 'came_back'])
  })

  it('has died in silence where nobody ever saw it live', () => {
    const { told, standing: after } = heard(standing({ state: 'new' }), [
      { at: 0, hears: verdict('dead') },
      { at: 5 * minute, hears: verdict('dead') },
    ])
    expect([told, after.state]).toEqual([[], 'dead'])
  })

  it('may do more only where what it could do before is known', () => {
    const grants = (...names: string[]) => verdict('live', { grants: names })
    expect(heard(standing(), [{ at: 0, hears: grants('read') }]).told).toEqual([])
    const { told } = heard(standing({ grants: ['read'] }), [
      { at: 0, hears: grants('read', 'write') },
      { at: 1, hears: grants('write', 'read') },
      { at: 2, hears: verdict('live') },
      { at: 3, hears: grants('read') },
    ])
    expect(told).toEqual(['rights_grew'])
  })

  it('expires soon once for each date', () => {
    const on = (at: number) => verdict('live', { expiresAt: new Date(start + at).toISOString() })
    const { told } = heard(standing(), [
      { at: 0, hears: on(20 * day) },
      { at: 6 * day, hears: on(20 * day) },
      { at: 7 * day, hears: on(20 * day) },
      { at: 8 * day, hears: on(22 * day) },
    ])
    expect(told).toEqual(['expires_soon', 'expires_soon'])
  })

  it('is overdue once', () => {
    const steps = [0, 1, 2, 3].map(i => ({ at: i * day, hears: verdict('live') }))
    expect(heard(standing(), steps, defaultPolicy, start + 2 * day).told).toEqual(['rotation_overdue'])
  })

  it('is undecided after three runs in a row, told once until it is decided', () => {
    const silent = [0, 1, 2, 3, 4].map(i => ({ at: i * hour, hears: verdict('unknown') }))
    const again = silent.map(({ at, hears }) => ({ at: at + day, hears }))
    const { told } = heard(standing(), [...silent, { at: 6 * hour, hears: verdict('live') }, ...again])
    expect(told).toEqual(['undecided', 'undecided'])
    expect(heard(standing(), silent.slice(0, 2)).told).toEqual([])
  })

  it('is no matter of its own when its whole provider is silent', () => {
    const silent = [0, 1, 2, 3].map(i => ({ at: i * hour, hears: verdict('unknown'), wave: true }))
    const { told, held } = heard(standing(), silent)
    expect([told, held]).toEqual([[], true])
  })
})

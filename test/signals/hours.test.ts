import { describe, expect, it } from 'vitest'
import { assess } from '../../src/signals/assess.ts'
import type { Setting } from '../../src/signals/setting.ts'
import { densityAt } from '../../src/signals/working-hours.ts'
import { daily, day, event, hour, internal, leakedAt, llrOf, minute, monday, routine, signalOf } from './trace.ts'

describe('hours', () => {
  it('ln(.6 / density), at most 1.5, after ten days', () => {
    const night = monday + 10 * day + 12 * hour
    expect(llrOf('time', [event(night, 's3:ListBuckets')])).toBe(1.5)
    expect(llrOf('time', [event(leakedAt + minute, 's3:ListBuckets')])).toBeUndefined()
    expect(signalOf('time', assess([...routine(9, daily), event(night, 's3:ListBuckets')], internal))).toBeUndefined()
  })

  it('is that of where the owner works', () => {
    const says = signalOf(
      'time',
      assess([...routine(10, daily), event(monday + 10 * day + 12 * hour, 's3:ListBuckets')], {
        ...internal,
        timeZone: 'Asia/Tokyo',
      }),
    )?.says
    expect(says).toMatch(/^06:00 Asia\/Tokyo/)
  })

  const hours = { from: 8, to: 18, days: new Set([1, 2, 3, 4, 5]) }

  it.each<[string, number, Setting['hours'], number | undefined]>([
    ['ln 2 outside working hours', 2 * day + 12 * hour, hours, Math.LN2],
    ['ln 2 on a day off', 5 * day, hours, Math.LN2],
    ['nothing within them', 2 * day, hours, undefined],
    ['nothing in a night shift that began on a working day', day + 18 * hour, { ...hours, from: 22, to: 6 }, undefined],
    ['ln 2 in a night that began on a day off', 5 * day + 18 * hour, { ...hours, from: 22, to: 6 }, Math.LN2],
    ['nothing without hours', 2 * day + 12 * hour, undefined, undefined],
  ])('before there is history, %s', (_, after, stated, llr) => {
    const setting: Setting = { exposure: 'internal', ...(stated !== undefined && { hours: stated }) }
    expect(signalOf('time', assess([event(monday + after, 's3:ListBuckets')], setting))?.llr).toBe(llr)
  })

  it('a key that works at night is known by its history, not by when people work', () => {
    const nightly = Array.from({ length: 12 }, (_, index) => event(monday + index * day + 17 * hour, 's3:ListBuckets'))
    for (const count of [1, 4, 12])
      expect(signalOf('time', assess(nightly.slice(0, count + 1), { ...internal, hours }))).toBeUndefined()
  })

  it('an hour of work is never odd, and one outside says so', () => {
    const [late, early] = [monday + 10 * day + 8 * hour, monday + 11 * day - 5 * hour]
    expect(llrOf('time', [event(late, 's3:ListBuckets')])).toBeGreaterThan(0)
    expect(llrOf('time', [event(late, 's3:ListBuckets')], { ...internal, hours })).toBeUndefined()
    const says = signalOf(
      'time',
      assess([...routine(10, daily), event(early, 's3:ListBuckets')], { ...internal, hours }),
    )
    expect(says?.says).toContain('outside your working hours')
  })

  it('density is 1 for use at all hours, and follows the kernel for use at one', () => {
    const even = Array.from({ length: 96 }, () => 2)
    expect(densityAt(11, even)).toBeCloseTo(1, 9)
    const once = Array.from({ length: 96 }, (_, index) => (index === 40 ? 5 : 0))
    // exp(6 (cos 0 - 1)) over its mean, e^-6 I0(6) = 0.166657 (Abramowitz & Stegun 9.8).
    expect(densityAt(40, once)).toBeCloseTo(1 / 0.166657, 3)
    expect(densityAt(88, once)).toBe(0.02)
  })

  it('of the week before the leak are counted where the owner works, without what looks like a stranger', () => {
    const long = [0, 20, 40, 60, 80].map(minutes => event(monday + minutes * minute, 's3:ListBuckets'))
    const { before } = assess([...long, event(monday + day, 's3:ListBuckets')], {
      ...internal,
      timeZone: 'Asia/Kolkata',
    })
    const used = (before?.hours ?? []).flatMap((count, at) => (count > 0 ? [[at, count]] : []))
    // Nine in the morning UTC is half past two there; Tuesday is a day later.
    expect(used).toEqual([
      [14, 1],
      [15, 1],
      [38, 1],
    ])
    const tor = () => ({ tor: true as const })
    const attack = ['iam:CreateUser', 'cloudtrail:StopLogging'].map(action => event(monday, action))
    const strange = assess(attack, { exposure: 'public', leakedAt, lookup: tor, madeBy: { p: 0.99, shown: 'x' } })
    expect(strange.before?.hours?.every(count => count === 0)).toBe(true)
  })
})

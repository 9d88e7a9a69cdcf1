import { describe, expect, it } from 'vitest'
import type { Misuse } from '../../src/model/misuse.ts'
import { hours } from '../../src/report/html-hours.ts'
import { timeScale } from '../../src/report/html-time-scale.ts'
import { timeline } from '../../src/report/html-timeline.ts'
import { hourWords, weekHours } from '../../src/report/week-hours.ts'
import { aMisuse, aPriority, aSession } from './example-investigation.ts'
import { aCase } from './fixture.ts'

const minute = 60_000

function lineOf(misuse: Misuse): string {
  return timeline(aCase('works', { misuse, priority: aPriority() }), 'case-1')
}

function y(text: string, shape: RegExp): readonly number[] {
  return [...text.matchAll(shape)].map(found => Number(found[1]))
}

describe('the line of time', () => {
  it('has a mark for each session and a row of the table for each mark', () => {
    const text = lineOf(aMisuse())
    const marks = [...text.matchAll(/<g data-at="(\d+)"/g)].map(([, at]) => at)
    expect(marks).toHaveLength(26)
    expect([...text.matchAll(/<tr data-at="(\d+)"/g)].map(([, at]) => at)).toEqual(marks)
  })

  it('puts strangers above the line and the owner below, in shapes that differ without colour', () => {
    const text = lineOf(aMisuse())
    const [axis = 0] = y(text, /class="axis" x1="0" x2="100%" y1="(\d+)"/g)
    const strange = y(text, /class="(?:stranger|doubtful)" x="[\d.]+%" y="(-?\d+)"/g)
    const own = y(text, /<circle class="own" cx="[\d.]+%" cy="(\d+)"/g)
    expect(strange).toHaveLength(4)
    expect(own).toHaveLength(22)
    expect(Math.max(...strange)).toBeLessThan(axis)
    expect(Math.min(...strange)).toBeGreaterThan(0)
    expect(Math.min(...own)).toBeGreaterThan(axis)
  })

  it('says in words what it draws', () => {
    const text = lineOf(aMisuse())
    expect(text).toContain(
      'aria-label="4 strange, 22 like the owner’s since the leak. Before it 188 sessions with 4,120 events, 2026-08-01 06:12 UTC to 2026-11-01 08:44 UTC."',
    )
    expect(text).toContain('<th scope="row">2026-11-01 10:06 UTC, 6 min after the leak, for 2 min</th>')
    expect(text).toContain('<title>2026-11-01 10:06 UTC, AS14618, US, 198.51.100.23, chance of misuse 97 %</title>')
  })

  it('tells what speaks for the owner as well, and what was thought beforehand', () => {
    const text = lineOf(aMisuse())
    expect(text).toContain('<li>before any evidence: chance 38 %</li>')
    expect(text).toContain('<b>network</b> ÷4.3: seen in 164 of 188 sessions')
  })

  it('shows the sixty that say most of very many, and how many it does not', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      aSession(index * 30, 5, { p: index % 10 === 0 ? 0.9 : 0.01 }),
    )
    const text = lineOf(aMisuse({ sessions: many, omitted: 40 }))
    expect(text.match(/<tr data-at/g)).toHaveLength(60)
    expect(text.match(/class="stranger"/g)).toHaveLength(50)
    expect(text).toContain('and 480 sessions with lower p, see JSON')
  })

  it('draws no leak where its time is not known, and nothing at all without sessions', () => {
    const { leakedAt: _, before: __, ...rest } = aMisuse()
    const { exposedSince: ___, since: ____, ...priority } = aPriority()
    const text = timeline(aCase('works', { misuse: rest, priority }), 'case-1')
    expect(text).not.toContain('class="leak"')
    expect(text.match(/<g data-at/g)).toHaveLength(26)
    const { before: _____, ...empty } = aMisuse({ sessions: [] })
    expect(lineOf(empty)).toBe('')
  })

  it('keeps every time on the paper and in its order, however far from the leak', () => {
    const leak = Date.parse('2026-11-01T10:00:00Z')
    const times = [-90 * 1440, -1440, -1, 0, 1, 6, 600, 33_000].map(after => leak + after * minute)
    const scale = timeScale(times[0] ?? 0, times.at(-1) ?? 0, leak)
    const places = times.map(time => scale.at(time))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(2)
    expect(Math.max(...places)).toBeLessThanOrEqual(98)
    expect(scale.at(leak)).toBe(scale.leak)
    expect(scale.ticks.map(({ words }) => words)).toContain('+10 min')
  })

  it('stands when all happens in one moment', () => {
    expect(timeScale(5, 5, 5).at(5)).toBeGreaterThan(0)
    expect(timeScale(5, 5, undefined).at(5)).toBeGreaterThan(0)
  })
})

describe('hours of the week', () => {
  it('counts in the given zone, over midnight and over the change of clocks', () => {
    const late = { ...aSession(0, 0), start: '2026-10-24T22:30:00Z', end: '2026-10-25T00:10:00Z' }
    expect(hourWords(weekHours([late], 'UTC'))).toBe('Sat 22:00–24:00; Sun 00:00–01:00')
    expect(hourWords(weekHours([late], 'Europe/Dublin'))).toBe('Sat 23:00–24:00; Sun 00:00–02:00')
    expect(hourWords(weekHours([late], 'Asia/Kolkata'))).toBe('Sun 04:00–06:00')
  })

  it('says days that are alike together', () => {
    const monday = { ...aSession(0, 0), start: '2026-11-02T09:00:00Z', end: '2026-11-02T10:59:00Z' }
    const friday = { ...monday, start: '2026-11-06T09:10:00Z', end: '2026-11-06T10:00:00Z' }
    expect(hourWords(weekHours([monday, friday], 'UTC'))).toBe('Mon, Fri 09:00–11:00')
  })

  it('does not fail on times that are none, or on a session without end', () => {
    const odd = { ...aSession(0, 0), start: 'never', end: '' }
    const endless = { ...aSession(0, 0), start: '2026-11-02T09:00:00Z', end: '2036-11-02T09:00:00Z' }
    expect(weekHours([odd], 'UTC').every(amount => amount === 0)).toBe(true)
    expect(weekHours([endless], 'UTC').every(amount => amount === 1)).toBe(true)
  })

  it('show the owner’s use before the leak too, where it is known by the hour', () => {
    const quiet = { sessions: 3, events: 3, start: '2026-08-03T06:12:00Z', end: '2026-10-05T06:44:00Z' }
    const byHour = Array.from({ length: 168 }, (_, index) => (index === 6 ? 3 : 0))
    const of = (before: NonNullable<Misuse['before']>) => hours(aMisuse({ before }))
    expect(of(quiet)).toContain('known in sum only')
    expect(of({ ...quiet, hours: byHour })).toMatch(/Like the owner’s: .*Mon.* 06:00–07:00/)
    expect(of({ ...quiet, hours: byHour })).not.toContain('known in sum only')
  })
})

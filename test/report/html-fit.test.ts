import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/run.ts'
import { html } from '../../src/report/html.ts'
import { fitted } from '../../src/report/html-fit.ts'
import { aMisuse, aPriority, aSession, aSignal } from './example-investigation.ts'
import { aCase, aPlace, aReport } from './fixture.ts'

const signals = Array.from({ length: 6 }, (_, at) =>
  aSignal(`family ${at}`, 2 - at, 'first use from AS14618 Amazon (US) in 188 sessions; the chance is 0.8 %', [
    'T1078.004',
  ]),
)

function investigated(cases: number): Report {
  const sessions = Array.from({ length: 20 }, (_, at) =>
    aSession(at * 1000, 3, { asn: 14618, country: 'US', p: at % 2 === 0 ? 0.93 : 0.1, signals }),
  )
  return aReport(
    Array.from({ length: cases }, (_, at) =>
      aCase('works', {
        priority: aPriority(at < 5 ? {} : { decision: 'scheduled' }),
        misuse: aMisuse({ sessions }),
        findings: Array.from({ length: 10 }, (_, line) => aPlace({ line })),
      }),
    ),
  )
}

describe('the size of the page', () => {
  it('stays below 3 MB with 1,000 keys of 20 sessions each, the most urgent told at length', () => {
    const text = [...html(investigated(1000))].join('')
    expect(Buffer.byteLength(text)).toBeLessThan(3_000_000)
    expect(text.match(/<article id="case/g)).toHaveLength(1000)
    const articles = text.split('<article ').slice(1)
    expect(articles.slice(0, 20).every(one => one.includes('line-of-time'))).toBe(true)
    expect(articles.slice(900, 1000).every(one => one.includes('The page has no room for the rest of this key'))).toBe(
      true,
    )
    expect(text).toMatch(/<p class="size">So that this page stays small, \d+ keys are told in short/)
  })

  it('keeps a row for every key where not even the short words fit', () => {
    const text = [...html(investigated(3000))].join('')
    expect(Buffer.byteLength(text)).toBeLessThan(3_000_000)
    expect(text.match(/class="row/g)?.length).toBe(3001)
    expect(text.match(/class="row compact"/g)?.length).toBeGreaterThan(100)
    expect(text).toMatch(/\d[\d,]* are a row only: the least urgent ones/)
  })

  it('trims nothing and says nothing of it where there is room', () => {
    const text = [...html(investigated(20))].join('')
    expect(text).not.toContain('class="size"')
    expect(text).not.toContain('class="trimmed"')
  })

  it('tells no later key at length before an earlier one', () => {
    const cases = Array.from({ length: 4 }, () => aCase('works'))
    const sizes = new Map(cases.map((one, at) => [one, [10, 50, 11, 11][at] ?? 0]))
    const telling = {
      brief: () => 'b'.repeat(10),
      full: (one: (typeof cases)[number]) => 'f'.repeat(sizes.get(one) ?? 0),
    }
    const { texts, short } = fitted(cases, telling, 60)
    expect([...texts.values()].map(text => text[0])).toEqual(['f', 'b', 'b', 'b'])
    expect(short).toBe(3)
    expect(fitted(cases, telling, 25).texts.size).toBe(2)
  })
})

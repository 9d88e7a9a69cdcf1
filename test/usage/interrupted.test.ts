import { describe, expect, it } from 'vitest'
import { answer, day, iso, log, now, pulled } from './pulled.ts'

const hour = 3_600_000
const tooOften = { sentAt: iso(now), none: { reason: 'rate_limited', note: 'asked too often' } }
const paged = '    covers: account\n    request: GET /log\n    pages: { next: next, param: page }\n'
const event = (id: string, ago: number) => ({ id, at: iso(now - ago), what: 'x' })

/** A log whose pages come in this order; what is not a body is an answer. */
function pages(...all: readonly unknown[]): (_: unknown, path: string) => unknown {
  return (_, path) => all[Number(/page=(\d+)/.exec(path)?.[1] ?? 0)]
}

describe('a log that could not be read to its end', () => {
  it.each([
    ['it was asked too often', tooOften, /asked too often/],
    ['its credential ended', answer(401), /refused \(401\)/],
    ['a proxy answered', answer(200, 'html', '<html>Sign in</html>'), /a web page answered/],
    ['it was not understood', answer(200, 'unreadable', 'no JSON'), /could not be read/],
    ['its provider failed', answer(503), /503/],
  ])('keeps what came before %s, and says what is missing', async (_, stopped, why) => {
    const { events, states, whys } = await pulled(
      log('broken', paged),
      pages({ items: [event('new', hour), event('old', 2 * hour)], next: 1 }, stopped),
    )
    expect([events[0], states[0]]).toEqual([['old', 'new'], 'partial'])
    expect(whys[0]).toMatch(why)
  })

  it('tells of the time since the last it showed, where the newest came first', async () => {
    const newestFirst = { items: [event('a', hour), event('b', 3 * hour)], next: 1 }
    const { coverage } = await pulled(log('broken', paged), pages(newestFirst, answer(503)))
    expect(coverage[0]?.window).toEqual({ from: iso(now - 3 * hour), to: iso(now) })
  })

  it('tells of no later time than the last it showed, where the oldest came first', async () => {
    const oldestFirst = { items: [event('b', 3 * day), event('a', 2 * day)], next: 1 }
    const { coverage } = await pulled(log('broken', paged), pages(oldestFirst, answer(503)))
    expect(coverage[0]?.window).toEqual({ from: iso(now - 90 * day), to: iso(now - 2 * day) })
  })

  it('is not called empty where nothing was read of it', async () => {
    const { coverage } = await pulled(log('broken', paged), () => answer(402))
    expect(coverage[0]).toMatchObject({ state: 'unavailable', why: expect.stringMatching(/^plan:/) })
    expect(coverage[0]?.window).toBeUndefined()
  })
})

describe('the pages of a log', () => {
  it('go on after one without events that names another', async () => {
    const { events, states } = await pulled(
      log('sparse', paged),
      pages({ items: [], next: 1 }, { items: [], next: 2 }, { items: [event('late', hour)] }),
    )
    expect([events[0], states[0]]).toEqual([['late'], 'ok'])
  })

  it('end where they come round again, whatever is between', async () => {
    const { asked, states, whys } = await pulled(
      log('round', paged),
      pages({ items: [event('a', hour)], next: 1 }, { items: [], next: 2 }, { items: [], next: 1 }),
    )
    expect([asked.length, states[0]]).toEqual([3, 'partial'])
    expect(whys[0]).toContain('read before')
  })

  it('that never end are left, and that is said', { timeout: 30_000 }, async () => {
    const { asked, states, whys } = await pulled(log('endless', paged), (_, path) => ({
      items: [],
      next: Number(/page=(\d+)/.exec(path)?.[1] ?? 0) + 1,
    }))
    expect([asked.length, states[0]]).toEqual([5000, 'partial'])
    expect(whys[0]).toContain('5000 pages')
  })
})

describe('times that a log gives', () => {
  it('are those of its events in whatever order these came, without a zone in UTC', async () => {
    const bare = { id: 'bare', at: iso(now - 2 * hour).replace(/\.000Z$/, ''), what: 'x' }
    const { events } = await pulled(
      log('mixed', paged),
      pages({ items: [event('c', hour), event('a', 3 * hour)], next: 1 }, { items: [bare] }),
    )
    expect(events[0]).toEqual(['a', 'bare', 'c'])
  })

  it('that are to come by our clock leave a gap that is said, for the clock may be wrong', async () => {
    const ahead = { items: [event('past', hour), event('ahead', -2 * hour)] }
    const { events, states, whys } = await pulled(log('ahead', paged), pages(ahead))
    expect([events[0], states[0]]).toEqual([['past'], 'partial'])
    expect(whys[0]).toContain("one event is later than this machine's clock")
  })

  it('of events that came while it was read are left for the next time without a word', async () => {
    const { events, states } = await pulled(log('busy', paged), pages({ items: [event('own', -1000)] }))
    expect([events[0], states[0]]).toEqual([[], 'empty'])
  })
})

describe('logs of one form', () => {
  const two = ['first', 'second'].map(name =>
    log(name, `    covers: account\n    request: GET /${name}?since={since_ms}\n`).replace(
      /event: .*/,
      'format: github-audit',
    ),
  )

  it('are each asked since they were asked before, though others of that form were', async () => {
    const known = { from: now - 90 * day, until: now - hour }
    const { asked, coverage } = await pulled(
      two.join(''),
      () => ({ items: [] }),
      (_, source) => (source === 'acme-first' ? known : undefined),
    )
    const since = asked.map(path => Number(/since=(\d+)/.exec(path)?.[1]))
    expect(since).toEqual([now - hour - day, now - 90 * day])
    expect(new Set(coverage.map(({ source }) => source))).toEqual(new Set(['acme-first', 'acme-second']))
  })
})

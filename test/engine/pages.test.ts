import { describe, expect, it } from 'vitest'
import { Pages } from '../../src/catalog/listing.ts'
import { entriesOf, pagesOf } from '../../src/engine/pages.ts'
import type { Next } from '../../src/model/reading.ts'
import type { SafeRequest } from '../../src/model/request.ts'

const here = { origin: 'https://api.example.com', path: '/v1/{account}/Events?limit=2' }

type Body = Readonly<Record<string, unknown>>
interface Listing {
  readonly pages: unknown
  readonly at_most?: number
  readonly bodies: readonly Body[]
  readonly headers?: Readonly<Record<string, string>>
}

/** Reads a list whose answers are given; comes back with what was asked for after the first page, and why it ended. */
async function read({ pages, at_most, bodies, headers = {} }: Listing) {
  const asked: (Next | undefined)[] = []
  const list = pagesOf(
    next => {
      asked.push(next)
      return { request: here as SafeRequest }
    },
    { pages: Pages.parse(pages), at_most },
    ({ body }) => entriesOf(body, 'items').length,
    async () => ({
      sentAt: '2026-11-24T12:00:00Z',
      reply: { status: 200, kind: 'json', headers, body: bodies[asked.length - 1] ?? { items: [] } },
    }),
  )
  let count = 0
  for (;;) {
    const { value, done } = await list.next()
    if (done === true) return { after: asked.slice(1), read: count, stop: value }
    count += 1
  }
}

const two = [{ at: 1_795_500_000_500 }, { at: 1_795_500_000_000 }]

describe('the next page of a list', () => {
  it.each([
    ['another host', 'https://evil.example.com/v1/a1/Events?cursor=x'],
    ['a host that only begins like it', 'https://api.example.com.evil.example/v1/a1/Events?cursor=x'],
    ['another port', 'https://api.example.com:8443/v1/a1/Events?cursor=x'],
    ['no encryption', 'http://api.example.com/v1/a1/Events?cursor=x'],
    ['somebody signed in', 'https://u:p@evil.example.com/v1/a1/Events?cursor=x'],
    ['another path', 'https://api.example.com/v1/a1/keys?cursor=x'],
    ['a path below', 'https://api.example.com/v1/a1/Events/all?cursor=x'],
    ['no address at all', 'https://'],
  ])('is not asked for at %s, and the rest is known to be missing', async (_, next) => {
    const { after, stop } = await read({ pages: { url: 'next' }, bodies: [{ items: two, next }] })
    expect(after).toEqual([])
    expect(stop).toMatchObject({ state: 'partial', why: expect.stringContaining('not followed') })
  })

  it.each([
    ['with other capitals', 'https://api.example.com/v1/a1/events?cursor=x%2Fy'],
    ['without its host', '/v1/a1/Events?cursor=x%2Fy'],
  ])('is asked for by what stands in the query of its address, %s', async (_, next) => {
    const { after, stop } = await read({ pages: { url: 'next' }, bodies: [{ items: two, next }] })
    expect(after).toEqual([{ query: [['cursor', 'x/y']] }])
    expect(stop).toBeUndefined()
  })

  it('is not asked for at another host that a header names', async () => {
    const { after, stop } = await read({
      pages: { link: 'header' },
      bodies: [{ items: two }],
      headers: { link: '<https://evil.example.com/v1/a1/Events?page=2>; rel="next"' },
    })
    expect(after).toEqual([])
    expect(stop).toMatchObject({ state: 'partial' })
  })

  it.each([{ url: 'next' }, { next: 'next', param: 'after' }])(
    'that is named by no text is missing, and not the end: %j',
    async pages => {
      const { after, stop } = await read({ pages, bodies: [{ items: two, next: { starting_after: 'x' } }] })
      expect(after).toEqual([])
      expect(stop).toMatchObject({ state: 'partial', why: expect.stringContaining('not understood') })
    },
  )

  it('that was read before is not read again', async () => {
    const { read: count, stop } = await read({
      pages: { next: 'next', param: 'after' },
      bodies: Array.from({ length: 9 }, () => ({ items: two, next: 'x' })),
    })
    expect([count, stop?.state]).toEqual([2, 'partial'])
  })

  it('is the last where it is empty, for lists that always name another', async () => {
    const { read: count, stop } = await read({
      pages: { next: 'next', param: 'after', until_empty: true },
      bodies: [
        { items: two, next: 'a' },
        { items: [], next: 'b' },
      ],
    })
    expect([count, stop]).toEqual([2, undefined])
  })

  it('can be another request, which the file names and no answer', async () => {
    const { after } = await read({
      pages: { next: 'next', param: 'cursor', in: 'body', request: 'POST /v1/Events/continue' },
      bodies: [{ items: two, next: 'a', request: 'POST /v1/keys' }],
    })
    expect(after).toEqual([{ param: 'cursor', value: 'a', in: 'body', request: 'POST /v1/Events/continue' }])
  })

  it.each([
    [{ form: 'ms' }, 1_795_500_000_000],
    [{ form: 'ms', inclusive: true }, 1_795_499_999_999],
    [{ form: 'iso' }, '2026-11-24T06:00:00.000Z'],
    [{ form: 'iso', inclusive: true }, '2026-11-24T05:59:59.999Z'],
  ])('begins before the oldest entry: %j', async (how, value) => {
    const { after, stop } = await read({
      pages: { oldest: 'items.-1.at', param: 'until', size: 2, ...how },
      bodies: [{ items: two }, { items: two.slice(0, 1) }],
    })
    expect(after).toEqual([{ param: 'until', value, in: 'query' }])
    expect(stop).toBeUndefined()
  })

  it.each([
    ['the page that is shorter than its provider makes them', { size: 2 }, [1, 2], 2],
    ['an empty one, where nobody says how long they are', {}, [1, 2, 3], 3],
    ['an empty one, by the entries that came', { entries: true }, [2, 4, 5], 3],
  ])('is counted up to %s', async (_, how, values, pages) => {
    const { after, read: count } = await read({
      pages: { number: 'page', from: 0, ...how },
      bodies: [{ items: two }, { items: two }, { items: two.slice(0, 1) }],
    })
    expect(after.map(next => next !== undefined && 'value' in next && next.value)).toEqual(values)
    expect(count).toBe(pages + 1)
  })

  it.each(['never', {}, 9e15, null])('is missing, and not the end, after an oldest entry of the time %j', async at => {
    const { after, stop } = await read({
      pages: { oldest: 'items.-1.at', param: 'until', form: 'iso', size: 1 },
      bodies: [{ items: [{ at }] }],
    })
    expect([after, stop?.state]).toEqual([[], 'partial'])
  })

  it('is not asked for beyond what a search ever shows, and the rest is known to be missing', async () => {
    const { read: count, stop } = await read({
      pages: { number: 'page', from: 0, size: 2 },
      at_most: 4,
      bodies: Array.from({ length: 9 }, () => ({ items: two })),
    })
    expect(count).toBe(2)
    expect(stop).toMatchObject({ state: 'partial', why: 'it tells no more than 4 entries at a time' })
  })
})

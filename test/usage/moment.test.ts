import { describe, expect, it } from 'vitest'
import { moment } from '../../src/usage/moment.ts'

const at = Date.UTC(2026, 10, 1, 10, 0, 0)

describe('a time in a log', () => {
  it.each([
    ['2026-11-01T10:00:00Z', at],
    ['2026-11-01T10:00:00.123456789Z', at + 123],
    ['2026-11-01 10:00:00', at],
    ['2026-11-01 10:00:00.061000000', at + 61],
    ['2026-11-01 12:00:00.5 +0200', at + 500],
    ['2026-11-01T12:00:00+02', at],
    ['2026-11-01 11:00:00 CET', at],
    ['2026-11-01 10:00 UTC', at],
    ['01/Nov/2026:12:00:00 +0200', at],
    ['11/1/2026, 10:00:00 AM', at],
    [at, at],
    [at / 1000, at],
    [`${at}`, at],
    [`${at}000`, at],
    [at * 1000, at],
  ])('%s is read', (text, expected) => {
    expect(moment(text)).toBe(expected)
  })

  it.each([
    '',
    'yesterday',
    '2026-13-45T10:00:00Z',
    '2026-11-01 10:00:00 IST',
    '12',
    0,
    -5,
    Number.NaN,
    {},
    null,
    '9'.repeat(30),
  ])('%s is none', text => {
    expect(moment(text)).toBeUndefined()
  })
})

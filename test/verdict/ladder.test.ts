import { describe, expect, it } from 'vitest'
import type { SafeRequest } from '../../src/model/request.ts'
import { combine, type Verdict } from '../../src/model/verdict.ts'
import { probe } from '../../src/probe/probe.ts'

const sentAt = '2026-11-24T10:00:00.000Z'
const request = { method: 'GET', origin: 'https://api.example.com', path: '/' } as unknown as SafeRequest

describe('several hosts or pairs', () => {
  const one = (state: Verdict['state'], reason: Verdict['reason'], note = ''): Verdict => ({
    state,
    reason,
    because: note,
    checkedAt: sentAt,
    evidence: [{ request: note, at: sentAt }],
  })
  const table: readonly (readonly [readonly (readonly [Verdict['state'], Verdict['reason']])[], string, string])[] = [
    [
      [
        ['dead', 'rejected'],
        ['live', 'works'],
      ],
      'live',
      'works',
    ],
    [
      [
        ['unknown', 'unreachable'],
        ['live', 'limited'],
      ],
      'live',
      'limited',
    ],
    [
      [
        ['live', 'locked'],
        ['live', 'works'],
      ],
      'live',
      'works',
    ],
    [
      [
        ['dead', 'revoked'],
        ['unknown', 'unreachable'],
      ],
      'unknown',
      'unreachable',
    ],
    [
      [
        ['dead', 'rejected'],
        ['dead', 'rejected'],
      ],
      'dead',
      'rejected',
    ],
    [
      [
        ['dead', 'rejected'],
        ['dead', 'disabled'],
        ['dead', 'expired'],
        ['dead', 'revoked'],
      ],
      'dead',
      'revoked',
    ],
    [
      [
        ['dead', 'rejected'],
        ['dead', 'expired'],
      ],
      'dead',
      'expired',
    ],
    [
      [
        ['skipped', 'no_check'],
        ['dead', 'rejected'],
      ],
      'dead',
      'rejected',
    ],
    [
      [
        ['skipped', 'no_check'],
        ['unknown', 'cancelled'],
      ],
      'unknown',
      'cancelled',
    ],
  ]
  it.each(table)('%j together are %s, %s', (verdicts, state, reason) => {
    for (const order of [verdicts, verdicts.toReversed()]) {
      const together = combine(order.map(([each, why], index) => one(each, why, String(index))))
      expect(together).toMatchObject({ state, reason })
      expect(together?.evidence).toHaveLength(verdicts.length)
    }
  })

  it('of none is none', () => expect(combine([])).toBeUndefined())
})

describe('the ladder', () => {
  const rung = (name: string): SafeRequest => ({ ...request, name })
  const ladder = [rung('first'), rung('second')]
  const says = (verdict: Partial<Verdict>): Verdict => ({
    state: 'live',
    reason: 'works',
    because: '',
    checkedAt: sentAt,
    evidence: [{ request: '', at: sentAt }],
    ...verdict,
  })

  it('stops at a rung that decides', async () => {
    const asked: string[] = []
    await probe([{ ladder }], async ({ name }) => {
      asked.push(name)
      return { verdict: says({}) }
    })
    expect(asked).toEqual(['first'])
  })

  it('lets the next rung decide what the first left open', async () => {
    const verdict = await probe([{ ladder }], async ({ name }) =>
      name === 'first'
        ? { verdict: says({ state: 'unknown', reason: 'unrecognised' }), then: 'second', open: true }
        : { verdict: says({ state: 'dead', reason: 'revoked' }) },
    )
    expect(verdict).toMatchObject({ state: 'dead', reason: 'revoked' })
    expect(verdict?.evidence).toHaveLength(2)
  })

  it('keeps what a rung has decided, and adds what the next knows of a live key', async () => {
    const verdict = await probe([{ ladder }], async ({ name }) =>
      name === 'first'
        ? { verdict: says({ identity: { a: '1' } }), then: 'second' }
        : { verdict: says({ identity: { b: '2' }, grants: ['read'] }) },
    )
    expect(verdict).toMatchObject({ state: 'live', identity: { a: '1', b: '2' }, grants: ['read'] })
  })

  it.each<Partial<Verdict>>([
    { state: 'dead', reason: 'revoked' },
    { state: 'unknown', reason: 'unreachable' },
  ])('does not let a later rung undo a verdict: %o', async later => {
    const verdict = await probe([{ ladder }], async ({ name }) =>
      name === 'first' ? { verdict: says({}), then: 'second' } : { verdict: says(later) },
    )
    expect(verdict).toMatchObject({ state: 'live', reason: 'works' })
  })

  it('asks no second host once one says that the key works', async () => {
    let asked = 0
    await probe([{ ladder }, { ladder }], async () => {
      asked++
      return { verdict: says({}) }
    })
    expect(asked).toBe(1)
  })
})

import { describe, expect, it } from 'vitest'
import type { UsageEvent } from '../../src/model/usage.ts'
import { attemptsOn } from '../../src/signals/attempts.ts'

const at = (hour: number): number => Date.parse(`2026-11-01T${String(hour).padStart(2, '0')}:00:00Z`)
const event = (hour: number, outcome: UsageEvent['outcome'], more: Partial<UsageEvent> = {}): UsageEvent => ({
  id: `e${hour}`,
  at: at(hour),
  source: 'vault',
  kind: 'event',
  credential: { uid: 'k', match: 'exact' },
  action: 'read kv',
  verb: 'read',
  outcome,
  ip: '203.0.113.9',
  ...more,
})
const byUser = { credential: { uid: 'app', match: 'principal' }, verb: 'auth', action: 'connect' } as const

describe('attempts on a dead key', () => {
  it('are the refused calls after the last that worked, each caller once', () => {
    const events = [event(1, 'failure'), event(2, 'success'), event(3, 'failure'), event(5, 'failure')]
    expect(attemptsOn({ state: 'dead' }, events)).toEqual({
      by: 'key',
      workedAt: '2026-11-01T02:00:00.000Z',
      count: 2,
      callers: [
        {
          ip: '203.0.113.9',
          firstAt: '2026-11-01T03:00:00.000Z',
          lastAt: '2026-11-01T05:00:00.000Z',
          count: 2,
          actions: ['read kv'],
        },
      ],
    })
  })

  it.each([
    ['the key works', 'live', [event(1, 'failure')]],
    ['nothing was refused', 'dead', [event(1, 'success')]],
    ['the last call worked', 'dead', [event(1, 'failure'), event(2, 'success')]],
    ['we made them ourselves', 'dead', [event(1, 'failure', { ours: true })]],
    ['a log says not how it ended', 'dead', [event(1, 'unknown')]],
    ['its user alone was refused something', 'dead', [event(1, 'failure', { ...byUser, verb: 'read' })]],
  ] as const)('are none where %s', (_, state, events) => expect(attemptsOn({ state }, events)).toBeUndefined())

  it('are refused sign-ins since the leak where a log names only the user, whatever works meanwhile', () => {
    const events = [
      event(1, 'failure', byUser),
      event(3, 'failure', byUser),
      event(4, 'success', byUser),
      event(5, 'failure', { ...byUser, ip: '203.0.113.10' }),
    ]
    const found = attemptsOn({ state: 'dead' }, events, '2026-11-01T02:00:00.000Z')
    expect(found).toMatchObject({ by: 'user', count: 2, callers: [{ ip: '203.0.113.10' }, { ip: '203.0.113.9' }] })
    expect(found).not.toHaveProperty('workedAt')
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { spaced } from '../../src/engine/pace.ts'
import { done, failing, planned, reply, settles, simulate } from './support.ts'

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') }))
afterEach(() => void vi.useRealTimers())

describe('the ledger', () => {
  it('has a line for each attempt, before and after', async () => {
    const { send, ledger } = simulate(call =>
      call === 1 ? failing('ECONNRESET') : call === 2 ? reply(503) : reply(200),
    )
    await done(send(planned(), settles))
    expect(ledger.lines).toEqual([
      'sent acme-1 /v1/me',
      'answered 1 tcp',
      'sent acme-1 /v1/me',
      'answered 2 503',
      'sent acme-1 /v1/me',
      'answered 3 200',
    ])
  })

  it('that can not be written keeps every byte at home', async () => {
    const calls: unknown[] = []
    const full = () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    const send = createEngine({
      transport: async wire => {
        calls.push(wire)
        return reply(200)
      },
      pace: spaced(),
      ledger: { sent: full, answered: () => undefined, head: () => null, close: () => undefined },
      agent: 'test',
      timeout: 1000,
      attempts: 3,
      patience: 0,
      signal: new AbortController().signal,
      wait: async () => undefined,
    })
    expect((await done(send(planned(), settles))).none?.reason).toBe('unreachable')
    expect(calls).toEqual([])
  })
})

it('says who asks, for which run, and what the provider called the request', async () => {
  const { send, calls } = simulate(() => reply(200, { 'acme-id': 'r-1' }), { wasUnderWay: () => true })
  const answer = await done(send(planned({ requestIdHeader: 'acme-id' }), settles))
  expect(answer).toMatchObject({ requestId: 'r-1', repeated: true })
  expect(calls[0]?.wire.headers['user-agent']).toBe('afterleak/test (run 1)')
})

import { describe, expect, it, vi } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { Apart } from '../../src/engine/apart.ts'
import type { Case } from '../../src/model/credential.ts'
import type { Judged } from '../../src/model/verdict.ts'
import { keyOf } from '../../src/store/journal.ts'
import { done } from '../engine/support.ts'
import { aws, type Truth, walked } from './aws-world.ts'
import type { Plain } from './support.ts'

const ids = [0, 1].map(index => madeUp('AKIA{aws-account:123456789012}', `id ${index}`))
const secrets = [0, 1, 2].map(index => madeUp('{base64:40}', `secret ${index}`))

function idOf({ shown }: Case): string | undefined {
  return ids.find(id => shown.includes(id))
}

describe('a key whose secret was found near it', () => {
  const [id = '', otherId = ''] = ids
  const [secret = '', other = '', third = ''] = secrets
  const at = (value: string, line: number): Plain => ({
    rule: value.startsWith('AKIA') ? 'aws-access-token' : 'generic-api-key',
    value,
    file: 'x/y',
    line,
  })

  it('is live with the second candidate, which no other key is then tried with', async () => {
    const cases = await walked(
      [at(id, 10), at(other, 11), at(secret, 13), at(otherId, 15)],
      aws(
        new Map([
          [id, secret],
          [otherId, third],
        ]),
      ),
    )
    expect(
      cases.map(one => [idOf(one), one.verdict.state, one.verdict.reason, one.pairing, one.findings.length]),
    ).toEqual([
      [id, 'live', 'works', 'near', 2],
      [undefined, 'skipped', 'no_validator', undefined, 1],
      [otherId, 'unknown', 'ambiguous_pair', undefined, 1],
    ])
    expect(cases[2]?.candidates?.map(({ shown }) => shown)).toHaveLength(1)
  })

  it('is undecided where none is accepted, and its candidates are named', async () => {
    const [one] = await walked([at(id, 10), at(other, 11), at(secret, 13)], aws(new Map([[id, third]])))
    expect(one?.verdict).toMatchObject({ state: 'unknown', reason: 'ambiguous_pair' })
    expect(one?.verdict.because).toMatch(/2 could belong to it.*…/)
    expect(one?.candidates).toHaveLength(2)
    // Each of them was refused twice.
    expect(one?.verdict.evidence).toHaveLength(4)
  })

  it('is incomplete where all that stood near it belongs to others, and what was asked stays on record', async () => {
    const [, second] = await walked(
      [at(id, 10), at(secret, 11), at(otherId, 12)],
      aws(
        new Map([
          [id, secret],
          [otherId, third],
        ]),
      ),
    )
    expect(second?.verdict).toMatchObject({ state: 'skipped', reason: 'incomplete' })
    expect(second?.verdict.evidence).toHaveLength(2)
  })

  it('is undecided as long as one answer is missing', async () => {
    const real = aws(new Map([[id, secret]]))
    const send: typeof real = async (request, settles) => {
      const answer = await real(request, settles)
      return answer.reply?.status === 200
        ? { sentAt: answer.sentAt, none: { reason: 'unreachable', note: 'no answer' } }
        : answer
    }
    const [one] = await walked([at(id, 10), at(other, 11), at(secret, 13)], send)
    expect(one?.verdict).toMatchObject({ state: 'unknown', reason: 'unreachable' })
  })

  it('proves nothing where another key is accepted with the same secret', async () => {
    const real = aws(new Map())
    const send: typeof real = (request, settles) => {
      const { key_id: asked } = request.parts
      const own = asked?.public === true ? asked.text : ''
      return aws(new Map([[own, secret]]))(request, settles)
    }
    const cases = await walked([at(id, 10), at(secret, 11), at(otherId, 12)], send)
    expect(cases.map(({ verdict }) => verdict.reason)).toEqual(['unreliable', 'no_validator', 'unreliable'])
  })

  it('is not missed where AWS refuses its id for five seconds after a wrong secret', async () => {
    vi.useFakeTimers()
    try {
      const right = aws(new Map([[id, secret]]))
      const none = aws(new Map([[id, '']]))
      let refusedUntil = 0
      const remembering: typeof right = async (request, settles) => {
        const answer = await (Date.now() < refusedUntil ? none : right)(request, settles)
        if (answer.reply?.status === 403) refusedUntil = Math.max(refusedUntil, Date.now() + 5000)
        return answer
      }
      const apart = new Apart(Date.now, milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)))
      const going = new AbortController().signal
      const spaced: typeof right = (request, settles) =>
        apart.after(request, going, () => remembering(request, settles))
      const cases = walked([at(id, 10), at(other, 11), at(secret, 13)], spaced)
      expect((await done(cases)).map(({ verdict }) => verdict.state)).toEqual(['live', 'skipped'])
    } finally {
      vi.useRealTimers()
    }
  })

  it('is not asked about again where an earlier run has the answers, however sure its pair was then', async () => {
    const known = new Map<string, Judged>()
    const memo = {
      async once(request: Parameters<typeof keyOf>[0], ask: () => Promise<Judged>): Promise<Judged> {
        const judged = known.get(keyOf(request)) ?? (await ask())
        known.set(keyOf(request), judged)
        return judged
      },
    }
    const truth: Truth = new Map([[id, third]])
    const asked: string[] = []
    const whole: Plain = { tool: 'trufflehog', rule: 'AWS', value: `${id}:${secret}` }
    const first = await walked(
      [whole],
      aws(truth, one => asked.push(one)),
      memo,
    )
    const then = await walked(
      [at(id, 10), at(secret, 11)],
      aws(truth, one => asked.push(one)),
      memo,
    )
    expect([first, then].map(([one]) => one?.verdict.state)).toEqual(['dead', 'unknown'])
    expect(asked).toHaveLength(2)
  })
})

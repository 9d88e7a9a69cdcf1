import { describe, expect, it } from 'vitest'
import type { Credential, Pairing } from '../../src/model/credential.ts'
import { Secret } from '../../src/model/secret.ts'
import type { Judged, Verdict } from '../../src/model/verdict.ts'
import { confirmed, doubted, mayMisjudge } from '../../src/verdict/doubt.ts'

function judged(state: Verdict['state'], of?: readonly string[]): Judged {
  const reason = state === 'dead' ? 'rejected' : state === 'live' ? 'works' : 'unreachable'
  const at = '2026-11-24T10:00:00.000Z'
  const verdict: Verdict = { state, reason, because: 'So it is.', checkedAt: at, evidence: [{ request: state, at }] }
  return { verdict, final: true, ...(of !== undefined && { of }) }
}

function credential(pairing?: Pairing): Credential {
  return {
    id: 'acme-1',
    provider: 'acme',
    kind: 'key',
    parts: {
      id: { public: true, text: 'ID1' },
      secret: { public: false, secret: new Secret('a-secret-of-some-length') },
    },
    facts: {},
    shown: 'ID1',
    ...(pairing !== undefined && { pairing }),
  }
}

const near: Pairing = { by: 'near', sure: ['id'] }

describe('a refusal', () => {
  it.each<readonly [string, Judged, Pairing | undefined, string]>([
    ['of parts found together stays dead', judged('dead'), undefined, 'dead'],
    ['of parts found apart may just mean that they do not belong together', judged('dead'), near, 'unknown'],
    ['of what was found alone stays dead, whatever it was put together with', judged('dead', ['id']), near, 'dead'],
    ['of what was only put to it says nothing of it', judged('dead', ['secret']), near, 'unknown'],
    ['of both, named, says no more than of both', judged('dead', ['id', 'secret']), near, 'unknown'],
  ])('%s', (_, answer, pairing, state) => {
    const { verdict, final } = doubted(answer, credential(pairing))
    expect([verdict.state, final, verdict.evidence.length]).toEqual([state, true, 1])
    if (state === 'unknown') {
      expect(verdict.reason).toBe('ambiguous_pair')
      expect(verdict.because).toBe(
        'It was refused together with the secret a-se…ngth, which was found near it: they may not belong together.',
      )
    }
  })

  it('is heard twice only where it is of all parts together', () => {
    expect([judged('dead'), judged('dead', ['id']), judged('live'), judged('unknown')].map(mayMisjudge)).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  it('that comes twice is the second, with both as evidence', () => {
    expect(confirmed(judged('dead'), judged('live')).verdict).toMatchObject({
      state: 'live',
      evidence: [{ request: 'dead' }, { request: 'live' }],
    })
  })
})

it('leaves alone what is live or undecided', () => {
  for (const answer of [judged('live'), judged('unknown')]) expect(doubted(answer, credential(near))).toBe(answer)
})

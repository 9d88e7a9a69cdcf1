import { describe, expect, it } from 'vitest'
import { prioritySentence } from '../../src/model/priority-sentence.ts'
import { decided, inPublic, misuse, own, session, signal, verdict } from './support.ts'

const root = { identity: { arn: 'arn:aws:iam::123456789012:root' } }

/** Decision, name of the first override, row. */
function short(made: ReturnType<typeof decided>) {
  return [made.decision, made.overrides[0]?.split(':')[0], made.row !== undefined]
}

describe('a rule before the table', () => {
  it.each([
    ['a dead key is done', { verdict: verdict('revoked') }, ['none', 'dead', false]],
    [
      'an expired one too, however public',
      { findings: [inPublic], verdict: verdict('expired', root) },
      ['none', 'dead', false],
    ],
    [
      'a dead key that was misused is to be investigated',
      { verdict: verdict('revoked'), misuse: misuse() },
      ['investigate', 'dead', false],
    ],
    [
      'a live root key in public is to go now',
      { findings: [inPublic], verdict: verdict('works', root) },
      ['act_now', 'admin_in_public', false],
    ],
    [
      'a live root key inside is left to the table',
      { verdict: verdict('works', root) },
      ['out_of_cycle', undefined, true],
    ],
    [
      'likely misuse of high impact is to be stopped now, wherever it leaked',
      { misuse: misuse() },
      ['act_now', 'likely_misuse', false],
    ],
    [
      'p of just .9 counts as likely',
      { misuse: misuse({ sessions: [session({ p: 0.9 })] }) },
      ['act_now', 'likely_misuse', false],
    ],
    [
      'p just below .9 is left to the table',
      { misuse: misuse({ sessions: [session({ p: 0.899 })] }) },
      ['out_of_cycle', undefined, true],
    ],
    [
      'likely misuse of low impact is left to the table',
      { misuse: misuse(), verdict: verdict('works', { grants: ['gist'] }) },
      ['out_of_cycle', undefined, true],
    ],
    [
      "the provider's quarantine is to be followed now",
      { misuse: misuse({ sessions: [own(2, { signals: [signal('provider', 9)] })] }) },
      ['act_now', 'quarantined', false],
    ],
    [
      "AWS's quarantine policy among its rights says the same",
      { verdict: verdict('works', { grants: ['AWSCompromisedKeyQuarantineV3'] }) },
      ['act_now', 'quarantined', false],
    ],
    [
      'what nobody could check is treated as live',
      { verdict: verdict('unreachable') },
      ['scheduled', 'liveness_unknown', true],
    ],
    [
      'what was skipped is treated as live',
      { findings: [inPublic], verdict: verdict('no_check') },
      ['out_of_cycle', 'liveness_unknown', true],
    ],
    ['a canary is never revoked', { findings: [inPublic], verdict: verdict('canary') }, ['none', 'canary', false]],
    [
      'a canary is never revoked, even if it is used',
      { verdict: verdict('canary'), misuse: misuse() },
      ['none', 'canary', false],
    ],
    [
      'a publishable key can wait',
      { findings: [inPublic], verdict: verdict('not_a_secret') },
      ['none', 'client_side', false],
    ],
    [
      "somebody else's key is theirs",
      { verdict: verdict('out_of_scope', { identity: { account: '1' } }) },
      ['none', 'not_yours', false],
    ],
    [
      'a key that was merely not asked is treated as live',
      { verdict: verdict('out_of_scope') },
      ['scheduled', 'liveness_unknown', true],
    ],
    [
      'what can not work by its form is done',
      { findings: [inPublic], verdict: verdict('malformed') },
      ['none', 'malformed', false],
    ],
    [
      'but not if a log knows its id, which has worked then',
      { verdict: verdict('malformed'), misuse: misuse() },
      ['act_now', 'likely_misuse', false],
    ],
  ])('%s', (_, one, expected) => expect(short(decided(one))).toEqual(expected))

  it('never calls an unknown administrator’s key live', () =>
    expect(short(decided({ findings: [inPublic], verdict: verdict('unreachable', root) }))).toEqual([
      'out_of_cycle',
      'liveness_unknown',
      true,
    ]))

  it('is printed by its name instead of a row', () =>
    expect(prioritySentence(decided({ misuse: misuse() }))).toMatch(
      /^act now: .* \[rule likely_misuse: the chance of misuse is 90 % or more, and the impact high\]$/,
    ))

  it('knows a key for a whole account by its kind', () =>
    expect(short(decided({ provider: 'openai', kind: 'admin-key', findings: [inPublic] }))).toEqual([
      'act_now',
      'admin_in_public',
      false,
    ]))
})

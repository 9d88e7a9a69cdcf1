import { describe, expect, it } from 'vitest'
import type { Case } from '../../src/model/credential.ts'
import { decide } from '../../src/priority/decide.ts'
import { explainMarkdown } from '../../src/report/explain-markdown.ts'
import { explainText } from '../../src/report/explain-text.ts'
import { explanationOf } from '../../src/report/explanation.ts'
import { width } from '../../src/report/width.ts'
import { shipped } from '../identify/support.ts'
import { hoursAgo, inPublic, misuse, now, own, session } from '../priority/support.ts'
import { aCase, hostile, manyPlaces } from './fixture.ts'

const kinds = shipped.flatMap(provider =>
  Object.keys(provider.kinds).map(kind => ({ provider, kind, id: `${provider.id} ${kind}` })),
)

function providerOf({ provider }: Case) {
  return shipped.find(({ id }) => id === provider)
}

/** The case with its priority, in words. */
function explained(one: Case) {
  const provider = providerOf(one)
  return explanationOf({ ...one, priority: decide(one, provider, { now }) }, provider)
}

function text(one: Case, columns = 80): string {
  return [...explainText(explained(one), columns)].join('')
}

const aws = { provider: 'aws', kind: 'access-key', name: 'AWS', shown: 'AKIA…7Q2A', findings: [inPublic] }
const misused = misuse({
  sessions: [session(), own(5)],
  children: ['AKIA…M3RD'],
  firstAt: hoursAgo(5),
  coverage: [
    { source: 'cloudtrail', state: 'ok', covers: 'key', blind: ['management events only: S3 reads are not seen'] },
  ],
})

describe('an explanation', () => {
  it.each([
    [
      'is being misused',
      aCase('works', { ...aws, misuse: misused }),
      /^Stay calm\. Revoke it now, because somebody else is using it, and mend the one client that it breaks\./,
    ],
    [
      'is used by its owner',
      aCase('works', { ...aws, misuse: misuse({ sessions: [own(5)] }) }),
      /^Stay calm\. Make a new key first and revoke this one then, because your own programs use it/,
    ],
    [
      'is used by nobody',
      aCase('works', { ...aws, misuse: misuse({ sessions: [own(900)] }) }),
      /^Stay calm\. Revoke it: no program of yours/,
    ],
    ['has no log', aCase('works', aws), /^Stay calm\. Make a new key first .* is not known\./],
    ['could not be asked', aCase('unreachable', aws), /treat it as if it did\./],
    ['is dead', aCase('revoked', aws), /^Stay calm: it does not work any more\. Nothing needs to be revoked\./],
    ['is dead and was misused', aCase('revoked', { ...aws, misuse: misused }), /Find out what was done with it/],
    ['is a decoy', aCase('canary', aws), /^Stay calm: this is a decoy\./],
    ['is public', aCase('not_a_secret', { kind: 'publishable-key' }), /^Stay calm: this is meant to be public\./],
    [
      'is somebody else’s',
      aCase('out_of_scope', aws, { identity: { account: '1' } }),
      /^Stay calm: this key is not yours to revoke\./,
    ],
  ])('of a key that %s says first what to do, and why', (_, one, expected) =>
    expect(explained(one).calm).toMatch(expected),
  )

  it('takes a misused key away first, and its children with it', () => {
    const steps = explained(aCase('works', { ...aws, misuse: misused })).steps.map(step => step.do)
    expect(steps[0]).toBe('Take the key away at AWS.')
    expect(steps[2]).toBe('Take away what was made with it: 1 key.')
    expect(steps.findIndex(step => step.startsWith('Make a new key'))).toBe(3)
  })

  it('never takes a key away before its programs have another, where nobody misuses it', () => {
    const { steps } = explained(aCase('works', { ...aws, misuse: misuse({ sessions: [own(5)] }) }))
    expect(steps.map(step => step.do.split(/[ ,]/, 2).join(' '))).toEqual([
      'Make a',
      'Give the',
      'See that',
      'Take the',
      'See that',
      'Find out',
      'Take it',
    ])
    expect(steps[0]?.do).toMatch(/Leave the old one until step 4\./)
    expect(steps[1]?.details).toEqual(['terraform from 10.2.0.4, last seen 2026-11-24 05:00 UTC'])
  })

  it('gets programs ready first where a new key ends the old one', () => {
    const { steps, calm } = explained(aCase('works', { provider: 'telegram', kind: 'bot-token', name: 'Telegram' }))
    expect(calm).toMatch(/^Stay calm\. Get its programs ready for a new key first/)
    expect(steps.map(step => step.do.split(' ', 2).join(' ')).slice(0, 3)).toEqual([
      'Find every',
      'Take the',
      'Give the',
    ])
  })

  it('has an expected result and a way back for every step, and a command or a link for what is done somewhere', () => {
    for (const reason of ['works', 'revoked', 'unreachable', 'no_validator'] as const)
      for (const { do: what, expect: then, back } of explained(aCase(reason, aws)).steps) {
        expect(what).not.toBe('')
        expect(then.length).toBeGreaterThan(10)
        expect(back.length).toBeGreaterThan(3)
      }
  })

  it('revokes nothing that is dead, a decoy, public or not yours', () => {
    for (const reason of ['revoked', 'canary', 'not_a_secret', 'out_of_scope'] as const)
      expect(
        explained(aCase(reason, aws, { identity: { account: '1' } }))
          .steps.map(step => step.do)
          .filter(step => /^(?:Take the key away|Make a new key)/.test(step)),
      ).toEqual([])
  })

  it('says what is known with numbers, and what was not seen', () => {
    const { known } = explained(
      aCase(
        'works',
        { ...aws, misuse: misused },
        { identity: { account: '123456789012' }, grants: ['iam:PutUserPolicy', 's3:GetObject'] },
      ),
    )
    expect(known).toEqual(
      expect.arrayContaining([
        'It belongs to 123456789012.',
        'It may iam:PutUserPolicy, s3:GetObject.',
        'Its owner was not seen to use iam:PutUserPolicy. The new key needs none of it.',
        'Who could read it: github.com, public, 6 h.',
        'Somebody else is very likely using it since 2026-11-24 05:00 UTC (chance of misuse 97 %).',
        'Network says so.',
        'It made other keys, which must go too: AKIA…M3RD.',
        'Not seen: cloudtrail: management events only: S3 reads are not seen.',
      ]),
    )
  })

  it('never calls a key clean', () => {
    for (const seen of [
      misuse({ sessions: [own(3)] }),
      misuse({ level: 'no_log', sessions: [] }),
      misuse({ level: 'insufficient', sessions: [] }),
    ])
      expect(text(aCase('works', { ...aws, misuse: seen }))).not.toMatch(/clean|safe to keep/i)
  })

  it('counts all places and names the first', () =>
    expect(text(aCase('works', { findings: manyPlaces(3204) }))).toMatch(
      /Found in 3,204 places, first logs\/part-1\.txt:1 \(2026-11-01, public\)\./,
    ))

  it('says that a log is missing where a provider has none', () =>
    expect(explained(aCase('works', { provider: 'telegram', kind: 'bot-token' })).evidence).toContainEqual({
      where: 'nowhere',
      says: expect.stringMatching(/^The Bot API keeps no log of calls/),
      link: expect.stringMatching(/^https:/),
    }))

  it('explains a key of nobody’s', () => {
    const one = aCase('no_validator', { provider: null, kind: null, name: null, shown: '9f…c1' })
    expect(text(one)).toMatch(/Find out whose key 9f…c1 is/)
  })
})

describe('the text', () => {
  it.each(kinds)(
    'of $id fits in 80 columns, but for an address or a line of code that must stay whole',
    ({ provider, kind }) => {
      for (const seen of [undefined, misused, misuse({ sessions: [own(900)] })]) {
        const one = aCase('works', {
          provider: provider.id,
          kind,
          name: provider.name,
          ...(seen !== undefined && { misuse: seen }),
        })
        const wide = text(one)
          .split('\n')
          .filter(line => width(line) > 80 && !/^\s*https:\/\/\S+$/.test(line))
        expect(wide).toEqual([])
      }
    },
  )

  it('lets nothing hostile through', () => {
    const place = { scanner: hostile, file: hostile, url: `https://${hostile}` }
    const one = aCase(
      'works',
      { ...aws, shown: hostile, id: hostile, findings: [place] },
      { because: hostile, identity: { account: hostile } },
    )
    for (const character of ['\u001b', '\u202e']) expect(text(one)).not.toContain(character)
    const markdown = [...explainMarkdown(explained(one))].join('').replaceAll(/(`+)[^`].*?\1(?!`)/g, '')
    expect(markdown).not.toMatch(/(?<!\\)(?:<\/?script|<img|\]\(http:)/)
  })

  it('is the same in Markdown, with code in three languages', () => {
    const markdown = [...explainMarkdown(explained(aCase('works', aws)))].join('')
    expect(markdown).toMatch(/^## AWS access key AKIA…7Q2A\n\n\*\*Stay calm\. /)
    expect(markdown).toMatch(/1\. \[ \] Make a new key/)
    expect([...markdown.matchAll(/^```(\w+)/gm)].map(([, language]) => language)).toEqual(
      ['sh', 'js', 'python'].flatMap(language => Array.from({ length: 4 }, () => language)),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { Subject } from '../../src/identify/subject.ts'
import { made, type Plain, understood } from './support.ts'

const { awsId, asia, awsSecret, session, stripe, hex } = made('pairing')
const other = made('another')
const id: Plain = { rule: 'aws-access-token', value: awsId, file: 'a/.env', line: 10 }
const secret: Plain = { rule: 'generic-api-key', value: awsSecret, file: 'a/.env', line: 11 }
const named: Plain = { ...secret, tool: 'secretlint', rule: 'AWSSecretAccessKey' }

/** Subjects in short, in the order of their names: `AKIA… near 2 places`, `AKIA… 2 options`, `… skipped/incomplete`. */
async function inWords(...plain: readonly Plain[]): Promise<readonly string[]> {
  return (await understood(plain)).subjects.map(told).toSorted()
}

function told({ provider, shown, credential, settled, pairing, options, findings }: Subject): string {
  const what =
    settled !== undefined
      ? `${settled.state}/${settled.reason}`
      : options !== undefined
        ? `${options.length} options`
        : `${pairing ?? 'certain'}${credential === undefined ? ' nothing' : ''}`
  return `${provider ?? 'nobody'} ${shown === awsId ? 'id' : shown === other.awsId ? 'other id' : '…'} ${what}, ${findings.length}`
}

describe('halves of one key', () => {
  const together = ['aws id near, 2']
  const alone = ['aws id skipped/incomplete, 1', 'nobody … skipped/no_validator, 1']
  const byName = ['aws id skipped/incomplete, 1', 'aws … skipped/incomplete, 1'].toSorted()

  it.each<readonly [string, readonly Plain[], readonly string[]]>([
    ['what a vague rule found on the next line, as it is only signed with', [id, secret], together],
    ['what another scanner found on the line before', [id, { ...named, line: 9 }], together],
    [
      'what stands on a line under its own name, whatever the rule and however far',
      [id, { ...secret, value: `AWS_SECRET_ACCESS_KEY = "${awsSecret}"`, line: 99 }],
      ['aws id file, 2'],
    ],
    [
      'not what stands there under another’s name',
      [id, { ...secret, value: `ACME_SECRET = "${awsSecret}"`, line: 99 }],
      alone,
    ],
    ['what stands as far away as the provider’s file allows', [id, { ...secret, line: 15 }], together],
    ['not what a vague rule found farther away', [id, { ...secret, line: 16 }], alone],
    ['not what a vague rule found in another file', [id, { ...secret, file: 'b/.env' }], alone],
    [
      'not what a vague rule found in the same commit',
      [
        { ...id, commit: 'c' },
        { ...secret, file: 'b', commit: 'c' },
      ],
      alone,
    ],
    ['not a commit’s hash', [id, { ...secret, value: hex }], alone],
    [
      'not what is somebody else’s',
      [id, { ...secret, value: stripe }],
      ['aws id skipped/incomplete, 1', 'stripe … certain, 1'],
    ],
    [
      'one path however it is written',
      [
        { ...id, file: './a\\.env' },
        { ...named, file: 'a/.env' },
      ],
      together,
    ],
    [
      'one path from the root of the disk and from where the scanner began',
      [id, { ...named, file: '/home/me/a/.env' }],
      together,
    ],
    [
      'not a path that could be two',
      [id, { ...named, file: '/one/a/.env' }, { ...named, value: other.awsSecret, file: '/two/a/.env' }],
      [...byName, 'aws … skipped/incomplete, 1'].toSorted(),
    ],
    [
      'places of the same commit',
      [
        { ...id, commit: 'c' },
        { ...named, file: 'b/x', commit: 'c' },
      ],
      ['aws id commit, 2'],
    ],
    [
      'not places of two commits',
      [
        { ...id, commit: 'c' },
        { ...named, file: 'b/x', commit: 'd' },
      ],
      byName,
    ],
    ['the only ones of a file', [id, { ...named, line: 400 }], ['aws id file, 2']],
    ['the only ones of a folder', [id, { ...named, file: 'a/other' }], ['aws id folder, 2']],
    [
      'the only ones of an archive',
      [
        { ...id, file: 'x.zip/a' },
        { ...named, file: 'x.zip/b/c' },
      ],
      ['aws id folder, 2'],
    ],
    ['not files of two folders', [id, { ...named, file: 'b/.env' }], byName],
    [
      'not files whose folder is unknown',
      [
        { ...id, file: 'x' },
        { ...named, file: 'y' },
      ],
      byName,
    ],
    [
      'not what has no place at all',
      [
        { rule: 'aws-access-token', value: awsId },
        { ...named, file: '' },
      ],
      byName,
    ],
    [
      'not one of several in a folder',
      [id, { ...named, file: 'a/b' }, { ...named, value: other.awsSecret, file: 'a/c' }],
      [...byName, 'aws … skipped/incomplete, 1'].toSorted(),
    ],
  ])('are put together: %s', async (_, plain, expected) => {
    expect(await inWords(...plain)).toEqual(expected)
    expect(await inWords(...plain.toReversed())).toEqual(expected)
  })

  it('make the credential that a scanner would have made of both, apart from how sure it is', async () => {
    const { subjects } = await understood([id, secret])
    const whole = await understood([{ tool: 'trufflehog', rule: 'AWS', value: `${awsId}:${awsSecret}` }])
    expect(subjects[0]?.id).toBe(whole.subjects[0]?.id)
    expect(subjects[0]?.facts).toEqual({ account: '123456789012' })
    expect(subjects[0]?.credential?.pairing).toEqual({ by: 'near', sure: ['key_id'] })
    expect(whole.subjects[0]?.credential?.pairing).toBeUndefined()
    expect(subjects[0]?.candidates).toEqual([
      {
        id: subjects[0]?.id,
        shown: `${awsSecret.slice(0, 4)}…${awsSecret.slice(-4)}`.replaceAll(/[^\w.+/=:…-]/g, '·'),
        pairing: 'near',
      },
    ])
  })

  it('are three of a temporary key, wherever each was found', async () => {
    const token: Plain = { tool: 'github', rule: 'aws_session_token', value: session, file: 'a/.env', line: 12 }
    const { subjects } = await understood([{ ...id, value: asia }, secret, token])
    expect(subjects.map(({ kind, credential }) => [kind, Object.keys(credential?.parts ?? {})])).toEqual([
      ['temporary-key', ['key_id', 'secret', 'session_token']],
    ])
    const without = await understood([{ ...id, value: asia }, secret])
    expect(without.subjects[0]?.settled?.because).toContain('session token')
  })

  it('are one where several rules found it', async () => {
    expect(await inWords(id, secret, named, { ...id, rule: 'generic-api-key' })).toEqual(['aws id near, 4'])
  })

  it('stay apart where the pair would be a decoy’s', async () => {
    const { canaryId } = made('pairing')
    const { subjects } = await understood([{ ...id, value: canaryId }, named])
    expect(subjects.map(({ settled }) => settled?.reason)).toEqual(expect.arrayContaining(['canary', 'incomplete']))
  })
})

describe('a pair that was found together', () => {
  const pair: Plain = { tool: 'trufflehog', rule: 'AWS', value: `${awsId}:${awsSecret}`, file: 'a/.env', line: 10 }

  it('is not broken up by what stands nearer', async () => {
    const { subjects } = await understood([
      pair,
      { ...named, value: other.awsSecret, line: 10 },
      { ...id, value: other.awsId, line: 30 },
    ])
    expect(subjects.find(({ shown }) => shown === awsId)?.credential?.pairing).toBeUndefined()
    expect(subjects.map(told).toSorted()).toEqual(['aws id certain, 1', 'aws other id file, 2'])
  })

  it('is doubted where another pair has its id, as an id has one secret', async () => {
    const ids = [awsId, other.awsId]
    const secrets = [awsSecret, other.awsSecret]
    const crossed = ids.flatMap(one => secrets.map(two => ({ ...pair, value: `${one}:${two}` })))
    const { subjects } = await understood(crossed)
    expect(subjects.map(told).toSorted()).toEqual(
      [
        'aws id 2 options, 2',
        'aws other id 2 options, 2',
        'aws … skipped/incomplete, 1',
        'aws … skipped/incomplete, 1',
      ].toSorted(),
    )
    expect(new Set(subjects.map(({ contest }) => contest)).size).toBe(1)
  })
})

describe('several candidates', () => {
  const secrets = Array.from({ length: 20 }, (_, index) => madeUp('{base64:40}', `many ${index}`))

  it('are all tried where that is harmless, the nearest first', async () => {
    const far: Plain = { ...secret, value: other.awsSecret, line: 13 }
    const { subjects } = await understood([far, id, secret])
    expect(subjects.map(told).toSorted()).toContain('aws id 2 options, 1')
    const [first, second] = subjects.find(({ shown }) => shown === awsId)?.options ?? []
    expect(first?.credential.id).toBe((await understood([id, secret])).subjects[0]?.id)
    expect(second?.credential.id).toBe((await understood([id, far])).subjects[0]?.id)
  })

  it('are sixteen at most', async () => {
    const many = secrets.map((value, index) => ({ ...named, value, line: 10, column: index + 1 }))
    const { subjects } = await understood([id, ...many])
    expect(subjects.find(({ shown }) => shown === awsId)?.options).toHaveLength(16)
  })

  it('are none in a commit that holds too many of them', async () => {
    const many = secrets.map((value, index) => ({ ...named, value, file: `f${index}/x`, commit: 'c' }))
    const { subjects } = await understood([{ ...id, commit: 'c' }, ...many])
    expect(subjects.find(({ shown }) => shown === awsId)?.settled?.reason).toBe('incomplete')
  })

  it('of the same commit go before those of other commits on the same line', async () => {
    const [old, fresh] = [
      { ...secret, commit: 'old' },
      { ...secret, value: other.awsSecret, commit: 'new' },
    ]
    const words = await inWords({ ...id, commit: 'old' }, old, { ...id, value: other.awsId, commit: 'new' }, fresh)
    expect(words).toEqual(['aws id near, 2', 'aws other id near, 2'])
  })
})

import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { type Plain, understood } from './support.ts'

describe('where a wrong guess could lock something out', () => {
  const token: Plain = {
    rule: 'atlassian-api-token',
    value: madeUp('ATATT3xFfGF0{base64url:168}={digit:8}', 'a'),
    file: 'x',
    line: 20,
  }
  const email = (value: string, line: number): Plain => ({ tool: 'env', rule: 'JIRA_EMAIL', value, file: 'x', line })

  it('what is clearly the nearest is taken', async () => {
    const { subjects } = await understood([token, email('ann@example.com', 21), email('bob@example.com', 25)])
    expect(subjects.find(({ provider }) => provider === 'atlassian')?.credential?.parts['email']).toMatchObject({
      text: 'ann@example.com',
    })
  })

  it('the user is asked about those that stand alike, and both are named', async () => {
    const { subjects } = await understood([token, email('ann@example.com', 21), email('bob@example.com', 19)])
    const { settled, credential, options } = subjects.find(({ provider }) => provider === 'atlassian') ?? {}
    expect([credential, options, settled?.reason]).toEqual([undefined, undefined, 'ambiguous_pair'])
    expect(settled?.because).toMatch(
      /email .*2 could be it \(ann@example.com, bob@example.com\).*--provider atlassian .*--part email=REF/,
    )
  })

  it('an address of nobody’s rule and name is not taken', async () => {
    const { subjects } = await understood([token, { rule: 'generic', value: 'ann@example.com', file: 'x', line: 21 }])
    expect(subjects[0]?.settled?.reason).toBe('incomplete')
  })
})

describe('a text that would be sent as it is', () => {
  const key: Plain = { rule: 'algolia-api-key', value: madeUp('{hex:32}', 'k'), file: 'x', line: 5 }

  it('is not taken for a part on the word of a vague rule', async () => {
    const app: Plain = {
      tool: 'trufflehog',
      rule: 'AlgoliaAdminKey',
      value: madeUp('{uppernum:10}', 'i'),
      file: 'x',
      line: 5,
    }
    const { subjects } = await understood([app, { ...key, rule: 'generic-api-key', line: 6 }])
    expect(subjects.map(({ credential }) => credential)).toEqual([undefined, undefined])
  })

  it('is taken where its name says what it is', async () => {
    const app: Plain = { tool: 'env', rule: 'ALGOLIA_APP_ID', value: madeUp('{uppernum:10}', 'i'), file: 'x', line: 7 }
    const { subjects } = await understood([key, app])
    expect(subjects.map(({ provider, credential }) => [provider, credential?.pairing?.by])).toEqual([
      ['algolia', 'near'],
    ])
  })

  it('may be a part of many, as an application has many keys', async () => {
    const app: Plain = { tool: 'env', rule: 'ALGOLIA_APP_ID', value: madeUp('{uppernum:10}', 'i'), file: 'x', line: 7 }
    const { subjects } = await understood([key, app, { ...key, value: madeUp('{hex:32}', 'second'), line: 9 }])
    expect(subjects.map(({ credential }) => credential?.pairing?.by)).toEqual(['near', 'near'])
    expect(subjects.reduce((sum, { findings }) => sum + findings.length, 0)).toBe(3)
  })
})

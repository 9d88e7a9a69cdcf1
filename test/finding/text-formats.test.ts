import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formats } from '../../src/finding/formats.ts'
import { findingsIn, key, type Plain, read } from './support.ts'

const secret = key('tok_live_')
const other = key('id_', 20, 3)
const region = { startLine: 3, snippet: { text: secret } }
const result = { ruleId: 'r', message: {}, locations: [{ physicalLocation: { region } }] }
const sarif = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'X' } }, results: [result] }] })

const table: readonly (readonly [what: string, text: string, findings: readonly Plain[]])[] = [
  [
    'CSV with other headings and semicolons',
    `Type;Secret Value;Path;Line;Validity\nStripe;${secret};a.py;3;active\nStripe;${other};a.py;4;false\n`,
    [
      { tool: 'csv', rule: 'Stripe', value: secret, prior: 'live', place: { file: 'a.py', line: 3 } },
      { tool: 'csv', rule: 'Stripe', value: other, prior: 'unknown', place: { file: 'a.py', line: 4 } },
    ],
  ],
  [
    'CSV with tabs and no values',
    'rule\tfile\tline\nStripe\ta.py\t3\n',
    [{ tool: 'csv', rule: 'Stripe', redacted: true, place: { file: 'a.py', line: 3 } }],
  ],
  [
    'a .env file',
    `# mine\nDEBUG=true\nexport AWS_ACCESS_KEY_ID=${other}\nAWS_SECRET_ACCESS_KEY="${secret}" # two\nSTRIPE_KEY='${secret}'\nMULTI="a\\nb${secret}\nlast line"`,
    [
      {
        tool: 'env',
        rule: 'AWS_ACCESS_KEY_ID',
        parts: { AWS_ACCESS_KEY_ID: other, AWS_SECRET_ACCESS_KEY: secret },
        place: { file: 'report', line: 3 },
      },
      { tool: 'env', rule: 'STRIPE_KEY', value: secret, place: { file: 'report', line: 5 } },
    ],
  ],
  [
    'lines',
    `# keys\n${secret}\r\n\nstripe:${other}\npostgres://u:p@h/db\n110201543:${secret}`,
    [
      { tool: 'lines', value: secret, place: {} },
      { tool: 'lines', provider: 'stripe', value: other, place: {} },
      { tool: 'lines', value: 'postgres://u:p@h/db', place: {} },
      { tool: 'lines', value: `110201543:${secret}`, place: {} },
    ],
  ],
]

describe('reads', () => {
  it.each(table)('%s', async (_what, text, findings) => {
    expect(await findingsIn(text)).toEqual(findings)
  })
})

describe('the list of formats', () => {
  it('has every file of the folder', () => {
    expect(formats.length).toBe(readdirSync('src/finding/formats').length)
  })

  it('gives every finding the named provider, unless it has one', async () => {
    const found = await findingsIn(`${secret}\nstripe:${other}\n`, { provider: 'github' })
    expect(found.map(({ provider }) => provider)).toEqual(['github', 'stripe'])
  })

  it('takes a user before a colon for part of the key, where the provider is named', async () => {
    const named = { provider: 'jenkins', isProvider: (word: string) => ['jenkins', 'stripe'].includes(word) }
    const found = await findingsIn(`alice:${secret}\nstripe:${other}\n`, named)
    expect(found).toMatchObject([
      { provider: 'jenkins', value: `alice:${secret}` },
      { provider: 'stripe', value: other },
    ])
  })

  it('reads a SARIF or CSV file as the scanner that --from names', async () => {
    expect(await findingsIn(sarif, { from: 'betterleaks' })).toMatchObject([{ tool: 'betterleaks' }])
    expect(await findingsIn(`secret,file\n${secret},a\n`, { from: 'gitleaks' })).toMatchObject([{ tool: 'gitleaks' }])
  })

  it('reads prose as keys only where --from says so', async () => {
    expect((await read('two words here\nand more words')).warnings).toMatchObject([{ unreadable: true }])
    expect(await findingsIn('two words here', { from: 'lines' })).toMatchObject([{ value: 'two words here' }])
  })

  it('lists the formats where --from names none of them', async () => {
    const { warnings } = await read('x', { from: 'nonesuch' })
    expect(warnings).toMatchObject([{ unreadable: true, message: expect.stringContaining('trufflehog') }])
  })
})

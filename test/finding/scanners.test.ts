import { describe, expect, it } from 'vitest'
import { formats } from '../../src/finding/formats.ts'
import { isCensored } from '../../src/finding/gitguardian-match.ts'
import { shellWords } from '../../src/finding/shell-words.ts'
import { reports } from './reports/all.ts'
import { findingsIn, key, read, recognised } from './support.ts'

describe.each(reports)('%s', (format, what, text, findings) => {
  it(`reads ${what}`, async () => {
    expect(await findingsIn(text)).toEqual(findings)
  })

  it(`reads ${what} in small pieces`, async () => {
    const bytes = Buffer.from(text)
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) => bytes.subarray(i * 7, i * 7 + 7))
    expect(await read(pieces)).toEqual({ findings, warnings: [] })
  })

  it(`recognises ${what}`, () => {
    expect(recognised(text)).toBe(format)
  })

  it(`reads ${what} with fields that nobody knows`, async () => {
    const more = text.replaceAll(/\{(?=\s*")/g, '{"unknown_to_all":{"x":[null,1,"}"]},')
    if (text.trimStart().startsWith('<') || more === text) return
    expect(await findingsIn(more)).toHaveLength(findings.length)
  })
})

describe('the formats', () => {
  it('have a report each, but for the first nine', () => {
    const tried = new Set(reports.map(([format]) => format))
    const left = formats.filter(({ name }) => !tried.has(name)).map(({ id }) => id)
    expect(left.toSorted()).toEqual([
      'betterleaks',
      'csv',
      'env',
      'gitleaks',
      'gitleaks',
      'json',
      'lines',
      'sarif',
      'trufflehog',
    ])
  })

  it.each([
    '{}',
    ' { }\n',
    '{}\n{}\n',
    '{"findings": []}',
    '{"count":0,"results":[],"next":null}',
    '[[],[]]',
    '{"results":{}}',
  ])('take %j for a report of nothing', async text => {
    expect(await read(text)).toEqual({ findings: [], warnings: [] })
  })

  it.each(['[{broken', '{"findings": [], "status": "failed"}'])(
    'do not take %j for a report of nothing',
    async text => {
      expect((await read(text)).warnings).toMatchObject([{ unreadable: true }])
    },
  )

  it('do not take a document that is cut off for an empty one', async () => {
    expect((await read(`{"a":"${'x'.repeat(40)}`)).warnings).toMatchObject([{ unreadable: true }])
  })

  it.each([
    ['ESLint', { filePath: 'a.js', messages: [{ ruleId: 'r', severity: 2, message: 'm', line: 1 }], errorCount: 1 }],
    ['an activity log', { id: 1, content: { type: 'action' }, incident_id: 2 }],
    ['a list of people', { id: 1, type: 'commit', name: 'x' }],
    ['Bandit', { errors: [], generated_at: '', metrics: {}, results: [{ test_id: 'B1', filename: 'a.py' }] }],
    ["GitLab's code findings", { scan: { type: 'sast' }, vulnerabilities: [{ category: 'sast', location: {} }] }],
    ['a report of findings', { findings: [{ title: 'x', severity: 'High' }] }],
  ])('do not take %s for a secret scanner', async (_what, document) => {
    for (const text of [JSON.stringify(document), JSON.stringify([document], undefined, 1)])
      expect((await read(text)).warnings).toMatchObject([{ unreadable: true }])
  })

  it('know where a record stands in a report of any length', async () => {
    const count = 3000
    const many = (make: (i: number) => readonly [string, unknown]) => Array.from({ length: count }, (_, i) => make(i))
    const hashes = many(i => [`${i}.py`, [{ type: 'Stripe', hashed_secret: 'h', line_number: 1 }]])
    const baseline = JSON.stringify({ plugins_used: [], results: Object.fromEntries(hashes) })
    const results = many(i => [`${i}.py`, [{ RuleID: 'r', Match: '****' }]])
    const trivy = { SchemaVersion: 2, Results: results.map(([Target, Secrets]) => ({ Target, Secrets })) }
    for (const text of [baseline, JSON.stringify(trivy)]) {
      const files = (await findingsIn(text)).map(({ place }) => place.file)
      expect(files).toEqual(many(i => [`${i}.py`, 0]).map(([file]) => file))
    }
  })

  it.each([
    [`-----BEGIN ${'*'.repeat(40)}\n${'*'.repeat(40)}\n${'*'.repeat(40)}Y KEY-----\nABC`, true],
    ['p*w', false],
    ['**w', true],
    [`a**-**+**-**b`, true],
    [key('tok_'), false],
    [`${key('tok*')}*x`, false],
  ])('know whether ggshield censored %j', (match, censored) => {
    expect(isCensored(match)).toBe(censored)
  })

  it.each([
    [`a 'b c' d`, ['a', 'b c', 'd']],
    [`'it'\\''s' "q\\"x" a\\ b ''`, ["it's", 'q"x', 'a b', '']],
    [`a 'b`, undefined],
    ['a "b\\', undefined],
    ['$(x) `y` $HOME', ['$(x)', '`y`', '$HOME']],
  ])('split the command %j', (command, words) => {
    expect(shellWords(command)).toEqual(words)
  })

  it('read a JUnit file as Betterleaks where --from says so', async () => {
    const [, , text = ''] = reports.find(([format]) => format.includes('JUnit')) ?? []
    expect(await findingsIn(text, { from: 'betterleaks' })).toMatchObject([
      { tool: 'betterleaks' },
      { tool: 'betterleaks' },
    ])
  })

  it('name what is broken in a JUnit file, and go on', async () => {
    const value = key('tok_')
    const good = `<failure>{"RuleID":"r","Secret":"${value}"}</failure>`
    const { findings, warnings } = await read(
      `<testsuites>\n<testsuite name="gitleaks">\n<failure>{"RuleID":</failure>${good}<failure>{"R`,
    )
    expect(findings).toMatchObject([{ value }])
    expect(warnings).toMatchObject([{ line: 3 }, { message: expect.stringContaining('cut off') }])
  })
})

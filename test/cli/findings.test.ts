import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { keys, report, run, withNetwork } from './run.ts'
import { file, folder } from './support.ts'

const { stripe, github, awsId, awsSecret, hex } = keys
withNetwork()

const noSecret = { Raw: '', Verified: false, SourceMetadata: { Data: { Git: { file: 'a' } } } }
const mixed = () => [
  report(stripe, stripe, hex),
  file('hog.jsonl', `${JSON.stringify({ ...noSecret, DetectorName: 'AWS', DecoderName: 'PLAIN', Raw: awsId })}\n`),
  file(
    'baseline',
    JSON.stringify({ plugins_used: [], results: { a: [{ type: 'Stripe Access Key', hashed_secret: 'h' }] } }),
  ),
  file('.env', `STRIPE_KEY=${stripe}\n`),
]

describe('findings', () => {
  it('says of each report what it is, and what can be checked', async () => {
    const [leaks = '', hog = '', baseline = '', env = ''] = mixed()
    const { code, out, error } = await run(['findings', leaks, hog, baseline, env, '--to', 'json'])
    expect(code).toBe(0)
    expect(error).toBe('')
    const none = { findings: 1, checkable: 0, redacted: 0, incomplete: 0, unmapped: 0 }
    expect(JSON.parse(out)).toEqual({
      files: [
        { file: leaks, tool: 'gitleaks', format: 'Gitleaks 8, JSON', ...none, findings: 3, checkable: 2, unmapped: 1 },
        { file: hog, tool: 'trufflehog', format: 'TruffleHog 3, JSON lines', ...none, incomplete: 1 },
        { file: baseline, tool: 'detect-secrets', format: 'detect-secrets baseline, JSON', ...none, redacted: 1 },
        { file: env, tool: 'env', format: '.env', ...none, checkable: 1 },
      ],
      providers: { stripe: 4, aws: 1 },
      warnings: [],
    })
  })

  it('calls checkable what check would send something for, a half that another report completes too', async () => {
    const half = { ...noSecret, DetectorName: 'AWS', DecoderName: 'PLAIN', Raw: awsId }
    const whole = { ...half, RawV2: `${awsId}:${awsSecret}` }
    const [first, second] = [half, whole].map((one, i) => file(`${i}.jsonl`, `${JSON.stringify(one)}\n`))
    const { files } = JSON.parse((await run(['findings', first ?? '', second ?? '', '--to', 'json'])).out)
    expect(files).toMatchObject([{ checkable: 1 }, { checkable: 1 }])
    const skipped = await run(['findings', report(stripe, github), '--skip', 'stripe', '--to', 'json'])
    expect(JSON.parse(skipped.out).files).toMatchObject([{ findings: 2, checkable: 1 }])
  })

  it('calls both halves of a pair checkable, and what could be the other half of one', async () => {
    const leak = (RuleID: string, Secret: string, StartLine: number) => ({ RuleID, Secret, File: 'a.env', StartLine })
    const other = madeUp('{base64:40}', 'another secret')
    const pair = [leak('aws-access-token', awsId, 3), leak('generic-api-key', awsSecret, 4)]
    const open = [
      leak('aws-access-token', awsId, 3),
      leak('generic-api-key', awsSecret, 5),
      leak('generic-api-key', other, 1),
    ]
    for (const leaks of [pair, open]) {
      const { out } = await run(['findings', file('leaks.json', JSON.stringify(leaks)), '--to', 'json'])
      expect(JSON.parse(out).files).toMatchObject([{ findings: leaks.length, checkable: leaks.length }])
    }
  })

  it('keeps nothing: no state, no ledger', async () => {
    const home = folder()
    await run(['findings', report(stripe)], { environment: { XDG_STATE_HOME: home } })
    expect(existsSync(join(home, 'afterleak'))).toBe(false)
  })

  it('prints no secret', async () => {
    for (const to of ['table', 'json']) {
      const { out, error } = await run(['findings', ...mixed(), '--to', to])
      for (const secret of [stripe, hex, awsSecret]) expect(out + error).not.toContain(secret.slice(8, 20))
    }
  })

  it('shows it to a person in eighty columns, and what to do next', async () => {
    const { out } = await run(['findings', ...mixed(), '/nowhere.json'])
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(out).toMatch(/3 findings: 2 checkable, 1 unmapped/)
    expect(out).toMatch(/WHOSE KEYS\n {2}stripe 4, aws 1/)
    expect(out).toMatch(/RULES WITHOUT A PROVIDER 1\n {2}gitleaks {2}generic-api-key {2}1 {2}src\/2\.ts:3/)
    expect(out).toMatch(/WARNINGS 1\n {2}1 {2}\/nowhere\.json: does not exist\./)
    expect(out).toMatch(/Next: check the same\s+files/)
  })

  it('says how to get at the values where a report holds masks alone', async () => {
    const masks = [{ RuleID: 'stripe-access-token', Secret: 'REDACTED', Match: 'REDACTED', File: 'a', StartLine: 1 }]
    const { out } = await run(['findings', file('masks.json', JSON.stringify(masks))])
    expect(out.replaceAll(/\s+/g, ' ')).toContain('or read them back: --source CHECKOUT.')
  })

  it('ends with 2 where nothing could be read, with 3 where something could not', async () => {
    const strange = file('strange.json', '{"a":[{"b":1}]}')
    const all = await run(['findings', strange, '/nowhere.json', '--to', 'json'])
    expect(all.code).toBe(2)
    expect(JSON.parse(all.out)).toMatchObject({
      files: [
        { tool: null, format: null, findings: 0 },
        { tool: null, format: null, findings: 0 },
      ],
      warnings: [
        { file: strange, unreadable: true },
        { file: '/nowhere.json', unreadable: true },
      ],
    })
    expect((await run(['findings', strange, report(stripe)])).code).toBe(3)
    expect((await run(['findings', file('none.json', '[]')])).code).toBe(0)
  })

  it('names every scanner of a SARIF file with several, and those that found nothing', async () => {
    const of = (name: string, results: readonly object[]) => ({ tool: { driver: { name } }, results })
    const result = { ruleId: 'r', message: { text: 'm' }, locations: [] }
    const two = { version: '2.1.0', runs: [of('gitleaks', [result]), of('Nosey Parker', [result])] }
    const none = { version: '2.1.0', runs: [of('Kingfisher', []), of('acme', [])] }
    const texts = [two, none].map((document, i) => file(`${i}.sarif`, JSON.stringify(document)))
    const { files } = JSON.parse((await run(['findings', ...texts, '--to', 'json'])).out)
    expect(files).toMatchObject([{ tool: 'gitleaks, noseyparker' }, { tool: 'kingfisher, sarif', findings: 0 }])
  })

  it('names the scanner of a table or of XML that holds nothing', async () => {
    const empty = [
      ['gitleaks', file('8.csv', 'RuleID,Commit,File,Secret,Match,StartLine\n')],
      ['gitleaks', file('7.csv', 'repo,line,commit,offender,leakURL,rule\n')],
      [
        'betterleaks',
        file('empty.xml', '<testsuites><testsuite name="betterleaks" tests="0"></testsuite></testsuites>'),
      ],
      ['csv', file('any.csv', 'rule,file,line\n')],
    ] as const
    const { out } = await run(['findings', ...empty.map(([, name]) => name), '--to', 'json'])
    const { files } = JSON.parse(out)
    expect(files.map((each: { tool: unknown }) => each.tool)).toEqual(empty.map(([tool]) => tool))
  })

  it('counts a rule that is not about secrets only where a key stands in its lines', async () => {
    const spot = { path: 'a.py', start: { line: 1, col: 1 }, end: { line: 1, col: 2 } }
    const results = [`pay("${stripe}")`, 'x = 1'].map(lines => ({
      ...spot,
      check_id: 'eqeq',
      extra: { message: 'm', lines },
    }))
    const text = JSON.stringify({ version: '1', errors: [], paths: {}, results })
    const { out } = await run(['findings', file('semgrep.json', text), '--to', 'json'])
    expect(JSON.parse(out)).toMatchObject({
      files: [{ tool: 'semgrep', findings: 1, checkable: 1, unmapped: 0 }],
      warnings: [{ message: expect.stringContaining('2 results of rules that are not about secrets') }],
    })
  })

  it('writes to a file, and takes no format but its two', async () => {
    const out = join(folder(), 'findings.json')
    await run(['findings', report(stripe), '--out', out])
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ providers: { stripe: 1 } })
    const wrong = await run(['findings', report(stripe), '--to', 'sarif'])
    expect(wrong).toMatchObject({ code: 2, error: expect.stringMatching(/table or json/) })
  })
})

describe('providers --unmapped', () => {
  it('lists the rules that no file names, with what the form tells anyway', async () => {
    const { code, out } = await run(['providers', '--unmapped', report(stripe, github, hex, hex), '--to', 'json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      rules: [
        {
          tool: 'gitleaks',
          rule: 'generic-api-key',
          place: { file: 'src/2.ts', line: 3 },
          findings: 4,
          unmapped: 2,
          told: ['stripe', 'github'],
        },
      ],
      warnings: [],
    })
  })

  it('says so where every rule is known', async () => {
    const known = JSON.stringify([{ RuleID: 'stripe-access-token', Secret: stripe, File: 'a', StartLine: 1 }])
    expect(await run(['providers', '--unmapped', file('g.json', known)])).toMatchObject({
      code: 0,
      out: 'Every rule in it has a provider.\n',
    })
  })

  it('reads standard input, and wants either a name or a report', async () => {
    const { out } = await run(['providers', '--unmapped', '-'], { input: readFileSync(report(hex), 'utf8') })
    expect(out).toMatch(/gitleaks {2}generic-api-key {2}1/)
    expect((await run(['providers', 'stripe', '--unmapped', report(hex)])).code).toBe(2)
  })
})

describe('exposure', () => {
  const config = (text: string): string => file('afterleak.yaml', text)

  it('goes from the report and the configuration into the case', async () => {
    const leaks = [
      { RuleID: 'r', Secret: stripe, File: 'a/b.env', StartLine: 1, Commit: 'c0ffee', Date: '2026-03-01T10:00:00Z' },
      { RuleID: 'r', Secret: stripe, File: 'docs/x.md', StartLine: 2, Date: '2026-02-01T10:00:00Z' },
    ]
    const input = file('g.json', JSON.stringify(leaks))
    const args = ['check', input, '--no-touch', '--to', 'json']
    const plain = JSON.parse((await run(args)).out)
    expect(plain.cases).toMatchObject([{ exposure: 'unknown', medium: 'repository', firstAt: '2026-02-01T10:00:00Z' }])
    const rules = config("exposure:\n  - { match: { file: 'docs/**' }, is: public, medium: page, since: 2026-01-15 }\n")
    const told = JSON.parse((await run([...args, '--config', rules])).out)
    expect(told.cases).toMatchObject([
      {
        exposure: 'public',
        medium: 'page',
        firstAt: '2026-01-15T00:00:00Z',
        findings: [
          { file: 'a/b.env' },
          { file: 'docs/x.md', exposure: 'public', medium: 'page', at: '2026-01-15T00:00:00Z' },
        ],
      },
    ])
    expect((await run(['check', input, '--no-touch', '--all', '--config', rules])).out).toMatch(
      /\(2026-01-15, public\)/,
    )
  })

  it.each([
    ['exposure: [{ match: {}, is: public }]', /:1:14 exposure\[0\]\.match: say which places/],
    ['exposure: [{ match: { file: a }, is: open }]', /:1:34 exposure\[0\]\.is/],
    [
      'exposure:\n  - match: { file: a }\n    is: public\n    since: yesterday',
      /:4:5 exposure\[0\]\.since: a date such as/,
    ],
    ['exposure: [{ match: { path: a }, is: public }]', /path/],
  ])('%s is refused with its place', async (text, message) => {
    const path = config(text)
    const { code, error } = await run(['check', report(stripe), '--config', path, '--dry-run'])
    expect(code).toBe(2)
    expect(error).toMatch(message)
    writeFileSync(path, '')
  })
})

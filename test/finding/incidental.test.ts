import { describe, expect, it } from 'vitest'
import { key, read } from './support.ts'

const secret = key('tok_live_')
const warned = (count: string) => [
  {
    file: 'report',
    message: `holds ${count} not about secrets. Only keys whose own form tells whose they are were taken from there.`,
  },
]

function sarif(name: string, rules: readonly object[], results: readonly object[], tool: object = {}): string {
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name, rules }, ...tool }, results }] })
}

function result(ruleId: string, snippet?: string, text = 'found'): object {
  const region = { startLine: 3, ...(snippet !== undefined && { snippet: { text: snippet } }) }
  return { ruleId, message: { text }, locations: [{ physicalLocation: { artifactLocation: { uri: 'a.py' }, region } }] }
}

describe('what is not about secrets', () => {
  it('is counted once for each report of Semgrep, and its lines are handed on', async () => {
    const spot = { path: 'a.py', start: { line: 7, col: 1 }, end: { line: 7, col: 9 } }
    const { findings, warnings } = await read(
      JSON.stringify({
        version: '1',
        errors: [],
        paths: {},
        results: [
          {
            ...spot,
            check_id: 'sql',
            extra: { metadata: { cwe: 'CWE-89' }, message: 'password', lines: `q(${secret})` },
          },
          { ...spot, check_id: 'eqeq', extra: { message: 'useless', lines: 'requires login' } },
          { ...spot, check_id: 'mine', extra: { message: 'Hard-coded API key', lines: 'requires login' } },
        ],
      }),
    )
    expect(findings).toEqual([
      {
        tool: 'semgrep',
        rule: 'sql',
        value: `q(${secret})`,
        incidental: true,
        place: { file: 'a.py', line: 7, column: 1 },
      },
      { tool: 'semgrep', rule: 'mine', redacted: true, place: { file: 'a.py', line: 7, column: 1 } },
    ])
    expect(warnings).toEqual(warned('2 results of rules that are'))
  })

  it('is counted in what Semgrep’s CI sends', async () => {
    const text = JSON.stringify({ findings: [{ check_id: 'eqeq', path: 'a', message: 'useless' }], searched_paths: [] })
    expect(await read(text)).toEqual({ findings: [], warnings: warned('a result of a rule that is') })
  })

  it('is no result at all where SARIF says that it passed', async () => {
    const passed = [{ kind: 'pass' }, { kind: 'notApplicable' }, { level: 'notApplicable' }, { kind: 'fail' }]
    const results = passed.map(said => ({ ...result('r', secret), ...said }))
    expect((await read(sarif('gitleaks', [], results))).findings).toHaveLength(1)
  })

  const cwe = (number: string) => ({ tags: ['security', `external/cwe/cwe-${number}`] })
  it.each([
    [
      'a scanner of secrets, whatever its rules say',
      sarif('gitleaks', [{ id: 'r', properties: cwe('79') }], [result('r')]),
      0,
    ],
    ['a scanner that nobody knows, whose name tells', sarif('AcmeLeaks', [{ id: 'r', name: 'x' }], [result('r')]), 0],
    ['a scanner that says nothing', sarif('acme', [], [result('r', secret)]), 0],
    [
      'a linter that describes no rule, by its sentences',
      sarif('acme', [], [result('nullPointer', undefined, 'Possible null pointer dereference: x')]),
      1,
    ],
    [
      'a linter that finds leaks of memory',
      sarif('acme', [], [result('memleak', undefined, 'Memory leak: buffer')]),
      1,
    ],
    [
      'a scanner that describes no rule, by its sentences',
      sarif('acme', [], [result('r', undefined, 'A GitHub PAT was found in a.py')]),
      0,
    ],
    ['a package’s vulnerability', sarif('acme', [], [result('CVE-2015-9251', undefined, 'Leaks')]), 1],
    [
      'a package’s vulnerability that lets passwords out',
      sarif('Grype', [{ id: 'CVE-2019-1', name: 'Password in logs' }], [result('CVE-2019-1')]),
      1,
    ],
    [
      'a weakness of a tool that nobody knows',
      sarif('acme', [{ id: 'r', name: 'Password hash', properties: { cwe: ['CWE-916'] } }], [result('r')]),
      1,
    ],
    [
      'a linter that nobody knows',
      sarif('acme', [{ id: 'r', shortDescription: { text: 'Unused import' } }], [result('r')]),
      1,
    ],
    [
      'a linter’s rule about secrets',
      sarif('acme', [{ id: 'r', shortDescription: { text: 'Hard-coded password' } }], [result('r')]),
      0,
    ],
    ['CodeQL: injection', sarif('CodeQL', [{ id: 'r', name: 'token', properties: cwe('89') }], [result('r', 'x')]), 1],
    ['CodeQL: credentials', sarif('CodeQL', [{ id: 'r', properties: cwe('798') }], [result('r', 'x')]), 0],
    [
      'CodeQL with its rules in an extension',
      sarif('CodeQL', [], [result('r', 'x')], {
        extensions: [{ name: 'q', rules: [{ id: 'r', properties: cwe('798') }] }],
      }),
      0,
    ],
    [
      'Trivy: a package',
      sarif('Trivy', [{ id: 'CVE-1', properties: { tags: ['vulnerability'] } }], [result('CVE-1')]),
      1,
    ],
    ['Trivy: a secret', sarif('Trivy', [{ id: 'r', properties: { tags: ['secret', 'HIGH'] } }], [result('r')]), 0],
    [
      'Trivy of older versions',
      sarif('Trivy', [], [result('r', undefined, 'Artifact: a\nSecret GitHub PAT\nMatch: ***')]),
      0,
    ],
    [
      'Semgrep: a weakness',
      sarif('Semgrep OSS', [{ id: 'r', properties: { tags: ['CWE-89: x'] } }], [result('r', 'x')]),
      1,
    ],
    [
      'Semgrep: a secret',
      sarif('Semgrep PRO', [{ id: 'r', properties: { tags: ['CWE-798: x'] } }], [result('r', 'x')]),
      0,
    ],
    [
      'Checkov: a setting',
      sarif(
        'checkov',
        [{ id: 'CKV_1', name: 'Ensure encryption', shortDescription: { text: 'x' } }],
        [result('CKV_1')],
      ),
      1,
    ],
    [
      'Checkov: a secret',
      sarif('checkov', [{ id: 'CKV_SECRET_2', name: 'AWS Access Key' }], [result('CKV_SECRET_2', 'x')]),
      0,
    ],
  ])('is told in SARIF of %s', async (_what, text, count) => {
    const { findings, warnings } = await read(text)
    expect(warnings).toEqual(count === 0 ? [] : warned('a result of a rule that is'))
    expect(findings.filter(({ incidental }) => incidental !== true)).toHaveLength(1 - count)
  })
})

describe('JUnit', () => {
  it.each(['gitleaks', 'betterleaks'])('is named for its scanner: %s', async tool => {
    const leak = JSON.stringify({ RuleID: 'r', Secret: secret, File: 'a', StartLine: 1 }).replaceAll('"', '&#34;')
    const text = `<?xml version="1.0"?><testsuites><testsuite failures="1" name="${tool}" tests="1"><testcase><failure>${leak}</failure></testcase></testsuite></testsuites>`
    const pieces = Array.from({ length: Math.ceil(text.length / 9) }, (_, i) =>
      Buffer.from(text.slice(i * 9, i * 9 + 9)),
    )
    for (const input of [text, pieces])
      expect((await read(input)).findings).toEqual([{ tool, rule: 'r', value: secret, place: { file: 'a', line: 1 } }])
  })
})

describe('a table', () => {
  const name = 'is never a list of keys, and of secrets only where it shows them or says so:'
  it.each([
    ['headings alone', 'reference_number,bounty_code,source,username,title\n'],
    ['one word a cell', 'Target,Place,Parameter,Technique(s)\nhttps://a.example/x,GET,id,BEU\nb,GET,id,U\n'],
    ['a list of settings', 'Plugin ID,CVE,CVSS v2.0 Base Score,Risk\n10180,,,None\n10287,,,None\n'],
    [
      'issues with keys',
      'ID,Family,Group,Color,New,Check,Function,File,Status,Severity,Impact,CWE ID,Key,Team,Due,Sum,Line\n1,D,m,r,y,Null pointer,f,a.c,x,y,,1,987654321,t,d,s,7\n',
    ],
    ['attributes, one on each line', `<issue\n  id="x"\n  token="${secret}"\n  line="3"\n/>\n`],
    ['tabs', 'host\tport\tstate\n10.0.0.1\t22\topen\n'],
    [
      'faults of code',
      'Problem,Package,File,Priority,Line,Description,Rule set,Rule\n1,a,a.java,3,7,x,y,UnusedLocal\n',
    ],
    [
      'findings of anything',
      'Date,Title,CweId,Url,Severity,Description,Active,Verified\n1/1/2021,x,1,https://a.example,Low,d,TRUE,TRUE\n',
    ],
  ])(`${name} %s`, async (_what, text) => {
    for (const options of text.trim().includes('\n') ? [{}, { provider: 'stripe' }] : [{}]) {
      const { findings, warnings } = await read(text, options)
      const unreadable = warnings.map(warning => warning.unreadable)
      expect({ findings, unreadable }).toEqual({ findings: [], unreadable: [true] })
    }
  })

  it('is no key with commas in it, whose the user says it is', async () => {
    expect((await read('one,two,three\n', { provider: 'stripe' })).findings).toHaveLength(1)
  })

  it('of keys may have columns that nobody knows', async () => {
    const { findings } = await read(`service,token,file,environment,owner\nstripe,${secret},a.py,live,me\n`)
    expect(findings).toEqual([{ tool: 'csv', value: secret, place: { file: 'a.py' } }])
  })

  it('is not taken for keys though it is said to be CSV', async () => {
    const { findings, warnings } = await read(`number,host\n${secret},b\n`, { from: 'csv' })
    expect({ findings, unreadable: warnings[0]?.unreadable }).toEqual({ findings: [], unreadable: true })
  })

  it('of one column has every row, where none is a heading', async () => {
    expect((await read(`${secret}\n${secret}x\n`, { from: 'csv' })).findings).toHaveLength(2)
  })
})

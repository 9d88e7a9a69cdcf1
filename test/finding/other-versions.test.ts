import { describe, expect, it } from 'vitest'
import { findingsIn, key, read } from './support.ts'

const secret = key('tok_live_')
const leak = { RuleID: 'r', Secret: secret, File: 'a.py', StartLine: 3 }
const hog = {
  SourceMetadata: { Data: { Filesystem: { file: 'a.py', line: 3 } } },
  DetectorName: 'Stripe',
  DecoderName: 'PLAIN',
  Raw: secret,
}
const where = { file: 'a.py', line: 3 }

describe('reports of other versions, and gathered ones', () => {
  it.each([
    ['pages', [[leak], [leak]]],
    ['findings', { findings: [leak, leak] }],
    ['results', { results: [leak, leak], total: 2 }],
    ['leaks', { leaks: [leak, leak] }],
  ])('are read in %s', async (_what, document) => {
    const found = { tool: 'gitleaks', rule: 'r', value: secret, place: where }
    for (const space of [0, 2]) expect(await findingsIn(JSON.stringify(document, null, space))).toEqual([found, found])
  })

  it('are read where TruffleHog’s lines were gathered, and its truths are texts', async () => {
    const [found, ...others] = await findingsIn(JSON.stringify({ results: [{ ...hog, Verified: 'true' }] }))
    expect(found).toMatchObject({ tool: 'trufflehog', rule: 'Stripe', prior: 'live' })
    expect(others).toEqual([])
  })

  it.each([
    [
      '7',
      `repo,line,commit,offender,leakURL,rule,tags,commitMsg,author,email,file,date\nr,"a=${secret}",c0ffee,${secret},,r,key,m,A,a@b.c,a.py,\n`,
    ],
    ['8.0', `RuleID,Commit,File,Secret,Context,StartLine,EndLine\nr,c0ffee,a.py,${secret},"a=${secret}",,\n`],
  ])('are tables of Gitleaks %s', async (_version, text) => {
    expect(await findingsIn(text)).toMatchObject([
      { tool: 'gitleaks', rule: 'r', value: secret, place: { file: 'a.py', commit: 'c0ffee' } },
    ])
  })

  it.each([
    ['kingfisher', { properties: { validation_outcome: 'not_attempted' } }, {}],
    ['semgrep', {}, { fingerprints: { 'matchBasedId/v1': 'f' } }],
  ])('have a SARIF driver that is named after a great many results: %s', async (name, more, fields) => {
    const region = { startLine: 3, snippet: { text: secret } }
    const one = {
      ruleId: 'generic.secrets.token',
      message: { text: 'Token' },
      ...fields,
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a.py' }, region }, ...more }],
    }
    const results = Array.from({ length: 2000 }, () => one)
    const text = JSON.stringify({ runs: [{ results, tool: { driver: { name } } }], version: '2.1.0' })
    const tools = (await findingsIn(text)).map(({ tool }) => tool)
    expect(tools).toEqual(results.map(() => name))
  })

  it.each([0, 2])('have Semgrep’s errors before its results, more than is looked at, indented by %i', async space => {
    const error = { code: 3, level: 'warn', message: 'x'.repeat(90), path: 'a.yaml', type: 'Syntax error' }
    const spot = { line: 3, col: 1, offset: 0 }
    const one = { check_id: 'generic.secrets.token', path: 'a.py', start: spot, end: spot, extra: { message: 'm' } }
    const report = { errors: Array.from({ length: 2000 }, () => error), paths: {}, results: [one], version: '1' }
    const found = { tool: 'semgrep', rule: one.check_id, redacted: true, place: { ...where, column: 1 } }
    expect(await findingsIn(JSON.stringify(report, null, space))).toEqual([found])
  })

  it.each([
    ['Detect Secret (Yelp)', 'detect-secrets'],
    ['Nosey Parker', 'noseyparker'],
    ['Semgrep OSS', 'semgrep'],
    ['secretlint', 'secretlint'],
    ['semgreplike', 'sarif'],
  ])('have a SARIF driver with more in its name: %s', async (name, tool) => {
    const result = { ruleId: 'r', message: { text: 'Secret' }, locations: [] }
    const text = JSON.stringify({ runs: [{ tool: { driver: { name } }, results: [result] }], version: '2.1.0' })
    expect((await findingsIn(text)).map(found => found.tool)).toEqual([tool])
  })

  it('have Kingfisher’s partners and commit in SARIF too', async () => {
    const metadata = {
      repository_url: 'https://g/r',
      commit: { id: 'c0ffee', author: { email: 'a@b.c' } },
      file: { url: 'https://g/r/blob/1/a.py' },
    }
    const command = `kingfisher validate --rule 'r' --var AKID='${key('id_', 20)}' '${secret}'`
    const properties = { validation_outcome: 'verified_inactive', git_metadata: metadata, validate_command: command }
    const region = { startLine: 3, snippet: { text: secret } }
    const location = { physicalLocation: { artifactLocation: { uri: 'a.py' }, region }, properties }
    const results = [{ ruleId: 'r', message: { text: 'x' }, locations: [location] }]
    const text = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'kingfisher' } }, results }] })
    expect(await findingsIn(text)).toEqual([
      {
        tool: 'kingfisher',
        rule: 'r',
        value: secret,
        parts: { AKID: key('id_', 20) },
        prior: 'unknown',
        place: {
          ...where,
          commit: 'c0ffee',
          author: 'a@b.c',
          url: metadata.file.url,
          repository: metadata.repository_url,
        },
      },
    ])
  })

  it.each([
    [16, 'Stripe'],
    [99999, '99999'],
  ])('are TruffleHog’s of when its detectors had but numbers: %s', async (DetectorType, rule) => {
    const { DetectorName: _, DecoderName: __, ...old } = { ...hog, Raw: Buffer.from(secret).toString('base64') }
    const [found] = await findingsIn(`${JSON.stringify({ ...old, DetectorType })}\n`)
    expect(found).toMatchObject({ tool: 'trufflehog', rule, value: secret })
  })

  it('have nulls for empty lists', async () => {
    const better = { ...leak, Attributes: null, CaptureGroups: null, RequiredSets: null, ValidationStatus: '' }
    expect(await findingsIn(JSON.stringify([better]))).toMatchObject([{ tool: 'betterleaks', value: secret }])
    const sarif = { version: '2.1.0', runs: [{ tool: { driver: { name: 'gitleaks', rules: null } }, results: null }] }
    expect(await read(JSON.stringify(sarif))).toEqual({ findings: [], warnings: [] })
    const results = { SchemaVersion: 2, Results: [{ Target: 'x', Secrets: null }] }
    expect(await read(JSON.stringify(results))).toEqual({ findings: [], warnings: [] })
  })

  it('have one provenance of Nosey Parker without a list', async () => {
    const match = {
      provenance: { kind: 'file', path: 'a.py' },
      location: { source_span: { start: { line: 3, column: 1 } } },
      match_content: secret,
      snippet: { matching: secret },
    }
    const text = `${JSON.stringify({ type: 'finding', rule_name: 'AWS API Key', matches: [match] })}\n`
    expect(await findingsIn(text)).toMatchObject([{ tool: 'noseyparker', place: { file: 'a.py', line: 3 } }])
  })

  it('are lists of GitLab’s API', async () => {
    const one = {
      id: 1,
      report_type: 'secret_detection',
      name: 'GitLab token',
      scanner: { external_id: 'gitleaks' },
      identifiers: [{ external_type: 'x', type: 'gitleaks_rule_id', value: 'gitlab_personal_access_token' }],
      project: { full_path: 'acme/shop', visibility: 'public' },
      location: { file: 'a.py', start_line: 3 },
    }
    expect(await findingsIn(JSON.stringify([one, { ...one, report_type: 'dast' }]))).toEqual([
      {
        tool: 'gitlab',
        rule: 'gitlab_personal_access_token',
        redacted: true,
        place: { ...where, exposure: 'public', repository: 'acme/shop' },
      },
    ])
  })

  it.each([
    ['src/my%20file.py', 'src/my file.py'],
    ['file:///home/u/a.py', '/home/u/a.py'],
    ['file:/home/u/a.py', '/home/u/a.py'],
    ['file:///C:/code/a.py', 'C:/code/a.py'],
    ['100%.py', '100%.py'],
    ['C:\\code\\a.py', 'C:\\code\\a.py'],
  ])('have SARIF’s %s for %s', async (uri, file) => {
    const region = { startLine: '3', snippet: { text: secret } }
    const location = { physicalLocation: { artifactLocation: { uri }, region } }
    const result = { ruleId: 'r', message: { text: 'x' }, locations: [location] }
    const text = JSON.stringify({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'gitleaks' } }, results: [result] }],
    })
    expect((await findingsIn(text))[0]?.place).toEqual({ file, line: 3 })
  })

  it.each([
    ['github.actions', 'ci_log', 'https://github.example/o/r'],
    ['github.repository', 'repository', 'https://github.example/o/r'],
    ['gitlab.snippet', 'paste', 'https://github.example/o/r'],
  ])('have Betterleaks’ attributes of %s', async (resource, medium, repository) => {
    const Attributes = {
      resource,
      path: 'b.py',
      url: 'https://l',
      'github.repo_url': repository,
      'github.visibility': 'private',
    }
    const component = { RuleID: 'client-id', Secret: key('id_'), CaptureGroups: { tenant: 't1' } }
    const [found] = await findingsIn(
      JSON.stringify([{ ...leak, Attributes, RequiredSets: [{ components: [component] }] }]),
    )
    expect(found?.place).toEqual({ file: 'b.py', line: 3, url: 'https://l', medium, repository, exposure: 'internal' })
    expect(found?.parts).toEqual({ tenant: 't1', 'client-id': key('id_') })
  })

  it('have secretlint’s SARIF with a preset before each rule', async () => {
    const result = { ruleId: '@x/preset > @x/rule', message: { text: 'x' }, locations: [] }
    const run = { tool: { driver: { name: 'secretlint' } }, results: [result] }
    expect(await findingsIn(JSON.stringify({ version: '2.1.0', runs: [run] }))).toMatchObject([{ rule: '@x/rule' }])
  })

  it('have Nosey Parker’s SARIF with the first commit at the blob', async () => {
    const commit_metadata = { commit_id: 'c0ffee', author_email: 'a@b.c', author_timestamp: '1678401216 +0100' }
    const properties = { commit_provenance: { blob_path: 'a.py', commit_metadata } }
    const location = {
      physicalLocation: { artifactLocation: { uri: 'a.py' }, region: { startLine: 3, snippet: { text: secret } } },
      logicalLocations: [{ kind: 'blob', name: 'b', properties }],
    }
    const result = { ruleId: 'AWS API Key', message: { text: 'x' }, locations: [location] }
    const run = { tool: { driver: { name: 'noseyparker' } }, results: [result] }
    expect((await findingsIn(JSON.stringify({ version: '2.1.0', runs: [run] })))[0]?.place).toEqual({
      ...where,
      commit: 'c0ffee',
      author: 'a@b.c',
      at: '2023-03-09T22:33:36Z',
    })
  })

  it('have Kingfisher’s SARIF with what it knows at the location', async () => {
    const properties = {
      validation_outcome: 'verified_active',
      git_metadata: { commit: { id: 'c0ffee', date: '2026-01-02' } },
    }
    const location = { physicalLocation: { artifactLocation: { uri: 'a.py' }, region: { startLine: 3 } }, properties }
    const result = { ruleId: 'kingfisher.aws.1', message: { text: 'x' }, locations: [location] }
    const text = JSON.stringify({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'kingfisher' } }, results: [result] }],
    })
    expect((await findingsIn(text))[0]).toMatchObject({
      tool: 'kingfisher',
      prior: 'live',
      place: { commit: 'c0ffee', at: '2026-01-02T00:00:00Z' },
    })
  })
})

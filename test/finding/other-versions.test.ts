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
    ['file:///C:/work/a.py', 'C:/work/a.py'],
    ['100%.py', '100%.py'],
    ['C:\\work\\a.py', 'C:\\work\\a.py'],
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

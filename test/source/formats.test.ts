import { describe, expect, it } from 'vitest'
import { folder, readBackOf, stripe } from './support.ts'

const key = stripe('one')
const other = stripe('two')
const stars = '*'.repeat(key.length)
const ends = `${key.slice(0, 9)}****${key.slice(-5)}`
/** Line 3, columns 8 to 49. */
const text = `# one\n# two\nkey = "${key}" # and ${'x'.repeat(20)}\nb = "${other}"\n`
const offset = text.indexOf(key)
const [line, column, end] = [3, 8, 8 + key.length]

function sarif(name: string, region: object, result: object = {}): object {
  const place = { physicalLocation: { artifactLocation: { uri: 'app.py' }, region: { startLine: line, ...region } } }
  const found = { ruleId: 'stripe-key', message: { text: 'x' }, locations: [place], ...result }
  return { version: '2.1.0', runs: [{ tool: { driver: { name } }, results: [found] }] }
}

function trivy(Match: string, lines: object = { StartLine: line, EndLine: line }): object {
  const secret = { RuleID: 'stripe-secret-token', Category: 'Stripe', Match, ...lines }
  return { SchemaVersion: 2, ArtifactName: '.', Results: [{ Target: 'app.py', Class: 'secret', Secrets: [secret] }] }
}

function secretlint(data: object, message: object = {}): object {
  const loc = { start: { line, column: column - 1 }, end: { line, column: end - 1 } }
  const found = {
    type: 'message',
    messageId: 'StripeKey',
    ruleId: '@secretlint/secretlint-rule-stripe',
    loc,
    range: [offset, offset + key.length],
    data,
    ...message,
  }
  return [{ filePath: '/src/app.py', sourceContentType: 'text', messages: [found] }]
}

const semgrepPlace = {
  path: 'app.py',
  start: { line, col: column, offset },
  end: { line, col: end, offset: offset + key.length },
}

describe('a hidden value is read back from what is left by', () => {
  it.each<[string, unknown]>([
    ['Trivy', trivy(`key = "*****" # and ${'x'.repeat(20)}`)],
    ['Trivy, with stars for letters', trivy(`key = "${stars}" # and ${'x'.repeat(20)}`)],
    ['Trivy, of a long line', trivy(`# two\nkey = "*****" # and xxxx`)],
    [
      'Trivy Operator, without a line',
      {
        kind: 'ExposedSecretReport',
        report: { secrets: [{ ruleID: 'stripe', target: 'app.py', match: `key = "${stars}"` }] },
      },
    ],
    [
      'Gitleaks 7',
      [{ rule: 'Stripe', offender: 'REDACTED', line: 'key = "REDACTED" # and', lineNumber: line, file: 'app.py' }],
    ],
    [
      'Gitleaks in SARIF',
      sarif('gitleaks', { startColumn: column + 1, endLine: line, endColumn: end, snippet: { text: 'REDACTED' } }),
    ],
    ['any SARIF with columns', sarif('Some', { startColumn: column, endColumn: end })],
    ['any SARIF with a masked snippet', sarif('Some', { snippet: { text: ends } })],
    ['secretlint, masked', secretlint({ KEY: stars })],
    [
      'secretlint, at another place on its line',
      secretlint(
        { KEY: stars },
        {
          range: [offset - 7, offset - 7 + key.length],
          loc: { start: { line, column: 0 }, end: { line, column: key.length } },
        },
      ),
    ],
    [
      'Semgrep without a login',
      {
        version: '1',
        errors: [],
        paths: {},
        results: [
          {
            check_id: 'generic.secrets.stripe',
            ...semgrepPlace,
            extra: {
              lines: 'requires login',
              message: 'A secret',
              metadata: { cwe: ['CWE-798: Hard-coded Credentials'] },
            },
          },
        ],
      },
    ],
    [
      'Semgrep in its upload',
      {
        searched_paths: [],
        findings: [
          {
            check_id: 'generic.secrets.stripe',
            path: 'app.py',
            line,
            column,
            end_line: line,
            end_column: end,
            message: 'secret',
            metadata: { cwe: ['CWE-798'] },
          },
        ],
      },
    ],
    [
      'a GitHub alert without its secret',
      {
        number: 1,
        secret_type: 'stripe_api_key',
        state: 'open',
        html_url: 'https://github.com/o/r/security/secret-scanning/1',
        first_location_detected: {
          path: 'app.py',
          start_line: line,
          end_line: line,
          start_column: column,
          end_column: end - 1,
        },
      },
    ],
    [
      'Kingfisher, redacted',
      {
        findings: [
          {
            rule: { id: 'kingfisher.stripe.2', name: 'Stripe' },
            finding: {
              snippet: '[REDACTED:12345]',
              line,
              column_start: column - 1,
              column_end: end - 1,
              path: '/repo/app.py',
            },
          },
        ],
        audit: {},
      },
    ],
    [
      'Xygeni',
      {
        metadata: { format: 'secrets-xygeni' },
        secrets: [
          {
            issueId: 'x',
            detector: 'stripe',
            secret: `${key.slice(0, 12)}******`,
            hash: 'x',
            location: { filepath: 'app.py', beginLine: line },
          },
        ],
      },
    ],
    ['a table', `rule,secret,file,line\nstripe,${ends},app.py,3\n`],
  ])('%s', async (_, report) => {
    const { values, by } = await readBackOf(report, [folder({ 'app.py': text })])
    expect(values).toEqual([key])
    expect(by).toEqual(['place'])
  })

  it('Wiz, of an address', async () => {
    const address = `postgresql://${['postgres', other].join(':')}@localhost:5432/postgres?`
    const description = 'Password in URL (postgresql://postgres:---REDACTED---@localhost:5432/postgres?)'
    const secrets = [{ description, path: '/testing.go', lineNumber: 2, offset: 9, type: 'PASSWORD' }]
    const report = { scanOriginResource: {}, result: { secrets } }
    const root = folder({ 'testing.go': `x\nopen("${address}")\n` })
    expect((await readBackOf(report, [root])).values).toEqual([address])
  })
})

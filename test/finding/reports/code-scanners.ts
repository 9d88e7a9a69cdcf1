import { json } from '../support.ts'
import { other, type Report, secret, sha, stars } from './report.ts'

const loc = { start: { line: 1, column: 8 }, end: { line: 1, column: 14 } }
const content = `THIS IS ${secret} SOURCE`
const message = {
  type: 'message',
  message: 'found',
  messageId: 'STRIPE',
  ruleId: '@secretlint/r',
  range: [8, 8 + secret.length],
  loc,
  severity: 'error',
}
const lint = { filePath: 'a.py', sourceContent: content, sourceContentType: 'text' }
const linted = { tool: 'secretlint', rule: 'STRIPE', place: { file: 'a.py', line: 1, column: 9 } }

const text = `key = "${secret}"`
const cwe = ['CWE-798: Use of Hard-coded Credentials']
const result = {
  check_id: 'generic.secrets.security.x',
  path: 'a.py',
  start: { line: 7, col: 8, offset: 90 },
  end: { line: 7, col: 8 + secret.length },
}
const grep = { tool: 'semgrep', rule: 'generic.secrets.security.x', place: { file: 'a.py', line: 7, column: 8 } }
const envelope = { version: '1.97.0', errors: [], paths: { scanned: [] } }
const metavar = (abstract_content: string) => ({ start: {}, end: {}, abstract_content })
const api = {
  findingPath: 'a.py:7',
  findingPathUrl: `https://g/o/r/blob/${sha}/a.py#L7`,
  type: 'OpenAI',
  validationState: 'VALIDATION_STATE_CONFIRMED_VALID',
  createdAt: '2024-06-17T17:23:01Z',
  repository: { visibility: 'REPOSITORY_VISIBILITY_PRIVATE' },
}
const sent = {
  check_id: 'x.secrets.y',
  path: 'a.py',
  line: 7,
  column: 3,
  message: 'm',
  commit_date: 'sanitized',
  validation_state: 'NO_VALIDATOR',
}
const hidden = { tool: 'semgrep', redacted: true as const }

export const codeScanners: readonly Report[] = [
  [
    'secretlint, JSON',
    'data, a range and what is masked',
    json(
      {
        ...lint,
        messages: [
          { ...message, data: { KEY: secret, typeName: 'Stripe' } },
          message,
          { ...message, data: { KEY: stars } },
        ],
      },
      { ...lint, messages: [] },
    ),
    [
      { ...linted, value: secret },
      { ...linted, value: secret },
      { ...linted, redacted: true },
    ],
  ],
  [
    'secretlint, JSON',
    'one result of the library, with two texts',
    JSON.stringify({ filePath: 'a.py', messages: [{ ...message, data: { ID: other, SECRET: secret } }] }),
    [{ ...linted, parts: { ID: other, SECRET: secret } }],
  ],
  [
    'Semgrep, JSON',
    'lines, metavariables, a login and a validator',
    JSON.stringify({
      ...envelope,
      results: [
        { ...result, extra: { lines: text, metadata: { cwe }, metavars: {} } },
        {
          ...result,
          extra: {
            lines: 'requires login',
            metavars: { $REGEX: metavar(`"${secret}"`), $X: metavar('x') },
            validation_state: 'CONFIRMED_INVALID',
          },
        },
        {
          ...result,
          extra: {
            lines: text,
            metavars: { $KEY_ID: metavar(other), $SECRET: metavar(secret) },
            historical_info: { git_commit: sha, git_commit_timestamp: '2021-01-30T19:50:09Z' },
          },
        },
        { ...result, extra: { lines: 'requires login' } },
      ],
    }),
    [
      { ...grep, value: secret },
      { ...grep, value: secret, prior: 'dead' },
      {
        ...grep,
        value: secret,
        parts: { KEY_ID: other, SECRET: secret },
        place: { ...grep.place, commit: sha, at: '2021-01-30T19:50:09Z' },
      },
      { ...grep, redacted: true },
    ],
  ],
  [
    'Semgrep, JSON',
    'what is about a secret by its weakness or its words',
    JSON.stringify({
      ...envelope,
      results: [
        { ...result, check_id: 'mine', extra: { message: 'Hard-coded API key' } },
        { ...result, check_id: 'weak', extra: { metadata: { cwe } } },
      ],
    }),
    ['mine', 'weak'].map(rule => ({ ...grep, rule, redacted: true })),
  ],
  ['Semgrep, JSON', 'no results', '{"results":[],"errors":[]}', []],
  [
    'Semgrep API findings, JSON',
    'secrets',
    JSON.stringify({ cursor: 'x', findings: [api, { ...api, validationState: 'VALIDATION_STATE_NO_VALIDATOR' }] }),
    (['live', 'unknown'] as const).map(prior => ({
      ...hidden,
      rule: 'OpenAI',
      prior,
      place: {
        file: 'a.py',
        line: 7,
        commit: sha,
        url: api.findingPathUrl,
        at: '2024-06-17T17:23:01Z',
        exposure: 'internal',
      },
    })),
  ],
  [
    'Semgrep API findings, JSON',
    'what its CI sends, and code findings',
    JSON.stringify({
      findings: [
        sent,
        {
          rule_name: 'y',
          match_based_id: 'i',
          line_of_code_url: 'https://g/x',
          location: { file_path: 'b.py', line: 2 },
          rule: { cwe_names: cwe },
        },
      ],
      ignores: [sent],
      searched_paths: [],
    }),
    [
      { ...hidden, rule: 'x.secrets.y', prior: 'unknown', place: { file: 'a.py', line: 7, column: 3 } },
      { ...hidden, rule: 'y', place: { file: 'b.py', line: 2, url: 'https://g/x' } },
    ],
  ],
  [
    'Checkov, JSON',
    'masked lines, and checks of something else',
    json({
      check_type: 'secrets',
      results: {
        failed_checks: [
          {
            check_id: 'CKV_SECRET_2',
            check_name: 'AWS Access Key',
            code_block: [[7, 'KEY=AKIAR**********']],
            repo_file_path: '/a.py',
            file_line_range: [7, 8],
            resource: sha,
            added_commit_hash: '',
          },
          { check_id: 'CKV_AWS_1', check_name: 'a bucket', file_path: '/b.tf', resource: 'aws_s3_bucket.b' },
        ],
      },
    }),
    [{ tool: 'checkov', rule: 'AWS Access Key', redacted: true, place: { file: '/a.py', line: 7 } }],
  ],
  [
    'GitLab secret detection report, JSON',
    'what Semgrep and Checkov write as SAST',
    JSON.stringify({
      scan: { type: 'sast' },
      vulnerabilities: [
        {
          category: 'sast',
          scanner: { id: 'semgrep' },
          location: { file: 'a.py', start_line: 7 },
          identifiers: [{ type: 'semgrep_type', value: 'generic.secrets.stripe' }],
        },
        {
          category: 'sast',
          scanner: { id: 'semgrep' },
          location: { file: 'a.py', start_line: 9 },
          identifiers: [{ type: 'semgrep_type', value: 'python.lang.eval' }],
        },
        {
          scanner: { id: 'checkov' },
          location: { file: 'a.py', start_line: 7 },
          identifiers: [{ type: 'checkov', value: 'CKV_SECRET_2' }],
        },
      ],
    }),
    [
      { tool: 'semgrep', rule: 'generic.secrets.stripe', redacted: true, place: { file: 'a.py', line: 7 } },
      { tool: 'checkov', rule: 'CKV_SECRET_2', redacted: true, place: { file: 'a.py', line: 7 } },
    ],
  ],
]

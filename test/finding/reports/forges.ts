import { json } from '../support.ts'
import { base, other, type Report, secret, sha } from './report.ts'

const html = 'https://github.com/o/r/security/secret-scanning/2'
const spot = {
  path: 'a.py',
  start_line: 7,
  start_column: 3,
  commit_sha: sha,
  html_url: 'https://github.com/o/r/blob/1/a.py',
}
const alert = {
  number: 2,
  created_at: '2020-11-06T18:48:51Z',
  html_url: html,
  locations_url: `${html}/locations`,
  secret_type: 'stripe_api_key',
  secret,
  validity: 'active',
  publicly_leaked: false,
}
const found = { tool: 'github', rule: 'stripe_api_key', value: secret, prior: 'live' as const }
const here = { url: html, at: '2020-11-06T18:48:51Z' }
const place = { file: 'a.py', line: 7, column: 3, commit: sha, url: spot.html_url }
const hidden = { tool: 'github', redacted: true as const }
const types = 'aws_access_key_id, aws_secret_access_key'

const weakness = { type: 'cwe', name: 'CWE-798', value: '798' }
const rule = {
  type: 'gitleaks_rule_id',
  name: 'Gitleaks rule ID gitlab_personal_access_token',
  value: 'gitlab_personal_access_token',
}
const raw = {
  name: 'GitLab',
  raw_source_code_extract: secret,
  location: { file: 'a.py', start_line: 7, commit: { sha: '0000000', date: '0001-01-01T00:00:00Z' } },
  identifiers: [weakness, rule],
}
const lab = { tool: 'gitlab', rule: 'gitlab_personal_access_token', value: secret, place: { file: 'a.py', line: 7 } }
const scan = { scanner: { id: 'gitleaks', name: 'Gitleaks' }, type: 'secret_detection', status: 'success' }
const semgrep = {
  category: 'secret_detection',
  scanner: { id: 'semgrep' },
  identifiers: [{ type: 'semgrep_type', value: 'generic.secrets.x' }],
}

export const forges: readonly Report[] = [
  [
    'GitHub secret scanning alerts, JSON',
    'a list of an organisation',
    json(
      { ...alert, first_location_detected: spot, repository: { private: false } },
      { ...alert, validity: 'unknown', secret: base(secret), is_base64_encoded: true, repository: { private: true } },
      { ...alert, secret_type: types, secret: `${other}:${secret}`, validity: 'inactive', publicly_leaked: true },
    ),
    [
      { ...found, place: { ...place, at: here.at, exposure: 'public' } },
      { ...found, prior: 'unknown', place: { ...here, exposure: 'internal' } },
      {
        tool: 'github',
        rule: types,
        value: `${other}:${secret}`,
        parts: { aws_access_key_id: other, aws_secret_access_key: secret },
        prior: 'dead',
        place: { ...here, exposure: 'public' },
      },
    ],
  ],
  [
    'GitHub secret scanning alerts, JSON',
    'one, of an older version',
    JSON.stringify({ number: 2, html_url: html, secret_type: 'stripe_api_key', secret, state: 'open' }, undefined, 2),
    [{ tool: 'github', rule: 'stripe_api_key', value: secret, place: { url: html } }],
  ],
  [
    'GitHub secret scanning alerts, JSON',
    'pages of lists, with the secret hidden',
    JSON.stringify([[{ ...alert, secret: undefined }], [{ ...alert, secret: null }], []]),
    [0, 1].map(() => ({ ...hidden, rule: 'stripe_api_key', prior: 'live', place: here })),
  ],
  [
    'GitHub secret scanning locations, JSON',
    'a commit and an issue',
    json(
      { type: 'commit', details: spot },
      { type: 'issue_body', details: { issue_body_url: 'https://api.github.com/x' } },
    ),
    [
      { ...hidden, place },
      { ...hidden, place: { url: 'https://api.github.com/x', medium: 'ticket' } },
    ],
  ],
  [
    'GitHub secret scanning webhooks, JSON',
    'an alert and a location',
    json(
      {
        action: 'created',
        alert: { number: 2, secret_type: 'stripe_api_key' },
        repository: { html_url: 'https://github.com/o/r', full_name: 'o/r', visibility: 'private' },
      },
      { action: 'created', alert: { secret_type: 'stripe_api_key' }, location: { type: 'commit', details: spot } },
    ),
    [
      {
        ...hidden,
        rule: 'stripe_api_key',
        place: { url: 'https://github.com/o/r', exposure: 'internal', repository: 'o/r' },
      },
      { ...hidden, rule: 'stripe_api_key', place },
    ],
  ],
  [
    'GitLab secret detection report, JSON',
    'version 14, 15 without a category, and another rule',
    JSON.stringify({
      version: '15.0.0',
      vulnerabilities: [
        { ...raw, category: 'secret_detection' },
        raw,
        { ...raw, identifiers: [{ type: 'x', value: 'y' }] },
      ],
      scan,
    }),
    [lab, lab, { ...lab, rule: 'y' }],
  ],
  [
    'GitLab secret detection report, JSON',
    'a version without a scan, with findings of another kind',
    JSON.stringify(
      {
        version: '2.3',
        vulnerabilities: [
          {
            ...raw,
            location: { ...raw.location, commit: { sha, author: 'A', date: '2020-11-06T18:48:51Z' } },
            category: 'secret_detection',
          },
          { category: 'sast', location: { file: 'b' }, identifiers: [weakness] },
        ],
      },
      undefined,
      1,
    ),
    [{ ...lab, place: { ...lab.place, commit: sha, author: 'A', at: here.at } }],
  ],
  [
    'GitLab secret detection report, JSON',
    "Semgrep's",
    JSON.stringify({ vulnerabilities: [{ ...raw, ...semgrep, raw_source_code_extract: ['a', secret] }] }),
    [{ tool: 'semgrep', rule: 'generic.secrets.x', value: `a\n${secret}`, place: lab.place }],
  ],
  [
    'GitLab secret detection report, JSON',
    "n0s1's, which says DAST",
    JSON.stringify({
      vulnerabilities: [
        {
          evidence: { summary: 'sanitized: [key=xxxxxxxxxxxx]' },
          identifiers: [{ type: 'regex', name: 'AWS key', value: 'aws' }],
          location: { hostname: 'https://jira.example/T-1', path: '' },
        },
      ],
      scan: { scanner: { id: 'n0s1' }, type: 'dast' },
    }),
    [{ tool: 'n0s1', rule: 'aws', redacted: true, place: { url: 'https://jira.example/T-1' } }],
  ],
  [
    'GitLab secret detection report, JSON',
    'no vulnerabilities',
    JSON.stringify({ version: '14', vulnerabilities: [], scan }),
    [],
  ],
]

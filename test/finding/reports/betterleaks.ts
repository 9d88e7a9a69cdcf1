import { jsonLines } from '../support.ts'
import { other, type Report, secret, sha } from './report.ts'

const at = { line: 7, column: 3 }
const better = {
  rule_id: 'aws-access-token',
  confidence: 'high',
  match: { full: `id = "${other}"`, value: other, fingerprint: 'f0' },
  attributes: {
    resource: 'git.patch_content',
    'git.sha': sha,
    'git.author_email': 'a@b.c',
    'git.date': '2021-01-30T19:50:09Z',
    'git.remote_url': 'https://g/r',
    url: 'https://g/r/blob/1/a.py#L7',
  },
  location: { path: 'a.py', start_line: 7, end_line: 7, start_column: 3, end_column: 22 },
}
const partner = { rule_id: 'aws-secret-access-key', match: { full: `x ${secret}`, value: secret }, location: {} }
const scan = { betterleaks_version: '2.0.0', num_findings: 1 }
const leaked = {
  tool: 'betterleaks',
  rule: 'aws-access-token',
  place: {
    file: 'a.py',
    ...at,
    commit: sha,
    url: 'https://g/r/blob/1/a.py#L7',
    author: 'a@b.c',
    at: '2021-01-30T19:50:09Z',
    repository: 'https://g/r',
    medium: 'repository' as const,
  },
}

export const betterleaksReports: readonly Report[] = [
  [
    'Betterleaks 2, JSON',
    'an envelope with both ways to pair a key, and one that was masked',
    JSON.stringify({
      schema_version: '1',
      findings: [
        {
          ...better,
          analysis: { status: 'unknown' },
          component_sets: [
            { components: [partner], analysis: { status: 'valid' } },
            { components: [{ ...partner, match: { ...partner.match, captures: { region: 'eu' } } }] },
          ],
        },
        {
          ...better,
          match: { full: 'id = "REDACTED"', value: 'REDACTED', captures: { user: 'REDACTED' } },
          component_sets: [{ components: [{ ...partner, match: { value: 'REDACTED' } }] }],
        },
      ],
      scan,
    }),
    [
      { ...leaked, value: other, parts: { 'aws-secret-access-key': secret }, prior: 'live' },
      { ...leaked, value: other, parts: { region: 'eu', 'aws-secret-access-key': secret }, prior: 'unknown' },
      { ...leaked, redacted: true },
    ],
  ],
  [
    'Betterleaks 2, JSON',
    'a line for each finding, and its summary',
    jsonLines(
      { schema_version: '1', finding: { ...better, attributes: { resource: 'file' } } },
      { schema_version: '1', scan },
    ),
    [{ tool: 'betterleaks', rule: 'aws-access-token', value: other, place: { file: 'a.py', ...at } }],
  ],
  ['Betterleaks 2, JSON', 'a report of nothing', JSON.stringify({ schema_version: '1', findings: [], scan }), []],
]

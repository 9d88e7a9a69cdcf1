import { json } from '../support.ts'
import { other, type Report, secret, sha } from './report.ts'

const match = { match: secret, type: 'apikey', line_start: 7 }

const url = 'https://dashboard.gitguardian.com/workspace/8/incidents/1'
const leaked = {
  id: 1,
  detector: { name: 'aws_iam', display_name: 'AWS Keys', detector_group_name: 'aws_iam' },
  date: '2020-10-29T13:19:59.005564Z',
  secret_hash: 'x',
  validity: 'invalid',
  status: 'RESOLVED',
  gitguardian_url: url,
  tags: [],
}
const seen = {
  id: 2,
  incident_id: 1,
  date: '2020-10-29T13:20:05Z',
  filepath: 'a.py',
  matches: [{ name: 'client_id', pre_line_start: null, post_line_start: 7 }],
  url: 'https://github.com/o/r/commit/1',
  author_info: 'a@b.c',
  sha,
  source: { visibility: 'private' },
}
const where = { file: 'a.py', line: 7, commit: sha, url: seen.url, author: 'a@b.c', at: '2020-10-29T13:20:05Z' }
const hidden = { tool: 'gitguardian', redacted: true as const }
const aws = { ...hidden, rule: 'aws_iam', prior: 'dead' as const }
const since = '2020-10-29T13:19:59Z'
const token = { id: 't', type: 'AWS', open_events_count: 0, triggered_at: null, created_at: '2023-05-15T14:09:08Z' }
const decoy = {
  tool: 'gitguardian',
  rule: 'honeytoken AWS',
  hint: 'A GitGuardian honeytoken.',
  place: { at: '2023-05-15T14:09:08Z' },
}
const broken = {
  type: 'Stripe',
  detector_name: 'stripe',
  policy: 'Secrets detection',
  validity: 'no_checker',
  matches: [match],
}

export const gitguardian: readonly Report[] = [
  [
    'GitGuardian incidents, JSON',
    'one with occurrences and one without',
    json(
      { ...leaked, occurrences: [seen, { ...seen, filepath: 'b.py', source: { visibility: 'public' } }] },
      { ...leaked, tags: ['PUBLICLY_LEAKED'] },
    ),
    [
      { ...aws, place: { ...where, exposure: 'internal' } },
      { ...aws, place: { ...where, file: 'b.py', exposure: 'public' } },
      { ...aws, place: { url, at: since, exposure: 'public' } },
    ],
  ],
  [
    'GitGuardian incidents, JSON',
    'a public incident by itself',
    JSON.stringify(
      { ...leaked, validity: 'failed_to_check', gitguardian_url: 'https://x/public-incidents/1' },
      undefined,
      1,
    ),
    [{ ...aws, prior: 'unknown', place: { url: 'https://x/public-incidents/1', at: since, exposure: 'public' } }],
  ],
  ['GitGuardian occurrences, JSON', 'a list', json(seen), [{ ...hidden, place: { ...where, exposure: 'internal' } }]],
  [
    'GitGuardian scan API, JSON',
    'several documents',
    json(
      { policy_break_count: 1, policy_breaks: [broken, { ...broken, policy: 'Filenames' }], filename: 'a.py' },
      { policy_breaks: [] },
    ),
    [{ tool: 'gitguardian', rule: 'stripe', value: secret, prior: 'unknown', place: { file: 'a.py', line: 7 } }],
  ],
  [
    'GitGuardian scan API, JSON',
    'a connection string with its parts',
    JSON.stringify({
      policy_breaks: [
        {
          break_type: 'PostgreSQL',
          matches: [
            { type: 'connection_uri', match: 'postgres://u:pw@h/d' },
            { type: 'host', match: 'h' },
            { type: 'host', match: 'g' },
          ],
        },
      ],
    }),
    [
      {
        tool: 'gitguardian',
        rule: 'PostgreSQL',
        value: 'postgres://u:pw@h/d',
        parts: { connection_uri: 'postgres://u:pw@h/d', host: 'h', host_2: 'g' },
        place: {},
      },
    ],
  ],
  ['GitGuardian scan API, JSON', 'nothing found', '{"policy_break_count":0,"policies":[],"policy_breaks":[]}', []],
  [
    'GitGuardian honeytokens, JSON',
    'decoys, shown and hidden',
    json({ ...token, token: { access_token_id: other, secret_key: secret } }, { ...token, token: '[REDACTED]' }),
    [
      { ...decoy, parts: { access_token_id: other, secret_key: secret } },
      { ...decoy, redacted: true },
    ],
  ],
]

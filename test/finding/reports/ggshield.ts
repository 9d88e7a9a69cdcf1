import { json } from '../support.ts'
import { other, type Report, secret, sha } from './report.ts'

const match = { match: secret, type: 'apikey', line_start: 7, line_end: 7, index_start: 1 }
const id = { match: other, type: 'client_id', line_start: 3 }
const key = { match: secret, type: 'client_secret', line_start: 4 }
const censored = `${secret.slice(0, 6)}${'*'.repeat(secret.length - 12)}${secret.slice(-6)}`
const incident = {
  policy: 'Secrets detection',
  type: 'Stripe Keys',
  validity: 'valid',
  total_occurrences: 1,
  occurrences: [match],
}
const documented = 'https://docs.gitguardian.com/secrets-detection/detectors/specifics/aws_iam#x'
const totals = { total_incidents: 1, total_occurrences: 1 }
const entity = (filename: string, ...incidents: object[]) => ({ mode: 'FILE', filename, incidents, ...totals })
const found = {
  tool: 'ggshield',
  rule: 'Stripe Keys',
  value: secret,
  prior: 'live' as const,
  place: { file: 'a.py', line: 7 },
}
const commit = {
  id: sha,
  type: 'commit',
  extra_info: { author: 'A', email: 'a@b.c', date: 'Mon Jul 5 12:54:43 2021 +0530' },
  ...totals,
}
const known = { commit: sha, author: 'a@b.c', at: '2021-07-05T07:24:43Z' }

export const ggshield: readonly Report[] = [
  [
    'ggshield, JSON',
    'a path scan with two occurrences of two parts',
    json({
      id: '.',
      type: 'path_scan',
      entities_with_incidents: [
        entity('a.py', {
          ...incident,
          detector_documentation: documented,
          total_occurrences: 2,
          occurrences: [id, key, { ...id, line_start: 8 }, key],
        }),
      ],
      ...totals,
    }).slice(1, -1),
    [3, 8].map(line => ({
      tool: 'ggshield',
      rule: 'aws_iam',
      parts: { client_id: other, client_secret: secret },
      prior: 'live',
      place: { file: 'a.py', line },
    })),
  ],
  [
    'ggshield, JSON',
    'commits within scans, with censored and infrastructure incidents',
    JSON.stringify({
      id: 'r',
      type: 'commit-range',
      scans: [
        {
          ...commit,
          entities_with_incidents: [
            entity(
              'a.py',
              incident,
              { ...incident, occurrences: [{ ...match, match: censored }] },
              { policy: 'GG_IAC_0001' },
            ),
          ],
        },
        {
          id: 'd',
          type: 'docset',
          scans: [
            { ...commit, id: 'x', type: 'doc', entities_with_incidents: [entity(`commit://${sha}/a.py`, incident)] },
          ],
        },
      ],
      ...totals,
    }),
    [
      { ...found, place: { ...found.place, ...known } },
      { tool: 'ggshield', rule: 'Stripe Keys', redacted: true, prior: 'live', place: { ...found.place, ...known } },
      { ...found, place: { ...found.place, ...known } },
    ],
  ],
  [
    'ggshield, JSON',
    'an old one, whose counts do not add up',
    JSON.stringify({
      id: '.',
      type: 'path_scan',
      results: [entity('a.py', { ...incident, total_occurrences: undefined, occurrences: [match, match] })],
      ...totals,
    }),
    [found, found],
  ],
  ['ggshield, JSON', 'no incidents', '{"id":".","type":"path_scan","total_incidents":0,"total_occurrences":0}', []],
]

import { json, jsonLines } from '../support.ts'
import { other, type Report, secret, sha } from './report.ts'

/** Put together here, so that no scanner takes this file for a key. */
const pem = ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ')
const place = { file: 'a.py', line: 7, commit: sha, at: '2021-01-30T19:50:09Z' }
const old = {
  commitHash: sha,
  path: 'a.py',
  date: '2021-01-30 19:50:09',
  reason: 'Stripe',
  stringsFound: [secret, other],
}
const both = [secret, other]
const { line: _, ...noLine } = place
const leak = JSON.stringify(
  { RuleID: 'r', Secret: `${secret}<&>"`, File: 'a.py', StartLine: 7, Tags: [] },
  undefined,
  1,
)
const escaped = leak.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;').replaceAll('\n', '&#xA;')
const suite = (name: string, inner: string) =>
  `<?xml version="1.0"?>\n<testsuites>\n<testsuite failures="1" name="${name}" tests="1">${inner}</testsuite></testsuites>`

export const regexScanners: readonly Report[] = [
  [
    'TruffleHog 2, JSON lines',
    'each string',
    jsonLines({ ...old, branch: 'b', commit: 'message', diff: secret, printDiff: secret }),
    both.map(value => ({ tool: 'trufflehog', rule: 'Stripe', value, place: noLine })),
  ],
  [
    'TruffleHog 2, JSON lines',
    '--json-legacy',
    jsonLines({
      Branch: '',
      CommitHash: sha,
      Date: '2021-01-30',
      Diff: '',
      Path: 'a.py',
      Reason: 'R',
      StringsFound: [secret],
    }),
    [
      {
        tool: 'trufflehog',
        rule: 'R',
        value: secret,
        place: { file: 'a.py', commit: sha, at: '2021-01-30T00:00:00Z' },
      },
    ],
  ],
  [
    'TruffleHog3 (Python) 2, JSON',
    'lines of a diff',
    json({ ...old, branch: 'b', commit: 'm', stringsFound: [`+x = ${secret}`, pem] }),
    [`x = ${secret}`, pem].map(value => ({
      tool: 'trufflehog3',
      rule: 'Stripe',
      value,
      place: noLine,
    })),
  ],
  [
    'TruffleHog3 (Python), JSON',
    'a rule with an id',
    json({
      rule: { id: 'high-entropy', severity: 'HIGH' },
      path: 'a.py',
      line: '7',
      secret,
      commit: sha,
      author: 'A <a@b.c>',
      date: '2021-01-30T19:50:09Z',
    }),
    [{ tool: 'trufflehog3', rule: 'high-entropy', value: secret, place: { ...place, author: 'A <a@b.c>' } }],
  ],
  [
    'Rusty Hog, JSON',
    'Choctaw',
    json({ ...old, commit: 'm', diff: secret, new_line_num: 0, old_line_num: 7 }),
    both.map(value => ({ tool: 'rusty_hog', rule: 'Stripe', value, place })),
  ],
  [
    'Rusty Hog, JSON',
    'Göttingen, Duroc, Berkshire, Hante and Ankamali',
    json(
      { stringsFound: [secret], issue_id: 'T-1', reason: 'r', url: 'https://j/T-1', location: 'comment' },
      { stringsFound: [secret], path: 'a.py', reason: 'r', linenum: 7 },
      { stringsFound: [secret], bucket: 'b', key: 'k/a.py', reason: 'r' },
      { stringsFound: [secret], channel_id: 'C1', reason: 'r', url: 'https://s/C1', ts: '1612036209.000200' },
      { stringsFound: [secret], path: 'd/a', g_drive_id: 'x', reason: 'r', web_link: 'https://d/x' },
    ),
    [
      { url: 'https://j/T-1', medium: 'ticket' as const },
      { file: 'a.py', line: 7 },
      { file: 'k/a.py', repository: 'b', medium: 'storage' as const },
      { url: 'https://s/C1', repository: 'C1', at: '2021-01-30T19:50:09Z', medium: 'chat' as const },
      { file: 'd/a', url: 'https://d/x', medium: 'storage' as const },
    ].map(where => ({
      tool: 'rusty_hog',
      rule: 'r',
      value: secret,
      place: where,
    })),
  ],
  [
    'Gitleaks 8, JUnit XML',
    'entities and CDATA',
    suite(
      'gitleaks',
      `<testcase><failure message="a > b" type="t">${escaped}</failure></testcase><failure message="x"><![CDATA[${leak}]]></failure>`.replace(
        'a > b',
        'a &gt; b',
      ),
    ),
    Array.from({ length: 2 }, () => ({
      tool: 'gitleaks',
      rule: 'r',
      value: `${secret}<&>"`,
      place: { file: 'a.py', line: 7 },
    })),
  ],
  ['Gitleaks 8, JUnit XML', 'no failures', suite('betterleaks', ''), []],
]

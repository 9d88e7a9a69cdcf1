import { json, jsonLines } from '../support.ts'
import { base, other, type Report, secret, sha } from './report.ts'

const span = { source_span: { start: { line: 7, column: 3 }, end: { line: 7, column: 9 } } }
const git = {
  kind: 'git_repo',
  repo_path: '.git',
  first_commit: {
    commit_metadata: { commit_id: sha, author_email: 'a@b.c', author_timestamp: '1678401216 +0100' },
    blob_path: 'a.py',
  },
}
const nosey = { rule_name: 'AWS', rule_text_id: 'np.aws.6', finding_id: 'x', statuses: ['reject'] }
const inGit = { file: 'a.py', line: 7, column: 3, commit: sha, author: 'a@b.c', at: '2023-03-09T22:33:36Z' }
const titus = {
  BlobID: 'b',
  RuleID: 'np.aws.6',
  Location: { Source: { Start: { Line: 7, Column: 3 } } },
  Snippet: { Matching: base(`${other} ${secret}`) },
}
const at = { line: 7, column: 3 }

function fisher(validation: object, more: object = {}, rule: object = { id: 'kingfisher.aws.2', name: 'AWS' }): object {
  return { rule, finding: { snippet: secret, path: 'a.py', line: 7, column_start: 3, validation, ...more } }
}
const inactive = { status: 'Inactive Credential', response: '{"Code":"InvalidAccessKeyId"}' }
const swam = { tool: 'kingfisher', rule: 'kingfisher.aws.2', value: secret, place: { file: 'a.py', ...at } }
const command = `kingfisher validate --rule 'r' --var AKID='${other}' --var "ODD=it's" '${secret}'`
const metadata = {
  repository_url: 'https://g/r',
  commit: { id: sha, url: 'https://g/r/commit/1', date: '2021-01-30 19:50:09 +0000', committer: { email: 'a@b.c' } },
  file: { path: 'a.py', url: 'https://g/r/blob/1/a.py#L7' },
}

export const ruleScanners: readonly Report[] = [
  [
    'Kingfisher, JSON',
    'an envelope with commands',
    JSON.stringify({
      findings: [
        fisher(
          { status: 'Active Credential', outcome: 'verified_active', response: '' },
          { validate_command: command, git_metadata: metadata },
        ),
      ],
      audit: {},
    }),
    [
      {
        ...swam,
        parts: { AKID: other, ODD: "it's" },
        prior: 'live',
        place: {
          file: 'a.py',
          ...at,
          commit: sha,
          url: 'https://g/r/blob/1/a.py#L7',
          author: 'a@b.c',
          at: '2021-01-30T19:50:09Z',
          repository: 'https://g/r',
        },
      },
    ],
  ],
  [
    'Kingfisher, JSON',
    'an array of matches, with what is inactive and what was not asked',
    json({
      id: 'x',
      matches: [
        fisher(inactive),
        fisher({ ...inactive, response: 'Validation skipped - missing dependent rules: x' }),
        fisher({ status: 'Not Attempted', response: '' }),
      ],
    }),
    (['dead', 'unknown', 'unknown'] as const).map(prior => ({ ...swam, prior })),
  ],
  [
    'Kingfisher, JSON',
    'lines with an audit, a canary and a redacted one',
    jsonLines(
      fisher({ status: 'Canary Token (Skipped)', outcome: 'skipped', response: '' }),
      fisher(
        { outcome: 'verified_inactive', status: 'Inactive Credential', response: 'no' },
        { snippet: '[REDACTED:ab12]' },
      ),
      { audit: { schema: 'kingfisher.repository-audit.v1' } },
    ),
    [
      { ...swam, hint: 'canarytoken, as Kingfisher says.', prior: 'unknown' },
      { tool: 'kingfisher', rule: 'kingfisher.aws.2', redacted: true, prior: 'dead', place: { file: 'a.py', ...at } },
    ],
  ],
  [
    'Kingfisher, JSON',
    'envelopes one after another',
    jsonLines({ findings: [fisher({})], access_map: [] }, { findings: [] }, { findings: [fisher({})] }),
    [swam, swam],
  ],
  [
    'Kingfisher, TOON',
    'a table among other things',
    [
      'schema: kingfisher.toon.v1',
      'scan:',
      '  target: tree',
      'findings[3|]{rule_id|validation_outcome|path|line|column_start|snippet|validate_command|git_commit_id}:',
      `  kingfisher.aws.2|verified_active|a.py|7|3|${secret}|${JSON.stringify(command)}|${sha}`,
      `  "kingfisher.aws.2"|null|"a|\\".py"|7|3|${secret}|null|null`,
      '  kingfisher.aws.2|null|a.py|7|3|[REDACTED:ced15b4d]|null|null',
      'audit:',
      '  findings: none|of|these|is|one|of|them|all',
      '',
    ].join('\n'),
    [
      { ...swam, parts: { AKID: other, ODD: "it's" }, prior: 'live', place: { ...swam.place, commit: sha } },
      { ...swam, place: { ...swam.place, file: 'a|".py' } },
      { tool: 'kingfisher', rule: 'kingfisher.aws.2', redacted: true, place: swam.place },
    ],
  ],
  [
    'Nosey Parker, JSON and JSON lines',
    'groups, and a file beside a commit',
    jsonLines({
      ...nosey,
      groups: [base(other), base(secret)],
      matches: [
        {
          provenance: [{ kind: 'file', path: './a.py' }, git],
          location: span,
          groups: [base(other), base(secret)],
          snippet: { before: 'https://canarytokens.org/x', matching: `${other} ${secret}` },
        },
      ],
    }),
    [
      {
        tool: 'noseyparker',
        rule: 'np.aws.6',
        value: `${other} ${secret}`,
        parts: { group_1: other, group_2: secret },
        hint: 'canarytoken or honeytoken, as the text beside it says.',
        place: inGit,
      },
    ],
  ],
  [
    'Nosey Parker, JSON and JSON lines',
    'an array, one group and a file only',
    json({
      ...nosey,
      groups: [base(secret)],
      matches: [{ provenance: [{ kind: 'file', path: 'a.py' }], location: span }],
    }),
    [{ tool: 'noseyparker', rule: 'np.aws.6', value: secret, place: { file: 'a.py', ...at } }],
  ],
  [
    'Nosey Parker, JSON and JSON lines',
    'the old form',
    jsonLines({
      type: 'finding',
      rule_name: 'Generic',
      match_content: secret,
      matches: [
        {
          provenance: [{ ...git, first_commit: undefined, commit_provenance: git.first_commit }],
          location: span,
          match_content: secret,
        },
      ],
    }),
    [{ tool: 'noseyparker', rule: 'Generic', value: secret, place: inGit }],
  ],
  [
    'Titus, JSON',
    'matches with named groups',
    json({
      ...titus,
      Groups: null,
      NamedGroups: { key_id: base(other), secret: base(secret) },
      validation_result: { status: 'invalid' },
    }),
    [
      {
        tool: 'titus',
        rule: 'np.aws.6',
        value: `${other} ${secret}`,
        parts: { key_id: other, secret },
        prior: 'dead',
        place: at,
      },
    ],
  ],
  [
    'Titus, JSON',
    'findings with their matches',
    json({ ID: 'i', RuleID: 'np.aws.6', Groups: [base(secret)], Matches: [{ ...titus, file_path: 'a.py' }, titus] }),
    [{ file: 'a.py', ...at }, at].map(place => ({ tool: 'titus', rule: 'np.aws.6', value: secret, place })),
  ],
  [
    'Titus, JSON',
    'a group that begins behind the letters with which the key begins',
    json({
      ...titus,
      RuleID: 'np.mailgun.1',
      Groups: [base(secret)],
      Snippet: { Before: '', Matching: base(`MAILGUN_API || "key-${secret}`), After: '' },
    }),
    [{ tool: 'titus', rule: 'np.mailgun.1', value: `key-${secret}`, place: at }],
  ],
]

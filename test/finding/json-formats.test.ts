import { describe, expect, it } from 'vitest'
import { findingsIn, json, jsonLines, key, type Plain } from './support.ts'

const secret = key('tok_live_')
const other = key('id_', 20, 3)
const place = { file: 'a.py', line: 3, column: 5, commit: 'c0ffee', author: 'a@b.c', at: '2022-06-16T17:17:40Z' }
const leak = {
  RuleID: 'stripe-access-token',
  StartLine: 3,
  StartColumn: 5,
  Match: `key=${secret}`,
  Secret: secret,
  File: 'a.py',
  Commit: 'c0ffee',
  Author: 'A',
  Email: 'a@b.c',
  Date: '2022-06-16T17:17:40Z',
}
const hog = {
  SourceMetadata: {
    Data: {
      Git: { commit: 'c0ffee', file: 'a.py', email: 'a@b.c', timestamp: '2022-06-16 10:17:40 -0700 PDT', line: 3 },
    },
  },
  DetectorName: 'Stripe',
  DecoderName: 'PLAIN',
  Verified: false,
  Raw: secret,
}
const { column: _, ...noColumn } = place
const inGit = { ...noColumn, medium: 'repository' as const }
const encoded = Buffer.from(secret).toString('base64')
const { DecoderName: __, ...oldHog } = { ...hog, Raw: encoded }

function github(more: object): object {
  return { ...hog, SourceMetadata: { Data: { Github: { file: 'a', link: 'https://github.com/o/r', ...more } } } }
}

function sarif(name: string, snippet: string | undefined): object {
  const region = { startLine: 3, startColumn: 5, ...(snippet !== undefined && { snippet: { text: snippet } }) }
  const location = { physicalLocation: { artifactLocation: { uri: 'a.py' }, region } }
  const fingerprints = { commitSha: 'c0ffee', email: 'a@b.c', date: '2022-06-16T17:17:40Z' }
  const result = { ruleId: 'r', message: { text: 'x' }, locations: [location], partialFingerprints: fingerprints }
  return { version: '2.1.0', runs: [{ tool: { driver: { name } }, results: [result] }] }
}

const better = { ...leak, RuleID: 'wiz-client-secret', Attributes: { path: 'b.py', 'git.sha': 'beef' } }
const set = (status: string) => ({ components: [{ RuleID: 'wiz-client-id', Secret: other }], validationStatus: status })
const header =
  'RuleID,Commit,File,SymlinkFile,Secret,Match,StartLine,EndLine,StartColumn,EndColumn,Author,Message,Date,Email,Fingerprint,Tags'
const csvRow = `r,c0ffee,a.py,,${secret},"key = ""${secret}""\nmore",3,3,5,9,A,"a, b",2022-06-16T17:17:40Z,a@b.c,f,`
const older =
  'RuleID,Commit,File,Secret,Match,StartLine,EndLine,StartColumn,EndColumn,Author,Message,Date,Email,Fingerprint'

const table: readonly (readonly [what: string, text: string, findings: readonly Plain[]])[] = [
  ['Gitleaks 8 JSON', json(leak), [{ tool: 'gitleaks', rule: 'stripe-access-token', value: secret, place }]],
  [
    'Gitleaks 8 JSON lines',
    jsonLines(leak, leak),
    Array.from({ length: 2 }, () => ({ tool: 'gitleaks', rule: 'stripe-access-token', value: secret, place })),
  ],
  [
    'one Gitleaks record',
    JSON.stringify(leak, undefined, 2),
    [{ tool: 'gitleaks', rule: 'stripe-access-token', value: secret, place }],
  ],
  [
    'redacted Gitleaks JSON',
    json({ ...leak, Secret: 'REDACTED' }),
    [{ tool: 'gitleaks', rule: 'stripe-access-token', redacted: true, place }],
  ],
  ['Gitleaks CSV', `${header}\n${csvRow}\n`, [{ tool: 'gitleaks', rule: 'r', value: secret, place }]],
  [
    'older Gitleaks CSV',
    `${older}\nr,c0ffee,a.py,${secret},m,3,3,5,9,A,m,2022-06-16T17:17:40Z,a@b.c,f\n`,
    [{ tool: 'gitleaks', rule: 'r', value: secret, place }],
  ],
  [
    'Gitleaks SARIF',
    JSON.stringify(sarif('gitleaks', secret)),
    [{ tool: 'gitleaks', rule: 'r', value: secret, place }],
  ],
  [
    "an unknown tool's SARIF",
    JSON.stringify(sarif('My Scanner', secret), undefined, 2),
    [{ tool: 'sarif', rule: 'r', value: secret, place }],
  ],
  [
    'SARIF without a snippet',
    JSON.stringify(sarif('secretlint', undefined)),
    [{ tool: 'secretlint', rule: 'r', redacted: true, place }],
  ],
  [
    'SARIF without results',
    JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [] }] }),
    [],
  ],
  [
    'Gitleaks 7 JSON',
    json({
      offender: secret,
      rule: 'AWS',
      file: 'a.py',
      lineNumber: 3,
      commit: 'c0ffee',
      email: 'a@b.c',
      date: '2022-06-17T00:17:40+07:00',
      tags: 'key, AWS',
    }),
    [{ tool: 'gitleaks', rule: 'AWS', value: secret, place: noColumn }],
  ],
  [
    'Betterleaks with both of its pairings',
    json({ ...better, RequiredSets: [set('valid'), set('revoked')] }),
    ['live' as const, 'dead' as const].map(prior => ({
      tool: 'betterleaks',
      rule: 'wiz-client-secret',
      value: secret,
      parts: { 'wiz-client-id': other },
      prior,
      place: { ...place, file: 'b.py', commit: 'beef' },
    })),
  ],
  [
    'Betterleaks with capture groups',
    json({ ...leak, CaptureGroups: { host: 'x.example.com' }, ValidationStatus: 'needs_validation' }),
    [
      {
        tool: 'betterleaks',
        rule: 'stripe-access-token',
        value: secret,
        parts: { host: 'x.example.com' },
        prior: 'unknown',
        place,
      },
    ],
  ],
  [
    'TruffleHog',
    jsonLines(hog),
    [{ tool: 'trufflehog', rule: 'Stripe', value: secret, prior: 'unknown', place: inGit }],
  ],
  [
    'TruffleHog with base64',
    jsonLines(oldHog),
    [{ tool: 'trufflehog', rule: 'Stripe', value: secret, prior: 'unknown', place: inGit }],
  ],
  [
    'TruffleHog with both halves in RawV2',
    jsonLines({ ...hog, Raw: other, RawV2: `${other}:${secret}`, Verified: true }),
    [
      {
        tool: 'trufflehog',
        rule: 'Stripe',
        value: `${other}:${secret}`,
        parts: { raw: other, rest: secret },
        prior: 'live',
        place: inGit,
      },
    ],
  ],
  [
    'TruffleHog with named parts',
    jsonLines({ ...hog, SecretParts: { key_id: other, secret }, RawV2: other + secret }),
    [
      {
        tool: 'trufflehog',
        rule: 'Stripe',
        value: other + secret,
        parts: { key_id: other, secret },
        prior: 'unknown',
        place: inGit,
      },
    ],
  ],
  [
    "TruffleHog's custom rules and canaries",
    jsonLines({
      ...hog,
      DetectorName: 'CustomRegex',
      ExtraData: { name: 'mine', arn: 'arn:aws:iam::1:user/canarytokens.com' },
    }),
    [
      {
        tool: 'trufflehog',
        rule: 'mine',
        value: secret,
        hint: 'arn:aws:iam::1:user/canarytokens.com',
        prior: 'unknown',
        place: inGit,
      },
    ],
  ],
  [
    'TruffleHog between log lines',
    `🐷🔑🐷  TruffleHog. Unearth your secrets.\n{"level":"info-0","msg":"running"}\n${jsonLines(hog)}2024-05-01T10:00:00Z info-0 done\n`,
    [{ tool: 'trufflehog', rule: 'Stripe', value: secret, prior: 'unknown', place: inGit }],
  ],
  [
    'one JSON key',
    JSON.stringify({ provider: 'stripe', key: secret }),
    [{ tool: 'json', provider: 'stripe', value: secret, place: {} }],
  ],
  [
    'an array of JSON keys',
    json({ provider: 'aws', parts: { id: other, secret } }),
    [{ tool: 'json', provider: 'aws', parts: { id: other, secret }, place: {} }],
  ],
  [
    'lines of JSON keys',
    jsonLines({ provider: 'aws', parts: { id: other, secret } }),
    [{ tool: 'json', provider: 'aws', parts: { id: other, secret }, place: {} }],
  ],
  ['null', 'null\n', []],
  ['an empty array', '[]', []],
  ['an empty file', '', []],
]

describe('reads', () => {
  it.each(table)('%s', async (_what, text, findings) => {
    expect(await findingsIn(text)).toEqual(findings)
  })
})

describe('exposure by TruffleHog', () => {
  it.each([
    ['private', 'internal'],
    [1, 'internal'],
    ['public', 'public'],
    [3, 'unknown'],
    [undefined, 'public'],
  ])('takes visibility %s for %s', async (visibility, exposure) => {
    const [found] = await findingsIn(jsonLines(github({ visibility })))
    expect(found?.place.exposure).toBe(exposure)
  })
})

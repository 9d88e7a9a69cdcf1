import { json, jsonLines } from '../support.ts'
import { other, secret, sha } from './report.ts'

const leak = {
  RuleID: 'r',
  Secret: secret,
  File: 'a.py',
  StartLine: 7,
  Commit: sha,
  Email: 'a@b.c',
  Date: '2021-01-30',
}
const set = { components: [{ RuleID: 'id', Secret: other }], validationStatus: 'valid' }
const git = { Git: { file: 'a.py', line: 7, commit: sha, timestamp: '2022-06-16 10:17:40 -0700 PDT' } }
const hog = { SourceMetadata: { Data: git }, DetectorName: 'X', DecoderName: 'PLAIN', Raw: other }
const region = { startLine: 7, snippet: { text: secret } }
const result = {
  ruleId: 'r',
  message: {},
  locations: [{ physicalLocation: { artifactLocation: { uri: 'a' }, region } }],
}

/** One text of each of the first nine formats, to be spoiled. */
export const firstNine: readonly (readonly [format: string, text: string])[] = [
  ['Gitleaks 8, JSON', json(leak, leak)],
  [
    'Betterleaks 1, JSON',
    json({ ...leak, Attributes: { path: 'b' }, RequiredSets: [set], CaptureGroups: { x: other } }),
  ],
  ['Gitleaks 7, JSON', json({ offender: secret, rule: 'AWS', file: 'a.py', lineNumber: 7, tags: 'key' })],
  [
    'TruffleHog 3, JSON lines',
    jsonLines({ ...hog, RawV2: `${other}:${secret}` }, { ...hog, ExtraData: { arn: 'a' }, SecretParts: { id: other } }),
  ],
  ['SARIF 2.1.0', JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [result] }] })],
  [
    'JSON with provider and key or parts',
    json({ provider: 'x', key: secret }, { provider: 'x', parts: { id: other } }),
  ],
  ['CSV', `secret,file,line\n${secret},"a ""b"",\nc",7\n${other},d,8\n`],
  ['.env', `X_KEY="${secret}"\nX_ID=${other}\n# no\nM='a\nb'\n`],
  ['one key a line', `${secret}\nstripe:${other}\n`],
]

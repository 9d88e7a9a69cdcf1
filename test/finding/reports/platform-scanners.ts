import { type Report, secret, sha, stars } from './report.ts'

const own = { RuleID: 'github-pat', StartLine: 7, Match: `PAT=${stars}` }
const trivy = (file: string, more: object = {}) => ({
  tool: 'trivy',
  rule: 'github-pat',
  redacted: true as const,
  place: { file, line: 7, ...more },
})
const exposed = {
  kind: 'ExposedSecretReport',
  report: { secrets: [{ ruleID: 'github-pat', target: 'a', match: stars, title: 't' }] },
}
const operated = {
  tool: 'trivy',
  rule: 'github-pat',
  redacted: true as const,
  place: { file: 'a', medium: 'image' as const },
}
const noticed = { url: 'https://w/1', details: { matched_regex_config: { id: 'AWS', description: 'AWS key' } } }
const masked = { secret: stars, hash: 'h', detector: 'password', location: { filepath: 'a.py', beginLine: 7 } }
const scm = { url: 'https://github.com/o/r', visibility: 'public' }
const found = { description: 'Password in URL (x:---REDACTED---@y)', path: '/a.py', lineNumber: 7, type: 'PASSWORD' }

const scanned = {
  'Matched Rule ID': 7,
  'Matched Rule Name': 'Stripe',
  'Relative Starting Index of Match in Displayed Substring': 4,
  'Relative Ending Index of Match in Displayed Substring': 4 + secret.length,
  'Full File Name': 'etc/a.env',
  'Matched Contents': `K = ${secret} # é`,
}

export const platformScanners: readonly Report[] = [
  [
    'Trivy, JSON',
    "an image's layers, some without secrets",
    JSON.stringify({
      SchemaVersion: 2,
      ArtifactName: 'x',
      ArtifactType: 'container_image',
      Results: [
        { Target: 'a', Class: 'secret', Secrets: [own, own] },
        { Target: 'c', Vulnerabilities: [] },
        { Target: 'b', Secrets: [own] },
      ],
    }),
    ['a', 'a', 'b'].map(file => trivy(file, { repository: 'x', medium: 'image' })),
  ],
  [
    'Trivy, JSON',
    'a repository that it cloned',
    JSON.stringify({
      SchemaVersion: 2,
      ArtifactName: 'r',
      ArtifactType: 'repository',
      Metadata: { RepoURL: scm.url, Commit: sha },
      Results: [{ Target: 'a', Secrets: [{ ...own, Offset: 12 }] }],
    }),
    [trivy('a', { repository: scm.url, commit: sha, medium: 'repository' })],
  ],
  [
    'Trivy, JSON',
    'a cluster',
    JSON.stringify({ ClusterName: 'c', Resources: [{ Name: 'n', Results: [{ Target: 'a', Secrets: [own] }] }] }),
    [trivy('a')],
  ],
  [
    'Trivy, JSON',
    'an array of results',
    JSON.stringify([
      { Target: 'a', Secrets: [own] },
      { Target: 'b', Secrets: [own] },
    ]),
    [trivy('a'), trivy('b')],
  ],
  ['Trivy, JSON', 'no secrets', '{"SchemaVersion":2,"Results":[{"Target":"x"}]}', []],
  ['Trivy Operator ExposedSecretReport, JSON', 'one', JSON.stringify(exposed), [operated]],
  [
    'Trivy Operator ExposedSecretReport, JSON',
    'one with its image',
    JSON.stringify({ ...exposed, report: { artifact: { repository: 'o/r', tag: '1' }, ...exposed.report } }),
    [{ ...operated, place: { ...operated.place, repository: 'o/r:1' } }],
  ],
  [
    'Trivy Operator ExposedSecretReport, JSON',
    'a list',
    JSON.stringify({ kind: 'ExposedSecretReportList', items: [exposed, exposed] }),
    [operated, operated],
  ],
  [
    'Trivy Operator ExposedSecretReport, JSON',
    "a cluster's reports",
    JSON.stringify({
      'exposedsecretreports.aquasecurity.github.io': [exposed],
      'others.aquasecurity.github.io': [{ report: {} }],
    }),
    [operated],
  ],
  [
    'Trivy Operator ExposedSecretReport, JSON',
    'an empty list',
    '{"apiVersion":"v1","kind":"ExposedSecretReportList","items":[]}',
    [],
  ],
  [
    'Wiz CLI, JSON',
    'a directory',
    JSON.stringify({
      id: 'x',
      scanOriginResource: {},
      result: { __typename: 'CICDDiskScanResult', secrets: [{ ...found, contains: [{ name: 'AWS key' }] }, found] },
    }),
    ['AWS key', 'PASSWORD'].map(rule => ({ tool: 'wiz', rule, redacted: true, place: { file: '/a.py', line: 7 } })),
  ],
  ['Wiz CLI, JSON', 'none', '{"scanOriginResource":{},"result":{"secrets":null}}', []],
  [
    'n0s1, JSON',
    'hidden and shown',
    JSON.stringify({
      tool: { name: 'n0s1' },
      findings: { a: { ...noticed, secret: 'x\nkey=<REDACTED>\ny' }, b: { ...noticed, secret } },
    }),
    [
      { tool: 'n0s1', rule: 'AWS', redacted: true, place: { url: 'https://w/1' } },
      { tool: 'n0s1', rule: 'AWS', value: secret, place: { url: 'https://w/1' } },
    ],
  ],
  [
    'n0s1, JSON',
    'a file, and its sensitive report',
    JSON.stringify({
      tool: { name: 'n0s1' },
      findings: {
        a: {
          url: '/src/a.py#L7',
          secret: 'key=<REDACTED>',
          sensitive_secret: secret,
          details: { matched_regex_config: { id: 'AWS' }, platform: 'LocalFilesystem' },
        },
      },
    }),
    [{ tool: 'n0s1', rule: 'AWS', value: secret, place: { file: '/src/a.py', line: 7, medium: 'file' } }],
  ],
  ['n0s1, JSON', 'none', '{"tool":{"name":"n0s1"},"regex_config":{},"findings":{}}', []],
  [
    'Xygeni secrets, JSON',
    'of a public repository',
    JSON.stringify({ metadata: { scanType: 'secrets', scm }, secrets: [masked] }, undefined, 1),
    [
      {
        tool: 'xygeni',
        rule: 'password',
        redacted: true,
        place: { file: 'a.py', line: 7, url: scm.url, exposure: 'public' },
      },
    ],
  ],
  ['Xygeni secrets, JSON', 'none', '{"metadata":{"format":"secrets-xygeni"},"secrets":[],"errors":[]}', []],
  [
    'Deepfence SecretScanner, JSON',
    'an image',
    JSON.stringify({ Timestamp: '', 'Image Name': 'o/r:1', Secrets: [scanned] }, undefined, 2),
    [
      {
        tool: 'deepfence',
        rule: 'Stripe',
        value: secret,
        place: { file: 'etc/a.env', medium: 'image', repository: 'o/r:1' },
      },
    ],
  ],
  ['Deepfence SecretScanner, JSON', 'none', '{"Timestamp":"","Directory Name":"/src","Secrets":null}', []],
  [
    'CredScan, CSV',
    'hashes',
    'TimeofDiscovery,Source,Searcher,Description,Line,IsSuppressed,HashKey,MatchingScore\n2021-04-10T21:43:46.792Z,E:a.config,CSCAN-GENERAL0060 General Password,[Use Triage Mode (-t).],7,NO,aGFzaA==,95.9\n',
    [
      {
        tool: 'credscan',
        rule: 'CSCAN-GENERAL0060',
        redacted: true,
        place: { file: 'E:a.config', line: 7, at: '2021-04-10T21:43:46Z' },
      },
    ],
  ],
  [
    'Deepfence ThreatMapper secrets, CSV',
    'old headings',
    `Filename,Content,Name,Rule,Severity,Node Name,Container Name,Signature\na.md,"""\\n  curl ${secret}""",Username in URI,110,high,n,c,s\n`,
    [{ tool: 'deepfence', rule: 'Username in URI', value: `curl ${secret}`, place: { file: 'a.md' } }],
  ],
  [
    'Deepfence ThreatMapper secrets, CSV',
    'new headings',
    `Filename,Content,Rule,Severity,Content Starting Index,Node Name,Masked\na.md,${secret},110,high,3,n,false\n`,
    [{ tool: 'deepfence', rule: '110', value: secret, place: { file: 'a.md' } }],
  ],
]

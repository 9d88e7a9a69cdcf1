import { madeUp } from '../catalog/made-up.ts'

/** What a made-up key of the demo is, on the simulated providers. */
export type Fate =
  | 'live'
  | 'limited'
  | 'ip_restricted'
  | 'expired'
  | 'revoked'
  | 'rejected'
  | 'inactive'
  | 'sso'
  | 'unasked'

export interface DemoKey {
  readonly provider: string
  readonly fate: Fate
  readonly rule: string
  readonly file: string
  readonly line: number
  /** The parts as a scanner would find them; all made up a moment ago. */
  readonly parts: Readonly<Record<string, string>>
}

const plans: readonly (Omit<DemoKey, 'parts' | 'line'> & { readonly parts: Readonly<Record<string, string>> })[] = [
  {
    provider: 'stripe',
    fate: 'live',
    rule: 'stripe-access-token',
    file: 'shop/config/prod.env',
    parts: { key: 'sk_live_{alnum:34}' },
  },
  {
    provider: 'stripe',
    fate: 'limited',
    rule: 'stripe-access-token',
    file: 'reports/nightly.py',
    parts: { key: 'rk_live_{alnum:34}' },
  },
  {
    provider: 'stripe',
    fate: 'ip_restricted',
    rule: 'stripe-access-token',
    file: 'infra/values.yaml',
    parts: { key: 'sk_live_{alnum:34}' },
  },
  {
    provider: 'stripe',
    fate: 'expired',
    rule: 'stripe-access-token',
    file: 'old/README.md',
    parts: { key: 'sk_live_{alnum:34}' },
  },
  {
    provider: 'stripe',
    fate: 'rejected',
    rule: 'stripe-access-token',
    file: 'test/fixtures.json',
    parts: { key: 'sk_test_{alnum:34}' },
  },
  {
    provider: 'stripe',
    fate: 'unasked',
    rule: 'stripe-access-token',
    file: 'web/index.html',
    parts: { key: 'pk_live_{alnum:34}' },
  },
  {
    provider: 'github',
    fate: 'live',
    rule: 'github-pat',
    file: '.github/sync.sh',
    parts: { key: 'ghp_{alnum:30}{crc32}' },
  },
  {
    provider: 'github',
    fate: 'sso',
    rule: 'github-pat',
    file: 'tools/release.rb',
    parts: { key: 'ghp_{alnum:30}{crc32}' },
  },
  {
    provider: 'github',
    fate: 'rejected',
    rule: 'github-pat',
    file: 'docs/setup.md',
    parts: { key: 'ghp_{alnum:30}{crc32}' },
  },
  { provider: 'gitlab', fate: 'live', rule: 'gitlab-pat', file: 'ci/deploy.yml', parts: { key: 'glpat-{alnum:20}' } },
  {
    provider: 'fullstory',
    fate: 'live',
    rule: 'Fullstory',
    file: 'analytics/settings.ts',
    parts: { key: 'na1.{base64:100}' },
  },
  {
    provider: 'slack',
    fate: 'live',
    rule: 'Slack',
    file: 'bots/ops.js',
    parts: { key: 'xoxb-{digit:12}-{digit:12}-{alnum:24}' },
  },
  {
    provider: 'slack',
    fate: 'revoked',
    rule: 'Slack',
    file: 'bots/old.js',
    parts: { key: 'xoxp-{digit:12}-{digit:12}-{digit:12}-{hex:32}' },
  },
  {
    provider: 'aws',
    fate: 'live',
    rule: 'AWS',
    file: 'terraform/main.tf',
    parts: { access_key_id: 'AKIA{aws-account:210987654321}', secret_access_key: '{base64:40}' },
  },
  {
    provider: 'aws',
    fate: 'inactive',
    rule: 'AWS',
    file: 'terraform/old.tf',
    parts: { access_key_id: 'AKIA{aws-account:210987654321}', secret_access_key: '{base64:40}' },
  },
  {
    provider: 'aws',
    fate: 'unasked',
    rule: 'AWS',
    file: 'decoy/.aws/credentials',
    parts: { access_key_id: 'AKIA{aws-account:052310077262}', secret_access_key: '{base64:40}' },
  },
]

/** The demo's keys, different in every run. */
export function demoKeys(seed: string): readonly DemoKey[] {
  return plans.map((plan, index) => ({
    ...plan,
    line: 3 + index * 7,
    parts: Object.fromEntries(
      Object.entries(plan.parts).map(([name, example]) => [name, madeUp(example, `${seed} ${index} ${name}`)]),
    ),
  }))
}

/** A report of each of three scanners, in their own formats: two see some of the same keys. */
export function demoReports(keys: readonly DemoKey[], leaked: Date): Readonly<Record<string, string>> {
  const date = leaked.toISOString().replace(/\.\d+Z$/, 'Z')
  const single = keys.filter(({ rule }) => rule.includes('-'))
  const truffle = keys.filter(({ rule }) => !rule.includes('-'))
  return {
    'gitleaks.json': JSON.stringify(
      single.map(({ rule, file, line, parts }) => ({
        RuleID: rule,
        File: file,
        StartLine: line,
        EndLine: line,
        StartColumn: 12,
        Secret: parts['key'],
        Match: `key=${parts['key'] ?? ''}`,
        Commit: commit,
        Author: 'Robin',
        Date: date,
        Tags: [],
      })),
    ),
    'trufflehog.jsonl': truffle
      .map(({ rule, file, line, parts }) =>
        JSON.stringify({
          SourceMetadata: {
            Data: {
              Github: {
                repository: 'https://github.com/example/shop.git',
                commit,
                file,
                line,
                email: 'robin@example.com',
                timestamp: date.replace('T', ' ').replace('Z', ' +0000'),
                visibility: 0,
              },
            },
          },
          SourceType: 7,
          DetectorName: rule,
          DecoderName: 'PLAIN',
          Verified: false,
          Raw: Object.values(parts)[0],
          ...('secret_access_key' in parts && { RawV2: Object.values(parts).join(':'), SecretParts: parts }),
        }),
      )
      .join('\n'),
    'code-scanning.sarif': JSON.stringify({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'gitleaks', rules: [] } },
          results: single.slice(0, 3).map(({ rule, file, line, parts }) => ({
            ruleId: rule,
            message: { text: `${rule} has detected a secret.` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: `mirror/${file}` },
                  region: { startLine: line, snippet: { text: parts['key'] } },
                },
              },
            ],
          })),
        },
      ],
    }),
    'old-baseline.csv':
      'RuleID,Commit,File,Secret,Match,StartLine\ngeneric-api-key,,config/legacy.ini,REDACTED,REDACTED,14\n',
  }
}

const commit = '4f2c9d1e8b7a6054'

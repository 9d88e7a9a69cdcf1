import type { Runbook } from '../../src/model/credential.ts'
import type { Report } from '../../src/model/run.ts'
import { aCase, aPlace, aReport, manyPlaces } from './fixture.ts'

const stripeRunbook: Runbook = {
  where: 'https://dashboard.stripe.com/apikeys',
  steps: [
    'Create a replacement (restricted, if it can be).',
    'Deploy it.',
    'Roll or delete the old key.',
    'Look through the request log of the old key.',
  ],
  wayBack: 'A rolled key can be kept alive for up to 7 days while you roll it; a deleted one is gone',
}

const awsRunbook: Runbook = {
  where: 'https://console.aws.amazon.com/iam/',
  steps: ['Deactivate the access key.', 'Look for what broke.', 'Delete it once nothing has.'],
  wayBack: 'Activate it again; a deleted key cannot come back',
}

const aws = {
  provider: 'aws',
  kind: 'access-key',
  name: 'AWS',
  facts: { account: '123456789012' },
  runbook: awsRunbook,
}
const stripe = { runbook: stripeRunbook }
const limitedSays = 'Stripe knows the key but does not let it read the account'
const awayUntil = 'GitHub refuses to judge any token from here until 10:42'
const unnamed = { provider: null, kind: null, name: null, facts: {} }

/** A report as a person gets it: some of everything. */
export function exampleReport(): Report {
  const identity = { country: 'US', account: 'acct_1032D8…', owner: 'Falko Inc' }
  return aReport(
    [
      aCase(
        'works',
        { ...stripe, findings: manyPlaces(3204) },
        { identity, because: 'Stripe named the account behind it' },
      ),
      aCase(
        'works',
        {
          ...aws,
          shown: 'AKIA…7Q2A + …9fKe',
          findings: [
            aPlace({
              file: 'infra/terraform/environments/production/eu-central-1/secrets.auto.tfvars',
              line: 3,
              url: 'https://github.com/falko/shop/blob/main/infra/secrets.auto.tfvars#L3',
            }),
            aPlace({ file: 'ci.yml', exposure: 'internal', scanner: 'trufflehog', prior: 'live' }),
          ],
        },
        {
          identity: { account: '123456789012', user: 'arn:aws:iam::123456789012:user/deploy' },
          because: 'AWS named the user that the key belongs to',
          grants: ['iam:*', 's3:GetObject', 's3:ListBucket', 'sts:GetCallerIdentity'],
          expiresAt: '2027-01-01T00:00:00Z',
        },
      ),
      aCase(
        'works',
        { provider: 'fullstory', kind: 'api-key', name: 'FullStory', shown: 'na1.…9fKe' },
        { identity: { account: 'ABC', owner: 'daniel@example.com', role: 'ADMIN' } },
      ),
      aCase('limited', { ...stripe, shown: 'rk_live_…h2Lm' }, { because: limitedSays }),
      aCase('ip_restricted', { ...stripe, shown: 'sk_live_…0aPq' }, { because: 'Works, but not from here' }),
      ...['k3Vd', 'm2Qw', 'p9Lx', 'q1Zz'].map(end =>
        aCase(
          'locked_out',
          { provider: 'github', kind: 'token', name: 'GitHub', shown: `ghp_…${end}` },
          { because: awayUntil, retryAt: '2026-11-24T10:42:00Z' },
        ),
      ),
      aCase(
        'needs_host',
        { provider: 'okta', kind: 'api-token', name: 'Okta', shown: '00ab…Zz91' },
        { because: 'Okta keys belong to one site each, and none was named', evidence: [] },
      ),
      aCase(
        'unreachable',
        { provider: 'gitlab', kind: 'token', name: 'GitLab', shown: 'glpat-…77aB' },
        {
          because: 'git.example.com did not answer within 10 s, three times',
          evidence: [
            {
              request: 'GET https://git.example.com/api/v4/user',
              at: '2026-11-24T10:03:00Z',
              note: 'No answer within 10 s',
            },
          ],
        },
      ),
      ...Array.from({ length: 12 }, (_, index) =>
        aCase(
          'no_validator',
          { ...unnamed, shown: `9f${index}…c1` },
          { because: 'No provider could be told from the rule “generic-api-key”', evidence: [] },
        ),
      ),
      ...Array.from({ length: 38 }, (_, index) =>
        aCase(
          index % 9 === 0 ? 'expired' : 'rejected',
          { shown: `sk_live_…d${index}` },
          { because: 'Stripe does not know the key: it is wrong or was revoked' },
        ),
      ),
      ...Array.from({ length: 9 }, (_, index) =>
        aCase(
          'not_a_secret',
          { kind: 'publishable-key', shown: `pk_live_…p${index}` },
          { because: 'Publishable keys are meant to be public', evidence: [] },
        ),
      ),
      aCase(
        'canary',
        { ...aws, shown: 'AKIA…CAN1' },
        { because: 'A canary token of Thinkst (account 052310077262)', evidence: [] },
      ),
      aCase('redacted', { shown: 'sk_live_…****' }, { because: 'The report holds a mask, not the key', evidence: [] }),
    ],
    {
      warnings: [
        {
          file: 'gitleaks.json',
          line: 812,
          message: 'not JSON (a comma is missing after "Commit"); 3,299 findings before it and 811 after it were read.',
        },
        { file: 'old.csv', message: 'is empty.', unreadable: true },
      ],
    },
  )
}

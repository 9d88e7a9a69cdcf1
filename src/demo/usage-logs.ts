import { createHash } from 'node:crypto'
import type { DemoKey } from './findings.ts'

const [minute, day] = [60_000, 86_400_000]
/** Owner and strangers are in networks that are nobody's: https://www.rfc-editor.org/rfc/rfc5737 */
const terraform = { ip: '198.51.100.7', agent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5' }
const robot = { ip: '198.51.100.20', agent: 'git/2.43.0' }
const script = { ip: '203.0.113.50', agent: 'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux' }
const collector = { ip: '203.0.113.77', agent: 'git/2.30.2' }
const home = 'eu-west-1'

type Client = Readonly<typeof terraform>

/** A call as CloudTrail has it: one Region's, of one key. */
export interface TrailRecord {
  readonly awsRegion: string
  readonly eventID: string
  readonly eventSource: string
  readonly eventTime: string
  readonly userIdentity: { readonly accessKeyId: string }
}

/** What the demo's clouds remember of its keys. Grows: a call of our own is in CloudTrail like anybody's. */
export interface DemoLogs {
  readonly trail: TrailRecord[]
  /** GitHub's audit events by the hash under which a token is in them. */
  readonly audit: ReadonlyMap<string, readonly object[]>
}

/**
 * A month of two owners' use, and a stranger's from a few minutes after the leak on, who goes on to make the key `made`
 * and uses it in another Region.
 */
export function demoLogs(keys: readonly DemoKey[], leaked: Date, made: string): DemoLogs {
  const working = (provider: string): DemoKey | undefined =>
    keys.find(key => key.provider === provider && key.fate === 'live')
  const hash = createHash('sha256')
    .update(working('github')?.parts['key'] ?? '')
    .digest('base64')
  return {
    trail: trail(working('aws')?.parts['access_key_id'] ?? '', leaked.getTime(), made),
    audit: new Map([[hash, audit(hash, leaked.getTime())]]),
  }
}

/** Mornings before the leak, and the day after it: the owner has not noticed. */
function mornings(leak: number): readonly number[] {
  return Array.from({ length: 29 }, (_, index) => leak + (index - 27) * day - 180 * minute)
}

function trail(key: string, leak: number, made: string): TrailRecord[] {
  const owner = mornings(leak).flatMap(at =>
    ['ec2:DescribeInstances', 's3:ListBuckets', 'ec2:DescribeVpcs'].map((action, step) =>
      trailRecord({ at: at + step * minute, action, client: terraform, key }),
    ),
  )
  const at = leak + 6 * minute
  const looked = ['sts:GetCallerIdentity', 'iam:ListUsers', 's3:ListBuckets', 'ec2:DescribeInstances']
  const took = ['lambda:ListFunctions20150331', 'secretsmanager:ListSecrets', 'iam:PutUserPolicy']
  const stranger = [...looked, ...took].map((action, step) =>
    trailRecord({ at: at + step * 8000, action, client: script, key }),
  )
  const answer = { accessKey: { accessKeyId: made, userName: 'deploy', status: 'Active' } }
  return [
    ...owner,
    ...stranger,
    trailRecord({ at: at + 2 * minute, action: 'iam:CreateAccessKey', client: script, key, answer }),
    trailRecord({
      at: at + 4 * minute,
      action: 'iam:GetAccountSummary',
      client: script,
      key: made,
      region: 'us-east-1',
    }),
  ]
}

interface Call {
  /** Milliseconds. */
  readonly at: number
  /** `iam:PutUserPolicy` */
  readonly action: string
  readonly client: Client
  readonly key: string
  readonly region?: string
  readonly answer?: object
  readonly requestId?: string
}

/** Fields: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export function trailRecord({ at, action, client, key, region = home, answer, requestId }: Call): TrailRecord {
  const [service = '', eventName = ''] = action.split(':')
  const user = 'arn:aws:iam::210987654321:user/deploy'
  const identity = { type: 'IAMUser', arn: user, accountId: '210987654321', accessKeyId: key, userName: 'deploy' }
  const record = {
    eventVersion: '1.09',
    userIdentity: identity,
    eventTime: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: region,
    sourceIPAddress: client.ip,
    userAgent: client.agent,
    requestParameters: null,
    responseElements: answer ?? null,
    requestID: requestId,
    eventID: `demo-${service}-${eventName}-${at}`,
    readOnly: /^(?:Get|List|Describe)/.test(eventName),
    managementEvent: true,
    recipientAccountId: '210987654321',
  }
  return record
}

/** Fields: https://docs.github.com/en/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/identifying-audit-log-events-performed-by-an-access-token */
function audit(hash: string, leak: number): readonly object[] {
  const event = (at: number, action: string, { ip, agent }: Client, repository: string): object => ({
    '@timestamp': at,
    _document_id: `demo-${at}-${repository}`,
    action,
    actor: 'robin',
    actor_ip: ip,
    user_agent: agent,
    hashed_token: hash,
    programmatic_access_type: 'Personal access token (classic)',
    org: 'example',
    repo: `example/${repository}`,
  })
  const cloned = ['billing', 'checkout', 'infra', 'mobile', 'payments', 'pricing', 'search', 'secrets', 'shop', 'web']
  return [
    ...mornings(leak).map(at => event(at + 40 * minute, 'git.fetch', robot, 'shop')),
    ...cloned.map((repository, step) => event(leak + 11 * minute + step * 4000, 'git.clone', collector, repository)),
  ]
}

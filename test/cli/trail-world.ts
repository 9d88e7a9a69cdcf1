import type { RequestListener } from 'node:http'
import { afterAll, beforeAll } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { hostNames } from '../../src/catalog/surface.ts'
import { startLoopback } from '../../src/demo/loopback.ts'
import { made, shipped } from '../identify/support.ts'
import { simulated } from './network.ts'
import { run } from './run.ts'
import { file } from './support.ts'

const hour = 3_600_000
const day = 24 * hour
const minute = 60_000

/** A key of AWS that leaked three days ago, with its owner's month of use before it and a stranger's night after it. */
export const leakedId = madeUp('AKIA{aws-account:210987654321}', 'trail')
export const leakedSecret = madeUp('{base64:40}', 'trail')
/** The key that the stranger made with it. */
export const childId = madeUp('AKIA{aws-account:210987654321}', 'trail child')
export const { stripe } = made('trail')
export const leak = new Date(Math.floor((Date.now() - 3 * day) / hour) * hour)
export const owner = { ip: '198.51.100.7', userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5' }
export const stranger = { ip: '203.0.113.50', userAgent: 'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux' }
/** What the simulated providers were asked. */
export const asked: { host: string; agent: string }[] = []

interface Call {
  readonly at: number
  readonly action: string
  readonly ip: string
  readonly userAgent: string
  readonly key?: string
  readonly requestId?: string
  readonly more?: Readonly<Record<string, unknown>>
}

let count = 0

/** A record of CloudTrail: `iam:PutUserPolicy` by a user of the account. */
export function record({ at, action, ip, userAgent, key = leakedId, requestId, more = {} }: Call): object {
  const [service = '', eventName = ''] = action.split(':')
  count += 1
  const id = String(count).padStart(12, '0')
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::210987654321:user/deploy',
      accountId: '210987654321',
      accessKeyId: key,
      userName: 'deploy',
    },
    eventTime: new Date(at).toISOString().replace(/\.\d+Z/, 'Z'),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: ip,
    userAgent,
    requestParameters: null,
    responseElements: null,
    requestID: requestId ?? `00000000-0000-4000-9000-${id}`,
    eventID: `00000000-0000-4000-8000-${id}`,
    readOnly: /^(?:Get|List|Describe)/.test(eventName),
    managementEvent: true,
    eventCategory: 'Management',
    recipientAccountId: '210987654321',
    ...more,
  }
}

/** The owner's own: a few reads each morning, until yesterday. */
export function ownerCalls(days = 30): readonly object[] {
  return Array.from({ length: days }, (_, index) => leak.getTime() - (index + 1 - 2) * day - 3 * hour)
    .toSorted((a, b) => a - b)
    .flatMap(at =>
      ['ec2:DescribeInstances', 's3:ListBuckets', 'ec2:DescribeVpcs'].map((action, step) =>
        record({ at: at + step * minute, action, ...owner }),
      ),
    )
}

/** Six minutes after the leak: who am I, what is there, and a key to stay. */
export function strangersCalls(): readonly object[] {
  const at = leak.getTime() + 6 * minute
  const actions = ['sts:GetCallerIdentity', 'iam:ListUsers', 's3:ListBuckets', 'ec2:DescribeInstances']
  const more = ['lambda:ListFunctions20150331', 'secretsmanager:ListSecrets', 'iam:PutUserPolicy']
  return [
    ...[...actions, ...more].map((action, step) => record({ at: at + step * 8000, action, ...stranger })),
    record({
      at: at + 2 * minute,
      action: 'iam:CreateAccessKey',
      ...stranger,
      more: {
        requestParameters: { userName: 'deploy' },
        responseElements: { accessKey: { accessKeyId: childId, userName: 'deploy', status: 'Active' } },
      },
    }),
    record({ at: at + 4 * minute, action: 'iam:GetAccountSummary', key: childId, ...stranger }),
  ]
}

export function trail(...records: readonly object[]): string {
  return file('trail.json', JSON.stringify({ Records: records }))
}

/** A scanner's report with the key, as gitleaks writes it. */
export function findings(secrets: readonly string[] = [leakedId, leakedSecret]): string {
  const rule = (secret: string): string => (secret.startsWith('AKIA') ? 'aws-access-token' : 'generic-api-key')
  return file(
    'gitleaks.json',
    JSON.stringify(
      secrets.map((Secret, index) => ({
        RuleID: rule(Secret),
        Secret,
        File: 'shop/prod.env',
        StartLine: index + 3,
        Commit: 'a'.repeat(40),
        Date: leak.toISOString().replace(/\.\d+Z/, 'Z'),
      })),
    ),
  )
}

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::210987654321:user/deploy</Arn><UserId>AIDAX</UserId><Account>210987654321</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`
const refused = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>No.</Message></Error></ErrorResponse>`

/** Call once in a test file: AWS knows the leaked key in its first partition; Stripe knows its own. */
export function withProviders(): void {
  const answer: RequestListener = (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    asked.push({ host, agent: request.headers['user-agent'] ?? '' })
    if (host.startsWith('sts.')) {
      const known = host === 'sts.us-east-1.amazonaws.com' && String(request.headers.authorization).includes(leakedId)
      response.writeHead(known ? 200 : 403, {
        'content-type': 'text/xml',
        'x-amzn-requestid': `request-${asked.length}`,
      })
      response.end(known ? identity : refused)
      return
    }
    response.writeHead(host === 'api.stripe.com' ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ object: 'account', id: 'acct_1', country: 'IE' }))
  }
  beforeAll(async () => {
    const hosts = [...new Set(shipped.flatMap(provider => hostNames(provider.hosts)))]
    simulated.network = await startLoopback(hosts, answer)
  })
  afterAll(() => simulated.network?.close())
}

/** The report of an investigation, with what the command wrote and how it ended. */
export async function investigated(args: readonly string[], world: Parameters<typeof run>[1] = {}) {
  const ran = await run(['investigate', ...args, '--to', 'json'], world)
  return { ...ran, report: JSON.parse(ran.out) }
}

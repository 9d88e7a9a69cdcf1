import { madeUp } from '../catalog/made-up.ts'
import type { AdminSettings } from '../composition/admins.ts'
import type { DemoKey } from './findings.ts'
import type { DemoLogs } from './usage-logs.ts'

/** An auditor's credentials, made up a moment ago: they read key lists and logs, and nothing else. */
export interface Auditor {
  readonly keyId: string
  readonly secret: string
  readonly token: string
}

/** Different in every run, as the keys are. */
export function demoAuditor(seed: string): Auditor {
  return {
    keyId: madeUp('AKIA{aws-account:210987654321}', `${seed} auditor`),
    secret: madeUp('{base64:40}', `${seed} auditor`),
    token: madeUp('ghp_{alnum:30}{crc32}', `${seed} auditor`),
  }
}

/** The auditor as `afterleak.yaml` would name him, and the environment that has his secrets. */
export function named({ keyId, secret, token }: Auditor): {
  readonly admin: AdminSettings
  readonly environment: Readonly<Record<string, string>>
} {
  const aws = new Map([
    ['key_id', keyId],
    ['secret', 'env:AUDIT_SECRET'],
  ])
  const github = new Map([
    ['token', 'env:AUDIT_TOKEN'],
    ['org', 'example'],
  ])
  return {
    admin: new Map([
      ['aws', aws],
      ['github', github],
    ]),
    environment: { AUDIT_SECRET: secret, AUDIT_TOKEN: token },
  }
}

/** What a simulated host is asked. */
export interface Question {
  readonly host: string
  /** With the query. */
  readonly path: string
  readonly body: string
  readonly authorization: string
}

/** What it answers: text is XML. */
export interface Told {
  readonly status: number
  readonly body: unknown
}

/** What the simulated network is made of. */
export interface AuditedWorld {
  readonly keys: readonly DemoKey[]
  readonly logs: DemoLogs
  readonly auditor: Auditor
}

const pageSize = 50
const regions = ['eu-west-1', 'us-east-1']
/** Hosts whose name is made of a Region, or that only an auditor asks. */
export const auditedHosts = [
  'iam.amazonaws.com',
  'ec2.us-east-1.amazonaws.com',
  ...regions.map(region => `cloudtrail.${region}.amazonaws.com`),
]
const denied: Told = {
  status: 403,
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>',
}

/** Key lists and logs as AWS and GitHub serve them to an auditor and to nobody else; undefined for other questions. */
export function auditorsAnswer(asked: Question, world: AuditedWorld): Told | undefined {
  const { host, path, authorization } = asked
  const [service] = host.split('.')
  if (host === 'api.github.com' && path.startsWith('/orgs/'))
    return authorization.includes(world.auditor.token) ? auditLog(path, world.logs) : notFound
  if (!['iam', 'ec2', 'cloudtrail'].includes(service ?? '')) return undefined
  if (!authorization.includes(world.auditor.keyId)) return denied
  if (service === 'iam') return path.includes('GetAccessKeyLastUsed') ? lastUsed(path, world.logs) : keyList(world.keys)
  return service === 'ec2' ? enabledRegions : lookupEvents(asked, world.logs)
}

const notFound: Told = {
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' },
}

/** https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization */
function auditLog(path: string, { audit }: DemoLogs): Told {
  const phrase = new URL(path, 'https://api.github.com').searchParams.get('phrase') ?? ''
  return { status: 200, body: audit.get(/^hashed_token:"([^"]+)"/.exec(phrase)?.[1] ?? '') ?? [] }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html */
const enabledRegions: Told = {
  status: 200,
  body: `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><regionInfo>${regions
    .map(region => `<item><regionName>${region}</regionName></item>`)
    .join('')}</regionInfo></DescribeRegionsResponse>`,
}

const iam = 'xmlns="https://iam.amazonaws.com/doc/2010-05-08/"'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
function lastUsed(path: string, { trail }: DemoLogs): Told {
  const last = trail.filter(({ userIdentity }) => path.includes(userIdentity.accessKeyId)).at(-1)
  const [date, service, region] =
    last === undefined
      ? ['', 'N/A', 'N/A']
      : [`<LastUsedDate>${last.eventTime}</LastUsedDate>`, last.eventSource.split('.')[0], last.awsRegion]
  const used = `<AccessKeyLastUsed>${date}<Region>${region}</Region><ServiceName>${service}</ServiceName></AccessKeyLastUsed>`
  return {
    status: 200,
    body: `<GetAccessKeyLastUsedResponse ${iam}><GetAccessKeyLastUsedResult>${used}<UserName>deploy</UserName></GetAccessKeyLastUsedResult></GetAccessKeyLastUsedResponse>`,
  }
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
function keyList(keys: readonly DemoKey[]): Told {
  const members = keys
    .filter(({ provider, fate }) => provider === 'aws' && fate !== 'unasked')
    .map(({ parts, fate }) => {
      const status = fate === 'live' ? 'Active' : 'Inactive'
      return `<member><UserName>deploy</UserName><AccessKeyId>${parts['access_key_id']}</AccessKeyId><Status>${status}</Status></member>`
    })
  return {
    status: 200,
    body: `<ListAccessKeysResponse ${iam}><ListAccessKeysResult><AccessKeyMetadata>${members.join('')}</AccessKeyMetadata><IsTruncated>false</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>`,
  }
}

/** One Region's events of one key, newest first: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
function lookupEvents({ host, body }: Question, { trail }: DemoLogs): Told {
  const {
    LookupAttributes: [{ AttributeValue: key }],
    NextToken: token = '0',
  } = JSON.parse(body)
  const region = host.split('.')[1]
  const events = trail
    .filter(({ awsRegion, userIdentity }) => awsRegion === region && userIdentity.accessKeyId === key)
    .toSorted((a, b) => b.eventTime.localeCompare(a.eventTime))
  const end = Number(token) + pageSize
  const page = events.slice(Number(token), end)
  return {
    status: 200,
    body: {
      Events: page.map(event => ({ EventId: event.eventID, CloudTrailEvent: JSON.stringify(event) })),
      ...(end < events.length && { NextToken: String(end) }),
    },
  }
}

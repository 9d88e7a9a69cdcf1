import type { IncomingMessage, ServerResponse } from 'node:http'
import { madeUp } from '../../src/catalog/made-up.ts'
import { childId, leak, leakedId, ownerCalls, record, stranger, strangersCalls } from './trail-world.ts'

/** A request as the simulated providers saw it. */
export interface Seen {
  readonly host: string
  readonly method: string
  readonly path: string
  readonly authorization: string
  readonly body: string
  readonly at: number
}

export const seen: Seen[] = []
export const gitlabToken = madeUp('glpat-{alnum:20}', 'pull')
export const gitlabAdmin = madeUp('glpat-{alnum:20}', 'pull admin')
export const auditId = madeUp('AKIA{aws-account:210987654321}', 'pull audit')
export const auditSecret = madeUp('{base64:40}', 'pull audit')

/** Ids of the keys of AWS that work. */
export const living = new Set([leakedId])

/** The last five addresses of the leaked token; each use takes the oldest away, as GitLab's does. */
export const lastIps: string[] = []

/** How GitLab names its next page of audit events; a test may have it lie. */
export const lies = { next: '' }

/** Answers as AWS and a GitLab of one's own document it. */
export async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  const path = request.url ?? ''
  const header = request.headers['private-token'] ?? request.headers.authorization ?? ''
  const authorization = String(header)
  seen.push({ host, method: request.method ?? '', path, authorization, body, at: Date.now() })
  if (host === 'git.example.com') return gitlab(path, authorization, body, response)
  if (host.startsWith('ec2.')) return xml(response, regions)
  if (host.startsWith('iam.')) return xml(response, path.includes('ListAccessKeys') ? keyList : lastUsed)
  if (host.startsWith('cloudtrail.')) return trailOf(host, body, response)
  if (host.startsWith('sts.') && [...living].some(id => authorization.includes(id))) return xml(response, identity)
  return xml(response, refused, 403)
}

const regions = `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId><regionInfo><item><regionName>eu-west-1</regionName></item><item><regionName>us-east-1</regionName></item></regionInfo></DescribeRegionsResponse>`
const lastUsed = `<GetAccessKeyLastUsedResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetAccessKeyLastUsedResult><AccessKeyLastUsed><Region>eu-west-1</Region><LastUsedDate>2026-11-02T10:00:00Z</LastUsedDate><ServiceName>s3</ServiceName></AccessKeyLastUsed><UserName>deploy</UserName></GetAccessKeyLastUsedResult></GetAccessKeyLastUsedResponse>`
const keyList = `<ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccessKeysResult><AccessKeyMetadata><member><AccessKeyId>${leakedId}</AccessKeyId><Status>Active</Status><CreateDate>2026-01-01T00:00:00Z</CreateDate></member></AccessKeyMetadata><IsTruncated>false</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>`
const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::210987654321:user/deploy</Arn><UserId>AIDAX</UserId><Account>210987654321</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`
const refused = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>No.</Message></Error></ErrorResponse>`

function xml(response: ServerResponse, text: string, status = 200): unknown {
  response.writeHead(status, { 'content-type': 'text/xml' })
  return response.end(text)
}

function json(
  response: ServerResponse,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): unknown {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  return response.end(JSON.stringify(value))
}

const leakeds = [...ownerCalls(), ...strangersCalls().slice(0, -1)].toReversed()
const childs = [record({ at: Date.now() - 3 * 3_600_000, action: 'iam:GetAccountSummary', key: childId, ...stranger })]

/** Fifty at a time, newest first, by key, Region and time. */
function trailOf(host: string, body: string, response: ServerResponse): unknown {
  const {
    LookupAttributes: [{ AttributeKey: what, AttributeValue: key }],
    NextToken: token = '0',
    StartTime: start,
  } = JSON.parse(body)
  if (what === 'EventName') return json(response, { Events: host.includes('eu-west-1') ? secretReads(key) : [] })
  const isIn = (region: string): boolean => host.includes(region)
  const of = key === leakedId && isIn('eu-west-1') ? leakeds : key === childId && isIn('us-east-1') ? childs : []
  const all = of.filter(event => Date.parse(String(Reflect.get(event, 'eventTime'))) >= Number(start) * 1000)
  const from = Number(token)
  const page = all.slice(from, from + 50)
  return json(
    response,
    {
      Events: page.map(event => ({
        EventId: JSON.stringify(event).slice(0, 8),
        CloudTrailEvent: JSON.stringify(event),
      })),
      ...(from + 50 < all.length && { NextToken: String(from + 50) }),
    },
    { 'content-type': 'application/x-amz-json-1.1' },
  )
}

/** A stranger read the secret `prod/stripe` an hour after the leak, and `prod/other` too. */
function secretReads(action: string): readonly object[] {
  return ['prod/stripe', 'prod/other'].map((secretId, index) => ({
    CloudTrailEvent: JSON.stringify(
      record({
        at: leak.getTime() + (60 + index) * 60_000,
        action: `secretsmanager:${action}`,
        ...stranger,
        more: { requestParameters: { secretId } },
      }),
    ),
  }))
}

function gitlab(path: string, token: string, body: string, response: ServerResponse): unknown {
  const details = { id: 42, user_id: 7, name: 'ci', revoked: false, scopes: ['api'], expires_at: '2036-01-01' }
  if (token === gitlabToken) {
    lastIps.shift()
    lastIps.push('192.0.2.99')
  }
  if (path === '/api/v4/admin/token' && token === gitlabAdmin && body.includes(gitlabToken))
    return json(response, details)
  if (path === '/api/v4/personal_access_tokens/42' && token === gitlabAdmin)
    return json(response, {
      ...details,
      active: true,
      last_used_at: '2026-11-02T10:00:00.000Z',
      last_used_ips: lastIps,
    })
  if (path === '/api/v4/personal_access_tokens/self')
    return json(response, { ...details, active: true, last_used_ips: lastIps })
  if (path.startsWith('/api/v4/audit_events') && token === gitlabAdmin) {
    const second = path.includes('cursor=')
    const event = {
      id: second ? 2 : 1,
      author_id: 7,
      entity_id: 1,
      entity_type: 'Project',
      created_at: '2026-11-02T10:00:00.000Z',
      details: { custom_message: 'Project deleted', ip_address: '203.0.113.77', entity_path: 'acme/shop' },
    }
    const next = lies.next || 'https://git.example.com/api/v4/audit_events?cursor=abc&pagination=keyset&per_page=100'
    return json(response, [event], second ? {} : { link: `<${next}>; rel="next"` })
  }
  return json(response, { message: '403 Forbidden' }, {}, 403)
}

import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AuditedWorld, auditorsAnswer } from './admin-sources.ts'
import type { DemoKey, Fate } from './findings.ts'
import { trailRecord } from './usage-logs.ts'

/** One simulated answer. */
interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

type Answering = (fate: Fate, path: string) => Answer

/** Which simulated host answers how. What they say is what the providers document; see validators/. */
const answers: Readonly<Record<string, Answering>> = {
  'api.stripe.com': (fate, path) => {
    const error = (status: number, message: string, code?: string): Answer => ({
      status,
      body: { error: { type: 'invalid_request_error', message, ...(code !== undefined && { code }) } },
    })
    if (fate === 'live' && path.startsWith('/v1/events'))
      return { status: 200, body: { object: 'list', data: [], has_more: false } }
    if (fate === 'live') return { status: 200, body: { object: 'account', id: 'acct_1Demo', country: 'IE' } }
    if (fate === 'limited')
      return error(
        403,
        "The provided key 'rk_live_***' does not have the required permissions for this endpoint on account 'acct_1Demo'.",
      )
    if (fate === 'ip_restricted')
      return error(401, 'The API key provided does not allow requests from your IP address.')
    if (fate === 'expired') return error(401, 'Expired API Key provided: sk_live_***', 'api_key_expired')
    return error(401, 'Invalid API Key provided: sk_***')
  },
  'api.github.com': fate => {
    if (fate === 'live')
      return {
        status: 200,
        body: { login: 'robin', id: 7, type: 'User', two_factor_authentication: false },
        headers: {
          'x-oauth-scopes': 'repo, workflow',
          'github-authentication-token-expiration': '2027-03-01 12:00:00 UTC',
        },
      }
    if (fate === 'sso')
      return {
        status: 403,
        body: {
          message:
            'Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.',
          documentation_url:
            'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/',
        },
        headers: { 'x-github-sso': 'required; url=https://github.com/orgs/example/sso' },
      }
    return {
      status: 401,
      body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
    }
  },
  'slack.com': fate =>
    fate === 'live'
      ? {
          status: 200,
          body: {
            ok: true,
            url: 'https://example.slack.com/',
            team: 'Example',
            user: 'ops-bot',
            team_id: 'T0001',
            user_id: 'U0001',
            bot_id: 'B0001',
          },
          headers: { 'x-oauth-scopes': 'chat:write,files:read' },
        }
      : { status: 200, body: { ok: false, error: 'token_revoked' } },
}

/** The simulated network: providers with their limits and logs, an outage, and a portal that signs for somebody else. */
export function demoNetwork(world: AuditedWorld): (request: IncomingMessage, response: ServerResponse) => void {
  const { keys, logs } = world
  const lastAsked = new Map<string, number>()

  function answered(host: string, path: string, body: string, { headers }: IncomingMessage): Answer {
    // GitLab is down today.
    if (host === 'gitlab.com') return { status: 503, body: '<html>503 Service Unavailable</html>' }
    // Between us and FullStory stands a proxy that answers everything with its own sign-in page, and calls it a success.
    if (host === 'api.fullstory.com')
      return { status: 200, body: '<html><title>Sign in to the guest network</title></html>' }

    const authorization = headers.authorization ?? ''
    const audited = auditorsAnswer({ host, path, body, authorization }, world)
    if (audited !== undefined) return audited
    const key = keys.find(({ parts }) => authorization.includes(Object.values(parts)[0] ?? '\0'))
    const fate = key?.fate ?? 'rejected'
    if (host.startsWith('sts.')) {
      const works = fate === 'live' && host === 'sts.us-east-1.amazonaws.com'
      const requestId = `demo-${String(logs.trail.length)}`
      // The account's log has our question like anybody's.
      if (works) logs.trail.push(questionOf(key, headers['user-agent'] ?? '', requestId))
      return { ...(works ? caller : nobody), headers: { 'x-amzn-requestid': requestId } }
    }
    // Whoever asks faster than five times a second is told to wait for one.
    const now = Date.now()
    const tooFast = now - (lastAsked.get(host) ?? 0) < 200 && host === 'slack.com'
    lastAsked.set(host, now)
    if (tooFast) return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': '1' } }
    return answers[host]?.(fate, path) ?? { status: 404, body: {} }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const text = Buffer.concat(chunks).toString()
    const { status, body, headers } = answered(request.headers.host ?? '', request.url ?? '', text, request)
    const page = typeof body === 'string' ? body : JSON.stringify(body)
    const type = page.startsWith('<html') ? 'text/html' : page.startsWith('<') ? 'text/xml' : 'application/json'
    response.writeHead(status, { 'content-type': type, ...headers })
    response.end(page)
  }
  return (request, response) => void serve(request, response)
}

function questionOf(key: DemoKey | undefined, agent: string, requestId: string) {
  return trailRecord({
    at: Date.now(),
    action: 'sts:GetCallerIdentity',
    client: { ip: '192.0.2.10', agent },
    key: key?.parts['access_key_id'] ?? '',
    region: 'us-east-1',
    requestId,
  })
}

const sts = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"'
const caller: Answer = {
  status: 200,
  body: `<GetCallerIdentityResponse ${sts}><GetCallerIdentityResult><Arn>arn:aws:iam::210987654321:user/deploy</Arn><UserId>AIDADEMO</UserId><Account>210987654321</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
}
/** A key lives in one partition; the others have never heard of it. */
const nobody: Answer = {
  status: 403,
  body: `<ErrorResponse ${sts}><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>`,
}

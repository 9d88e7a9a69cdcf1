import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DemoKey, Fate } from './findings.ts'

/** One simulated answer. */
interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

type Answering = (fate: Fate, key: DemoKey | undefined) => Answer

/** Which simulated host answers how. What they say is what the providers document; see validators/. */
const answers: Readonly<Record<string, Answering>> = {
  'api.stripe.com': fate => {
    const error = (status: number, message: string, code?: string): Answer => ({
      status,
      body: { error: { type: 'invalid_request_error', message, ...(code !== undefined && { code }) } },
    })
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

/** The simulated network: providers with their limits, an outage, and a portal that signs for somebody else. */
export function demoNetwork(keys: readonly DemoKey[]): (request: IncomingMessage, response: ServerResponse) => void {
  const lastAsked = new Map<string, number>()
  return (request, response) => {
    const host = request.headers.host ?? ''
    const send = ({ status, body, headers }: Answer, type = 'application/json'): void => {
      response.writeHead(status, { 'content-type': type, ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    // GitLab is down today.
    if (host === 'gitlab.com') return send({ status: 503, body: '<html>503 Service Unavailable</html>' }, 'text/html')
    // Between us and FullStory stands a proxy that answers everything with its own sign-in page, and calls it a success.
    if (host === 'api.fullstory.com')
      return send({ status: 200, body: '<html><title>Sign in to the guest network</title></html>' }, 'text/html')

    const credential = `${request.headers.authorization ?? ''} ${String(request.headers['private-token'] ?? '')}`
    const key = keys.find(({ parts }) => credential.includes(Object.values(parts)[0] ?? '\0'))
    const fate = key?.fate ?? 'rejected'
    if (host.startsWith('sts.')) {
      const [status, body] = stsAnswer(fate, host)
      return send({ status, body }, 'text/xml')
    }
    // Whoever asks faster than five times a second is told to wait for one.
    const now = Date.now()
    const tooFast = now - (lastAsked.get(host) ?? 0) < 200 && host === 'slack.com'
    lastAsked.set(host, now)
    if (tooFast)
      return send({ status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': '1' } })
    return send(answers[host]?.(fate, key) ?? { status: 404, body: {} })
  }
}

/** A key lives in one partition; the others have never heard of it. */
function stsAnswer(fate: Fate, host: string): readonly [number, string] {
  const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"'
  if (fate === 'live' && host === 'sts.us-east-1.amazonaws.com')
    return [
      200,
      `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult><Arn>arn:aws:iam::210987654321:user/deploy</Arn><UserId>AIDADEMO</UserId><Account>210987654321</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>demo</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
    ]
  return [
    403,
    `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error><RequestId>demo</RequestId></ErrorResponse>`,
  ]
}

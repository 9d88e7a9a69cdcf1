import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { madeUp } from '../../src/catalog/made-up.ts'

/** The hosts of the simulated providers, and one that lies want to be asked. */
export const usageHosts = [
  'api.openai.com',
  'api.cloudflare.com',
  'api.pagerduty.com',
  'api.eu.pagerduty.com',
  'api.sendgrid.com',
  'api.intercom.io',
  'evil.example.com',
]

export const leaked = {
  openai: madeUp('sk-proj-{alnum:74}T3BlbkFJ{alnum:74}', 'usage'),
  cloudflare: madeUp('cfut_{alnum:40}{hex:8}', 'usage'),
  pagerduty: madeUp('u+{alnum:18}', 'usage'),
  sendgrid: madeUp('SG.{alnum:22}.{alnum:43}', 'usage'),
  intercom: madeUp('dG9r{alnum:55}=', 'usage'),
}

/** What was asked, in order: `GET host/path?query`. */
export const asked: string[] = []

const hour = 3_600_000
/** Times are of the last days, as the log is asked for these. */
const ago = (hours: number): Date => new Date(Date.now() - hours * hour)

/** Answers as its provider documents it; one refuses, one has no such plan, one is asked too often, one lies. */
export const usageWorld: RequestListener = (request, response) => {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  const url = new URL(request.url ?? '', `https://${host}`)
  asked.push(`${request.method} ${host}${url.pathname}${url.search}`)
  const reply = answers[host]?.(url, request)
  if (reply === undefined) sent(response, 404, { error: 'not here' })
  else sent(response, ...reply)
}

type Reply = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>]

const answers: Readonly<Record<string, (url: URL, request: IncomingMessage) => Reply | undefined>> = {
  'api.openai.com': ({ pathname, searchParams }) => {
    if (pathname === '/v1/models') return [200, { object: 'list', data: [{ id: 'gpt-5', object: 'model' }] }]
    if (pathname === '/v1/organization/projects') return [200, listOf([{ id: 'proj_a' }, { id: 'proj_b' }])]
    if (pathname === '/v1/organization/projects/proj_a/api_keys')
      return [200, listOf([{ id: 'key_1', redacted_value: `sk-proj-...${leaked.openai.slice(-4)}` }])]
    if (pathname === '/v1/organization/projects/proj_b/api_keys') return [200, listOf([])]
    if (!pathname.startsWith('/v1/organization/usage/')) return undefined
    if (!pathname.endsWith('completions')) return [200, { object: 'page', data: [], has_more: false }]
    const second = searchParams.has('page')
    const buckets = second ? [bucket(2, 9_000)] : Array.from({ length: 20 }, (_, index) => bucket(24 + index * 24, 40))
    return [200, { object: 'page', data: buckets, has_more: !second, next_page: second ? null : 'page_2' }]
  },
  'api.cloudflare.com': ({ pathname }) =>
    pathname.endsWith('/tokens/verify')
      ? [200, { success: true, errors: [], result: { id: 'tok1', status: 'active' } }]
      : [403, { success: false, errors: [{ code: 10_000, message: 'Authentication error' }], result: null }],
  'api.pagerduty.com': ({ pathname }) =>
    pathname === '/users/me'
      ? [200, { user: { id: 'P1', type: 'user', role: 'admin', html_url: 'https://acme.pagerduty.com/users/P1' } }]
      : [402, { error: { code: 2014, message: 'Account does not have the abilities to perform the action.' } }],
  'api.sendgrid.com': ({ pathname }) =>
    pathname === '/v3/scopes'
      ? [200, { scopes: ['mail.send', 'access_settings.activity.read'] }]
      : [429, { errors: [{ message: 'too many requests' }] }, { 'retry-after': '3600' }],
  'api.intercom.io': ({ pathname, searchParams }) =>
    pathname === '/me'
      ? [
          200,
          {
            type: 'admin',
            id: '991267',
            email: 'owner@example.com',
            app: { id_code: 'ab12', name: 'Acme', region: 'US' },
          },
        ]
      : [
          200,
          {
            type: 'activity_log.list',
            pages: {
              type: 'pages',
              next: `https://evil.example.com/admins/activity_logs?${String(searchParams)}&page=2`,
            },
            activity_logs: [
              {
                id: 'l1',
                performed_by: { type: 'admin', id: '991267', ip: '203.0.113.50' },
                created_at: Math.floor(ago(5).getTime() / 1000),
                activity_type: 'app_data_export',
              },
            ],
          },
        ],
}

function listOf(data: readonly unknown[]): unknown {
  return { object: 'list', data, last_id: null, has_more: false }
}

function bucket(hours: number, calls: number): unknown {
  const start = Math.floor(ago(hours).getTime() / hour) * 3600
  return {
    object: 'bucket',
    start_time: start,
    end_time: start + 3600,
    results: [{ num_model_requests: calls, model: 'gpt-5' }],
  }
}

function sent(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

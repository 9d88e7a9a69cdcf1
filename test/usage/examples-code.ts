import { createHash } from 'node:crypto'
import { madeUp } from '../../src/catalog/made-up.ts'
import { at, type Example, time } from './example.ts'

const hash = createHash('sha256').update(madeUp('{alnum:40}', 'github')).digest('base64')

/** GitHub's, GitLab's and CircleCI's documented examples, rewritten. */
export const code: readonly Example<object>[] = [
  [
    'GitHub, a clone by a token',
    {
      '@timestamp': at,
      _document_id: 'd1',
      action: 'git.clone',
      actor: 'octocat',
      actor_ip: '192.0.2.1',
      actor_location: { country_code: 'DE' },
      hashed_token: hash,
      programmatic_access_type: 'Personal access token (classic)',
      org: 'acme',
      repo: 'acme/app',
      user_agent: 'git/2.47',
    },
    {
      source: 'github-audit',
      credential: { uid: hash, match: 'exact' },
      action: 'git.clone',
      verb: 'read',
      country: 'DE',
      resource: 'acme/app',
      account: 'acme',
      outcome: 'success',
    },
  ],
  [
    'GitHub, a request of its API in a stream',
    {
      '@timestamp': at,
      action: 'api.request',
      actor: 'octocat',
      hashed_token: hash,
      request_method: 'GET',
      url_path: '/user',
      status_code: 403,
      org: 'acme',
    },
    { source: 'github-audit', action: 'api.request GET', verb: 'read', outcome: 'failure' },
  ],
  [
    'GitLab, by API',
    {
      id: 1,
      author_id: 7,
      entity_id: 6,
      entity_type: 'Project',
      details: {
        custom_message: 'Project archived',
        author_name: 'Alice',
        author_email: 'alice@example.com',
        target_details: 'acme/app',
        ip_address: '192.0.2.1',
        entity_path: 'acme/app',
      },
      created_at: time,
    },
    {
      source: 'gitlab-audit',
      id: '1',
      credential: { uid: 'alice@example.com', match: 'principal' },
      action: 'Project archived',
      ip: '192.0.2.1',
      resource: 'acme/app',
    },
  ],
  [
    'GitLab, audit_json.log',
    {
      severity: 'INFO',
      time,
      author_id: 3,
      author_name: 'Alice',
      entity_id: 12,
      entity_type: 'User',
      change: 'access_level',
      from: 10,
      to: 30,
    },
    { source: 'gitlab-audit', action: 'change access_level', actor: 'Alice' },
  ],
  [
    'GitLab, api_json.log',
    {
      time,
      severity: 'INFO',
      method: 'GET',
      path: '/api/v4/projects/1/repository/archive',
      params: [],
      status: 200,
      remote_ip: '192.0.2.1',
      ua: 'curl/8',
      route: '/api/:version/projects/:id/repository/archive',
      username: 'alice',
      token_id: 42,
      token_type: 'PersonalAccessToken',
      correlation_id: 'c1',
    },
    {
      source: 'gitlab-api',
      credential: { uid: '42', match: 'exact' },
      verb: 'read',
      requestId: 'c1',
      userAgent: 'curl/8',
    },
  ],
  [
    'CircleCI',
    {
      id: 'x',
      action: 'context.secrets.accessed',
      occurred_at: time,
      actor: { id: 'u', type: 'user', name: 'github:alice' },
      target: { id: 'c', name: 'prod' },
      success: true,
      request: { id: 'r', ip_address: '192.0.2.1' },
    },
    { source: 'circleci', verb: 'read', actor: 'github:alice', resource: 'prod', outcome: 'success' },
  ],
]

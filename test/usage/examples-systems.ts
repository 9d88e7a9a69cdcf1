import { madeUp } from '../../src/catalog/made-up.ts'
import { at, type Example, time } from './example.ts'

const hmac = `hmac-sha256:${madeUp('{hex:64}', 'vault')}`

/** Documented examples of Vault, databases and schemas that many share, rewritten. */
export const systems: readonly Example<object>[] = [
  [
    'Kubernetes',
    {
      apiVersion: 'audit.k8s.io/v1',
      auditID: 'a1',
      stage: 'ResponseComplete',
      verb: 'list',
      user: { username: 'alice' },
      sourceIPs: ['192.0.2.1'],
      objectRef: { resource: 'secrets', namespace: 'shop' },
      responseStatus: { code: 403, reason: 'Forbidden' },
      requestReceivedTimestamp: time,
    },
    {
      source: 'kubernetes',
      credential: { uid: 'alice', match: 'principal' },
      action: 'list secrets',
      verb: 'read',
      resource: 'shop',
      outcome: 'failure',
      error: 'Forbidden',
    },
  ],
  [
    'Vault',
    {
      time,
      type: 'response',
      auth: { client_token: hmac, accessor: 'a', display_name: 'approle', entity_id: 'e' },
      request: { id: 'r1', operation: 'read', path: 'secret/data/db', remote_address: '192.0.2.1', mount_type: 'kv' },
      error: '1 error occurred: * permission denied',
    },
    {
      source: 'vault',
      credential: { uid: 'a', match: 'exact' },
      action: 'read secret',
      outcome: 'failure',
      error: 'permission denied',
      resource: 'secret/data/db',
    },
  ],
  [
    'PostgreSQL, jsonlog',
    {
      timestamp: '2026-11-01 10:00:00.000 UTC',
      user: 'alice',
      dbname: 'app',
      pid: 1,
      remote_host: '192.0.2.1',
      session_id: 's',
      error_severity: 'LOG',
      message: "statement: ALTER ROLE bob PASSWORD 'hunter'",
      application_name: 'psql',
    },
    {
      source: 'postgres',
      action: 'ALTER ROLE',
      verb: 'admin',
      credential: { uid: 'alice', match: 'principal' },
      ip: '192.0.2.1',
    },
  ],
  [
    'OCSF',
    {
      class_uid: 6003,
      activity_id: 2,
      time: at,
      metadata: { uid: 'o1', version: '1.5.0', product: {} },
      actor: { user: { uid: 'arn:aws:iam::1:user/alice', credential_uid: 'K1' } },
      api: { operation: 'ListBuckets', service: { name: 's3.amazonaws.com' }, request: { uid: 'R1' } },
      src_endpoint: { ip: '192.0.2.1' },
      http_request: { user_agent: 'aws-cli' },
      cloud: { region: 'eu-west-1', account: { uid: '1' } },
      status_id: 1,
    },
    {
      source: 'ocsf',
      credential: { uid: 'K1', match: 'exact' },
      action: 'ListBuckets',
      service: 's3',
      verb: 'read',
      requestId: 'R1',
      outcome: 'success',
    },
  ],
  [
    'ECS with dotted names',
    {
      '@timestamp': time,
      'event.action': 'CreateUser',
      'event.outcome': 'failure',
      'event.provider': 'iam.amazonaws.com',
      'source.ip': '192.0.2.1',
      'source.geo.country_iso_code': 'US',
      'user.name': 'alice',
      'aws.cloudtrail.user_identity.access_key_id': 'K1',
      'user_agent.original': 'aws-cli',
    },
    { source: 'ecs', credential: { uid: 'K1', match: 'exact' }, service: 'iam', outcome: 'failure', country: 'US' },
  ],
  [
    'ECS, a web server’s with dotted names',
    {
      '@timestamp': time,
      'event.dataset': 'nginx.access',
      'http.request.method': 'GET',
      'http.response.status_code': 404,
      'http.response.body.bytes': 612,
      'source.ip': '192.0.2.1',
      'url.original': '/stringpatch',
      'user_agent.original': 'curl',
    },
    { source: 'ecs', action: 'GET /stringpatch', outcome: 'failure', bytes: 612, verb: 'read', userAgent: 'curl' },
  ],
  [
    'SSH, from the journal',
    {
      __REALTIME_TIMESTAMP: `${at}000`,
      __CURSOR: 's=1',
      _HOSTNAME: 'web',
      SYSLOG_IDENTIFIER: 'sshd',
      MESSAGE: 'Failed password for root from 192.0.2.4 port 1 ssh2',
    },
    { source: 'sshd', id: 's=1', actor: 'root', outcome: 'failure' },
  ],
]

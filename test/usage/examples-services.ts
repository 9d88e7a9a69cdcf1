import { madeUp } from '../../src/catalog/made-up.ts'
import { at, type Example, time } from './example.ts'

const key = madeUp('AKIA{upper:16}', 'finding')

/** Documented examples of services that say who administered what, rewritten, and of AWS's findings. */
export const services: readonly Example<object>[] = [
  [
    'Databricks',
    {
      timestamp: at,
      workspaceId: '1',
      sourceIPAddress: '192.0.2.1',
      userAgent: 'python-sdk',
      userIdentity: { email: 'alice@example.com' },
      serviceName: 'unityCatalog',
      actionName: 'getTable',
      requestId: 'r1',
      requestParams: { full_name_arg: 'main.hr.pay' },
      response: { statusCode: 403, errorMessage: 'no' },
    },
    { source: 'databricks', actor: 'alice@example.com', resource: 'main.hr.pay', outcome: 'failure', error: '403' },
  ],
  [
    'Databricks’ system table',
    {
      event_time: time,
      event_id: 'e1',
      source_ip_address: '192.0.2.1',
      user_identity: '{"email":"alice@example.com","subjectName":null}',
      service_name: 'accounts',
      action_name: 'revokeDbToken',
      response: '{"statusCode":200}',
    },
    { source: 'databricks', id: 'e1', actor: 'alice@example.com', verb: 'admin', outcome: 'success' },
  ],
  [
    'Anthropic, by a key',
    {
      id: 'activity_01',
      created_at: time,
      organization_id: 'org_01',
      actor: { type: 'api_actor', api_key_id: 'apikey_01', ip_address: '192.0.2.1', user_agent: 'python-requests' },
      type: 'platform_file_content_downloaded',
      filename: 'customers.csv',
    },
    {
      source: 'anthropic-activity',
      credential: { uid: 'apikey_01', match: 'exact' },
      account: 'org_01',
      resource: 'customers.csv',
      verb: 'read',
    },
  ],
  [
    'Duo',
    {
      action: 'integration_create',
      description: '{"raw_type":"adminapi","name":"x"}',
      isotimestamp: time,
      object: 'x',
      timestamp: at / 1000,
      username: 'Alice',
    },
    { source: 'duo-admin', actor: 'Alice', parameters: { type: 'adminapi' } },
  ],
  [
    'Asana',
    {
      gid: '1',
      created_at: time,
      event_type: 'user_login_failed',
      event_category: 'logins',
      actor: { actor_type: 'user', gid: '2', email: 'alice@example.com' },
      resource: { resource_type: 'user', gid: '2', name: 'Alice' },
      context: { context_type: 'web', client_ip_address: '192.0.2.1', user_agent: 'Mozilla/5.0' },
    },
    { source: 'asana-audit', verb: 'auth', outcome: 'failure', actor: 'alice@example.com', ip: '192.0.2.1' },
  ],
  [
    'OneLogin',
    {
      id: 1,
      created_at: time,
      account_id: 3,
      event_type_id: 3,
      actor_user_id: 7,
      actor_user_name: 'Mallory',
      user_id: 8,
      user_name: 'Alice',
      ipaddr: '192.0.2.1',
    },
    { source: 'onelogin', action: 'USER_ASSUMED_USER', actor: 'Mallory', resource: 'Alice', outcome: 'success' },
  ],
  [
    'Teleport',
    {
      code: 'T2000I',
      event: 'session.start',
      time,
      uid: 'u1',
      user: 'alice',
      login: 'root',
      'addr.remote': '192.0.2.1:51752',
      server_hostname: 'db-1',
      cluster_name: 'c',
    },
    { source: 'teleport', ip: '192.0.2.1', resource: 'db-1', outcome: 'success', parameters: { login: 'root' } },
  ],
  [
    'MongoDB Atlas',
    {
      id: 'e1',
      created: time,
      eventTypeName: 'INVITED_TO_ORG',
      orgId: 'o1',
      username: 'alice@example.com',
      targetUsername: 'mallory@example.org',
      remoteAddress: '192.0.2.1',
    },
    { source: 'mongodb-atlas', account: 'o1', actor: 'alice@example.com', resource: 'mallory@example.org' },
  ],
  [
    'GuardDuty, as EventBridge has it',
    {
      schemaVersion: '2.0',
      accountId: '123456789012',
      region: 'us-east-1',
      id: 'f1',
      type: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller',
      severity: 5,
      resource: { resourceType: 'AccessKey', accessKeyDetails: { accessKeyId: key, userName: 'ci' } },
      service: {
        detectorId: 'd1',
        archived: false,
        eventLastSeen: time,
        action: { awsApiCallAction: { api: 'ListUsers', remoteIpDetails: { ipAddressV4: '192.0.2.1' } } },
      },
      updatedAt: '2026-11-01T11:00:00Z',
    },
    {
      source: 'aws-findings',
      kind: 'observation',
      credential: { uid: key, match: 'exact' },
      ip: '192.0.2.1',
      alarm: 'UnauthorizedAccess:IAMUser/MaliciousIPCaller',
    },
  ],
]

import { at, type Example, time } from './example.ts'
import { key } from './examples-observed-identities.ts'

/** The same of stores, registries and services. */
export const observedServices: readonly Example<object>[] = [
  [
    'a blob that was read with a signature',
    {
      time,
      category: 'StorageRead',
      operationName: 'GetBlob',
      callerIpAddress: '192.0.2.1:5000',
      statusCode: 200,
      properties: { objectKey: '/acc/backups/a.zip', userAgentHeader: 'curl' },
    },
    { ip: '192.0.2.1', userAgent: 'curl', resource: '/acc/backups/a.zip', verb: 'read' },
  ],
  [
    'Google’s audit log in BigQuery, by a service account that acts as another',
    {
      insertId: 'i1',
      timestamp: time,
      protopayload_auditlog: {
        serviceName: 'iamcredentials.googleapis.com',
        methodName: 'GenerateAccessToken',
        authenticationInfo: {
          serviceAccountDelegationInfo: [
            { firstPartyPrincipal: { principalEmail: 'ci@acme.iam.gserviceaccount.com' } },
          ],
        },
        requestMetadata: {
          callerIp: '192.0.2.1',
          callerNetwork: '//compute.googleapis.com/projects/acme/global/networks/n',
        },
      },
    },
    {
      credential: { uid: 'ci@acme.iam.gserviceaccount.com', match: 'principal' },
      verb: 'auth',
      via: '//compute.googleapis.com/projects/acme/global/networks/n',
    },
  ],
  [
    'GitLab behind a proxy, by its own word for the address',
    {
      time,
      method: 'GET',
      path: '/api/v4/projects',
      status: 200,
      remote_ip: '192.0.2.1, 127.0.0.1',
      'meta.remote_ip': '192.0.2.1',
      token_id: 2,
    },
    { source: 'gitlab-api', ip: '192.0.2.1', credential: { uid: '2', match: 'exact' } },
  ],
  [
    'a sign-in to GitLab',
    {
      time,
      author_id: 1,
      author_name: 'Alice',
      entity_id: 1,
      entity_type: 'User',
      with: 'standard',
      'meta.remote_ip': '192.0.2.1',
    },
    { action: 'login with standard', verb: 'auth', ip: '192.0.2.1' },
  ],
  [
    'a change of GitHub’s that has a list in its name',
    { created_at: '2026-11-01 10:00:00.000', action: 'ip_allow_list_entry.create', actor: 'octocat', org: 'acme' },
    { source: 'github-audit', verb: 'admin' },
  ],
  [
    'a token that was made at Cloudflare',
    { ActionType: 'token_create', ActorID: 'a', When: time, ActionResult: true, Metadata: { token_tag: 'tag' } },
    { made: ['tag'], verb: 'admin' },
  ],
  [
    'an alert of Box’s, of whom it is about',
    {
      event_type: 'SHIELD_ALERT',
      event_id: 'b1',
      created_at: time,
      created_by: { id: '2', login: '' },
      ip_address: '192.0.2.200',
      additional_details: {
        shield_alert: {
          rule_category: 'Suspicious Locations',
          user: { id: 7, email: 'alice@example.com' },
          alert_summary: { alert_activities: [{ ip_info: { ip: '192.0.2.1', country_code: 'US' } }] },
        },
      },
    },
    { alarm: 'Suspicious Locations', actor: 'alice@example.com', ip: '192.0.2.1', country: 'US' },
  ],
  [
    'an anomaly that Slack found',
    {
      id: 'k1',
      date_create: at / 1000,
      action: 'anomaly',
      actor: { type: 'user', user: { id: 'U1' } },
      context: { ip_address: '192.0.2.1' },
      details: { reason: ['asn', 'ip_address'] },
    },
    { alarm: 'anomaly: asn, ip_address' },
  ],
  [
    'Auth0’s word of a leaked password, without an id',
    { date: time, type: 'pwd_leak', client_id: 'c', client_name: '', ip: '192.0.2.1' },
    { source: 'auth-zero', alarm: 'leaked password', outcome: 'failure' },
  ],
  [
    'CloudTrail in Security Lake',
    {
      class_uid: 6003,
      activity_id: 1,
      time: at,
      metadata: { uid: 'l1', product: { name: 'CloudTrail' } },
      status_id: 1,
      status_detail: 'none',
      api: {
        operation: 'CreateAccessKey',
        service: { name: 'iam.amazonaws.com' },
        response: { data: '{"accessKey":{"accessKeyId":"child"}}' },
      },
      actor: { user: { uid: 'AIDA', credential_uid: key, account: { uid: '123456789012' } } },
    },
    { source: 'ocsf', made: ['child'], service: 'iam', account: '123456789012' },
  ],
]

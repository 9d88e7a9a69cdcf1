import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import type { UsageEvent } from '../../src/model/usage.ts'
import { logFormats } from '../../src/usage/formats.ts'
import { eventsIn, read } from './support.ts'

const hash = createHash('sha256').update(madeUp('{alnum:40}', 'github')).digest('base64')
const time = '2026-11-01T10:00:00Z'
const at = Date.parse(time)
const hex = madeUp('{hex:40}', 'google')
const token = madeUp('{alnum:20}', 'okta')
const hmac = `hmac-sha256:${madeUp('{hex:64}', 'vault')}`

/** Documented examples in each provider's shape, rewritten; and what an analyst needs to see of them. */
const json: readonly (readonly [what: string, record: object, event: Partial<UsageEvent>])[] = [
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
    'Okta',
    {
      uuid: 'u1',
      published: time,
      eventType: 'user.session.start',
      version: '0',
      severity: 'INFO',
      client: { ipAddress: '192.0.2.1', userAgent: { rawUserAgent: 'okta-sdk' } },
      actor: { id: '00u1', type: 'User', alternateId: 'alice@example.com' },
      outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
      securityContext: { asNumber: 64500 },
      transaction: { id: 't1', detail: { requestApiTokenId: token } },
      target: [],
    },
    {
      source: 'okta',
      credential: { uid: token, match: 'exact' },
      verb: 'auth',
      asn: 64500,
      outcome: 'failure',
      error: 'INVALID_CREDENTIALS',
      actor: 'alice@example.com',
    },
  ],
  [
    'Google Cloud, by a key of a service account',
    {
      insertId: 'i1',
      timestamp: time,
      logName: 'projects/acme/logs/cloudaudit.googleapis.com%2Fdata_access',
      resource: { type: 'gcs_bucket', labels: { project_id: 'acme', location: 'eu' } },
      protoPayload: {
        '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
        serviceName: 'storage.googleapis.com',
        methodName: 'storage.objects.get',
        authenticationInfo: {
          principalEmail: 'svc@acme.iam.gserviceaccount.com',
          serviceAccountKeyName: `//iam.googleapis.com/projects/acme/serviceAccounts/svc@acme.iam.gserviceaccount.com/keys/${hex}`,
        },
        authorizationInfo: [{ permission: 'storage.objects.get', granted: false, permissionType: 'DATA_READ' }],
        requestMetadata: { callerIp: '192.0.2.1', callerSuppliedUserAgent: 'gcloud' },
        resourceName: 'projects/_/buckets/b/objects/o',
        status: { code: 7, message: 'PERMISSION_DENIED' },
      },
    },
    {
      source: 'google-audit',
      credential: { uid: hex, match: 'exact' },
      action: 'get',
      service: 'storage',
      verb: 'read',
      account: 'acme',
      outcome: 'failure',
      error: '7',
      region: 'eu',
    },
  ],
  [
    'Entra, the sign-in of a service by Graph',
    {
      id: 's1',
      createdDateTime: time,
      appId: 'app-1',
      servicePrincipalCredentialKeyId: 'key-1',
      ipAddress: '192.0.2.1',
      location: { countryOrRegion: 'US' },
      status: { errorCode: 7000215 },
      resourceDisplayName: 'Microsoft Graph',
    },
    {
      source: 'azure-sign-in',
      credential: { uid: 'key-1', match: 'exact' },
      verb: 'auth',
      country: 'US',
      outcome: 'failure',
      error: '7000215',
    },
  ],
  [
    'Entra, a sign-in by diagnostic settings',
    {
      time,
      category: 'ServicePrincipalSignInLogs',
      resultType: '0',
      callerIpAddress: '192.0.2.1',
      properties: { id: 's2', createdDateTime: time, appId: 'app-1', ipAddress: '192.0.2.1' },
    },
    { source: 'azure-sign-in', credential: { uid: 'app-1', match: 'principal' }, outcome: 'success' },
  ],
  [
    'Azure, the activity log by diagnostic settings',
    {
      time,
      resourceId: '/SUBSCRIPTIONS/S1/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.STORAGE/STORAGEACCOUNTS/A',
      operationName: 'MICROSOFT.STORAGE/STORAGEACCOUNTS/LISTKEYS/ACTION',
      category: 'Administrative',
      resultType: 'Failure',
      resultSignature: 'Failed.Forbidden',
      callerIpAddress: '192.0.2.1',
      correlationId: 'c1',
      identity: { claims: { appid: 'app-1', name: 'alice' } },
    },
    { source: 'azure-activity', verb: 'read', outcome: 'failure', error: 'Failed.Forbidden', account: 'S1' },
  ],
  [
    'Azure, the activity log by REST',
    {
      eventDataId: 'e1',
      eventTimestamp: time,
      caller: 'alice@example.com',
      operationName: { value: 'Microsoft.Authorization/roleAssignments/write', localizedValue: 'Create' },
      status: { value: 'Succeeded' },
      httpRequest: { clientIpAddress: '192.0.2.1' },
      resourceId: '/subscriptions/s1/x',
      category: { value: 'Administrative' },
    },
    {
      source: 'azure-activity',
      id: 'e1',
      verb: 'admin',
      outcome: 'success',
      actor: 'alice@example.com',
      ip: '192.0.2.1',
    },
  ],
  [
    'Slack, audit',
    {
      id: 'a1',
      date_create: at / 1000,
      action: 'file_downloaded',
      actor: { type: 'user', user: { id: 'U1', name: 'Alice', email: 'alice@example.com' } },
      entity: { type: 'file', file: { id: 'F1', name: 'plan.pdf' } },
      context: { location: { type: 'workspace', id: 'T1' }, ua: 'Slack/1', ip_address: '192.0.2.1' },
    },
    { source: 'slack-audit', at, account: 'T1', resource: 'plan.pdf', actor: 'alice@example.com' },
  ],
  [
    'Slack, access',
    {
      user_id: 'U1',
      username: 'alice',
      date_first: at / 1000,
      date_last: at / 1000 + 60,
      count: 8,
      ip: '192.0.2.1',
      user_agent: 'curl',
      country: 'US',
      region: 'CA',
    },
    { source: 'slack-access', kind: 'aggregate', count: 8, country: 'US' },
  ],
  [
    'Snowflake, a login',
    {
      EVENT_ID: 5,
      EVENT_TIMESTAMP: '2026-11-01 10:00:00.000000000',
      EVENT_TYPE: 'LOGIN',
      USER_NAME: 'ALICE',
      CLIENT_IP: '192.0.2.1',
      REPORTED_CLIENT_TYPE: 'PYTHON_DRIVER',
      REPORTED_CLIENT_VERSION: '3.1',
      IS_SUCCESS: 'NO',
      ERROR_MESSAGE: 'INCORRECT_USERNAME_PASSWORD',
    },
    { source: 'snowflake', at, outcome: 'failure', verb: 'auth', userAgent: 'PYTHON_DRIVER/3.1' },
  ],
  [
    'Snowflake, a query',
    {
      QUERY_ID: 'q1',
      START_TIME: time,
      USER_NAME: 'ALICE',
      QUERY_TYPE: 'UNLOAD',
      QUERY_TEXT: "copy into 's3://x' credentials=(...)",
      DATABASE_NAME: 'D',
      EXECUTION_STATUS: 'SUCCESS',
      OUTBOUND_DATA_TRANSFER_BYTES: 9,
    },
    { source: 'snowflake', action: 'UNLOAD', verb: 'read', bytes: 9, resource: 'D' },
  ],
  [
    'Auth0',
    {
      log_id: 'l1',
      date: time,
      type: 'mgmt_api_read',
      client_id: 'client-1',
      ip: '192.0.2.1',
      user_agent: 'node',
      details: {
        request: { method: 'get', path: '/api/v2/users/abc|1', auth: { credentials: { jti: 'jti-1' } } },
        response: { statusCode: 200 },
      },
    },
    {
      source: 'auth-zero',
      credential: { uid: 'jti-1', match: 'exact' },
      action: 'mgmt_api_read GET /api/v2/users/{id}',
      verb: 'read',
    },
  ],
  [
    'Box',
    {
      type: 'event',
      event_id: 'b1',
      event_type: 'DOWNLOAD',
      created_at: time,
      created_by: { id: '1', login: 'alice@example.com' },
      ip_address: '192.0.2.1',
      source: { item_type: 'file', item_name: 'x' },
      additional_details: { size: 7, service_name: 'Sync' },
    },
    { source: 'box', bytes: 7, verb: 'read', userAgent: 'Sync' },
  ],
  [
    '1Password, a use of an item',
    {
      uuid: 'p1',
      timestamp: time,
      used_version: 1,
      vault_uuid: 'v',
      item_uuid: 'i',
      action: 'reveal',
      user: { uuid: 'u', email: 'alice@example.com' },
      client: { app_name: '1Password CLI', app_version: '2', ip_address: '192.0.2.1' },
    },
    { source: 'one-password', action: 'reveal', verb: 'read', resource: 'i' },
  ],
  [
    '1Password, a sign-in',
    {
      uuid: 'p2',
      session_uuid: 's',
      timestamp: time,
      country: 'FR',
      category: 'credentials_failed',
      type: 'password_secret_bad',
      target_user: { uuid: 'u', email: 'alice@example.com' },
      client: { ip_address: '192.0.2.1' },
    },
    { source: 'one-password', verb: 'auth', outcome: 'failure', country: 'FR' },
  ],
  [
    'Cloudflare, version 2',
    {
      id: 'c2',
      account: { id: 'acc' },
      action: { type: 'create', result: 'success', time },
      actor: { id: 'u', email: 'alice@example.com', ip_address: '192.0.2.1', token_id: 'tok-1', type: 'user' },
      raw: { method: 'POST', status_code: 200, uri: '/accounts/acc/tokens', user_agent: 'curl', cf_ray_id: 'ray' },
      resource: { product: 'tokens', type: 'api_token', id: 'x' },
    },
    {
      source: 'cloudflare',
      credential: { uid: 'tok-1', match: 'exact' },
      requestId: 'ray',
      outcome: 'success',
      verb: 'write',
    },
  ],
  [
    'Cloudflare, version 1',
    {
      id: 'c1',
      action: { info: 'login', result: true, type: 'login' },
      actor: { email: 'alice@example.com', id: 'u', ip: '192.0.2.1', type: 'user' },
      interface: 'UI',
      owner: { id: 'o' },
      resource: { id: 'r', type: 'account' },
      when: time,
    },
    { source: 'cloudflare', verb: 'auth', outcome: 'success', account: 'o' },
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
      credential: { uid: hmac, match: 'exact' },
      action: 'read secret',
      outcome: 'failure',
      error: 'permission denied',
      resource: 'secret/data/db',
    },
  ],
  [
    'Stripe',
    {
      id: 'req_1',
      method: 'get',
      url: '/v1/customers/cus_abcdefgh123?limit=1',
      status: 200,
      created: at / 1000,
      ip_address: '192.0.2.1',
      user_agent: 'Stripe/v1 PythonBindings',
    },
    {
      source: 'stripe-requests',
      action: 'GET /v1/customers/{id}',
      verb: 'read',
      requestId: 'req_1',
      service: 'customers',
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

describe('logs in JSON', () => {
  it.each(json)('reads %s', async (_what, record, event) => {
    expect(await eventsIn(JSON.stringify(record))).toEqual([expect.objectContaining({ at, ...event })])
  })

  it.each(json)('reads %s in an array, in lines and in a collector’s wrapping', async (_what, record, event) => {
    const wrapped = [
      JSON.stringify([record, record], null, 1),
      `${JSON.stringify(record)}\n${JSON.stringify(record)}\n`,
      JSON.stringify({ hits: { hits: [{ _source: record }, { _source: record }] } }),
      `${JSON.stringify({ message: JSON.stringify(record) })}\n${JSON.stringify({ message: JSON.stringify(record) })}\n`,
    ]
    for (const text of wrapped) {
      const found = await eventsIn(text)
      expect(found).toHaveLength(2)
      expect(found[0]).toMatchObject(event)
    }
  })

  it('reads records of different logs from one file', async () => {
    const text = json.map(([, record]) => JSON.stringify(record)).join('\n')
    const { events, warnings } = await read(text)
    expect(warnings).toEqual([])
    expect(events.map(({ source }) => source)).toEqual(json.map(([, , { source }]) => source))
  })

  it('has an example of every log that comes as JSON', () => {
    const shown = new Set(json.map(([, , { source }]) => source))
    const inJson = logFormats.filter(({ json: shape }) => shape !== undefined).map(({ id }) => id)
    expect(inJson.filter(id => !shown.has(id) && id !== 'cloudtrail')).toEqual([])
  })
})

const tables: readonly (readonly [what: string, text: string, event: Partial<UsageEvent>])[] = [
  [
    'GitHub',
    `@timestamp,action,actor,actor_ip,hashed_token,org,repo\n${at},repo.download_zip,octocat,192.0.2.1,${hash},acme,acme/app`,
    { source: 'github-audit', credential: { uid: hash, match: 'exact' }, verb: 'read' },
  ],
  [
    'GitLab',
    'ID,Author ID,Author Name,Entity ID,Entity Type,Entity Path,Target ID,Target Type,Target Details,Action,IP Address,Created At (UTC)\n1,7,Alice,6,Project,acme/app,6,Project,acme/app,Added project,192.0.2.1,2026-11-01 10:00:00',
    { source: 'gitlab-audit', actor: 'Alice', action: 'Added project' },
  ],
  [
    'Entra',
    `Date (UTC),Request ID,User agent,Username,Application,Application ID,Resource,IP address,Location,Status,Sign-in error code\n${time},r1,curl,alice@example.com,App,app-1,Graph,192.0.2.1,"Berlin, Berlin, DE",Failure,50126`,
    { source: 'azure-sign-in', country: 'DE', outcome: 'failure', error: '50126' },
  ],
  [
    'Azure',
    `Correlation id,Operation name,Status,Event category,Level,Time,Subscription,Event initiated by,Resource type,Resource group\nc1,Delete Virtual Machine,Succeeded,Administrative,Informational,${time},s1,alice@example.com,Microsoft.Compute/virtualMachines,g`,
    { source: 'azure-activity', outcome: 'success', actor: 'alice@example.com' },
  ],
  [
    'Snowflake',
    `EVENT_TIMESTAMP,EVENT_ID,EVENT_TYPE,USER_NAME,CLIENT_IP,IS_SUCCESS\n2026-11-01 10:00:00.000 +0000,1,LOGIN,ALICE,192.0.2.1,YES`,
    { source: 'snowflake', outcome: 'success' },
  ],
  [
    'CircleCI with JSON in its cells',
    `id,action,actor,target,payload,occurred_at,success,request\nx,project.env_var.create,"{""id"":""u"",""name"":""github:alice""}","{""name"":""acme/app""}",{},${time},true,"{""ip_address"":""192.0.2.1""}"`,
    { source: 'circleci', actor: 'github:alice', ip: '192.0.2.1', resource: 'acme/app' },
  ],
  [
    'Stripe',
    `Request ID,Time,Method,URL,Status,IP address,API version\nreq_1,${time},POST,/v1/refunds,402,192.0.2.1,2026-01-01`,
    { source: 'stripe-requests', action: 'POST /v1/refunds', outcome: 'failure', verb: 'write' },
  ],
  [
    'Slack',
    `Date Accessed;IP Address;User Agent - Full;# of Logins\n${time};192.0.2.1;Mozilla;4`,
    { source: 'slack-access', count: 4, userAgent: 'Mozilla' },
  ],
  [
    'PostgreSQL, csvlog',
    `2026-11-01 10:00:00.000 UTC,"alice","app",7,"192.0.2.1:5000",s,1,"authentication",2026-11-01 10:00:00 UTC,1/1,0,LOG,00000,"connection authorized: user=alice database=app",,,,,,,,,"psql","client backend",,0`,
    { source: 'postgres', action: 'connect', verb: 'auth', ip: '192.0.2.1', outcome: 'success' },
  ],
]

describe('logs in tables', () => {
  it.each(tables)('reads a table of %s', async (_what, text, event) => {
    expect(await eventsIn(text)).toEqual([expect.objectContaining({ at, ...event })])
  })
})

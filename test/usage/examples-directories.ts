import { type Example, time } from './example.ts'

const vault =
  '/SUBSCRIPTIONS/00000000-0000-4000-8000-000000000001/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V'
const secretRead = {
  time,
  resourceId: vault,
  category: 'AuditEvent',
  operationName: 'SecretGet',
  resultType: 'Success',
  resultSignature: 'OK',
  correlationId: 'c1',
  callerIpAddress: '192.0.2.1',
  identity: { claim: { appid: 'app-1', oid: 'oid-1' } },
  properties: {
    id: 'https://v.vault.azure.net/secrets/db',
    clientInfo: 'curl/8',
    httpStatusCode: 200,
    requestUri: 'https://v.vault.azure.net/secrets/db?api-version=7.4',
  },
}
const risk = {
  time: '11/1/2026 12:00:00 PM',
  category: 'UserRiskEvents',
  operationName: 'User Risk Detection',
  resourceId: '/tenants/t/providers/microsoft.aadiam',
  callerIpAddress: '192.0.2.1',
  properties: {
    id: 'r1',
    riskEventType: 'unfamiliarFeatures',
    riskLevel: 'high',
    riskState: 'atRisk',
    activityDateTime: time,
    ipAddress: '192.0.2.1',
    userPrincipalName: 'alice@example.com',
    additionalInfo: '[{"Key":"userAgent","Value":"curl/8"}]',
  },
}
const workspace = {
  kind: 'admin#reports#activity',
  id: { time, uniqueQualifier: 'q1', applicationName: 'token', customerId: 'C1' },
  actor: { email: 'alice@example.com', profileId: '7' },
  ipAddress: '192.0.2.1',
  networkInfo: { ipAsn: [64500], regionCode: 'FR' },
  events: [{ type: 'auth', name: 'authorize', parameters: [{ name: 'client_id', value: 'client-1' }] }],
}

/** Directories, vaults and web servers. */
export const directories: readonly Example<object>[] = [
  [
    'a secret that an application read in Key Vault',
    secretRead,
    {
      source: 'azure-key-vault',
      action: 'SecretGet',
      verb: 'read',
      outcome: 'success',
      ip: '192.0.2.1',
      userAgent: 'curl/8',
      resource: 'https://v.vault.azure.net/secrets/db',
      credential: { uid: 'app-1', match: 'principal' },
    },
  ],
  [
    'a vault’s refusal that calls itself a success',
    { ...secretRead, resultSignature: 'Forbidden', properties: {} },
    { source: 'azure-key-vault', outcome: 'failure', error: 'Forbidden' },
  ],
  [
    'Key Vault in a workspace’s old table',
    {
      TimeGenerated: time,
      ResourceProvider: 'MICROSOFT.KEYVAULT',
      Category: 'AuditEvent',
      OperationName: 'VaultAccessPolicyChangedEventGridNotification',
      ResultType: 'Success',
      CallerIPAddress: '192.0.2.1',
      identity_claim_appid_g: 'app-1',
      clientInfo_s: 'curl/8',
      httpStatusCode_d: 200,
    },
    { source: 'azure-key-vault', verb: 'admin', userAgent: 'curl/8', ip: '192.0.2.1' },
  ],
  [
    'what Entra found wrong with a sign-in',
    risk,
    {
      source: 'entra-risk',
      kind: 'observation',
      alarm: 'high risk: unfamiliarFeatures',
      ip: '192.0.2.1',
      userAgent: 'curl/8',
      credential: { uid: 'alice@example.com', match: 'principal' },
    },
  ],
  [
    'an address that only the token knows',
    {
      eventTimestamp: time,
      operationName: { value: 'Microsoft.Network/networkSecurityGroups/write' },
      resourceId: '/x',
      caller: 'alice@example.com',
      claims: { ipaddr: '192.0.2.1' },
    },
    { source: 'azure-activity', ip: '192.0.2.1' },
  ],
  [
    'a client that stands among the details of a directory’s change',
    {
      TimeGenerated: time,
      OperationName: 'Update application',
      InitiatedBy: '{"user":{"userPrincipalName":"alice@example.com"}}',
      AdditionalDetails: '[{"key":"User-Agent","value":"PowerShell/5"}]',
      Result: 'success',
    },
    { source: 'azure-activity', userAgent: 'PowerShell/5' },
  ],
  [
    'an application that got a token for Google Workspace',
    workspace,
    {
      source: 'google-workspace',
      id: 'q1',
      action: 'authorize',
      asn: 64500,
      country: 'FR',
      actor: 'alice@example.com',
    },
  ],
  [
    'a sign-in of which Google warns',
    {
      insertId: 'i1',
      timestamp: time,
      protoPayload: {
        methodName: 'google.login.LoginService.suspiciousLogin',
        requestMetadata: { callerIp: '192.0.2.1' },
        metadata: { event: [{ parameter: [{ name: 'affected_email_address', value: 'alice@example.com' }] }] },
      },
    },
    {
      source: 'google-audit',
      alarm: 'suspicious login',
      credential: { uid: 'alice@example.com', match: 'principal' },
    },
  ],
  [
    'nginx in JSON',
    {
      time_iso8601: time,
      remote_addr: '10.0.0.9',
      http_x_forwarded_for: '203.0.113.9, 192.0.2.1',
      remote_user: 'alice',
      request: 'GET /v1/users/12?key=x HTTP/1.1',
      status: '403',
      http_user_agent: 'curl/8',
    },
    { source: 'web-json', ip: '192.0.2.1', action: 'GET /v1/users/{id}', outcome: 'failure', userAgent: 'curl/8' },
  ],
  [
    'Traefik in JSON',
    {
      StartUTC: time,
      ClientHost: '192.0.2.1',
      ClientUsername: '-',
      RequestMethod: 'POST',
      RequestPath: '/login',
      DownstreamStatus: 200,
      'request_User-Agent': 'curl/8',
    },
    { source: 'web-json', ip: '192.0.2.1', action: 'POST /login', outcome: 'success', userAgent: 'curl/8' },
  ],
  [
    'Cloudflare’s edge in JSON',
    {
      EdgeStartTimestamp: time,
      ClientIP: '192.0.2.1',
      ClientASN: 64_500,
      ClientCountry: 'ie',
      ClientRequestMethod: 'GET',
      ClientRequestHost: 'api.example.com',
      ClientRequestURI: '/v1/users/12?key=x',
      ClientRequestUserAgent: 'curl/8',
      EdgeResponseStatus: 403,
      RayID: 'r1',
    },
    {
      source: 'web-json',
      ip: '192.0.2.1',
      asn: 64_500,
      country: 'IE',
      action: 'GET /v1/users/{id}',
      service: 'api.example.com',
      outcome: 'failure',
      userAgent: 'curl/8',
      requestId: 'r1',
    },
  ],
  [
    'Caddy in JSON',
    {
      ts: 1793527200,
      status: 401,
      user_id: 'alice',
      request: { remote_ip: '192.0.2.1', method: 'GET', uri: '/a?key=x', headers: { 'User-Agent': ['curl/8'] } },
    },
    { source: 'web-json', ip: '192.0.2.1', action: 'GET /a', actor: 'alice', userAgent: 'curl/8' },
  ],
]

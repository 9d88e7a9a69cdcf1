import { madeUp } from '../../src/catalog/made-up.ts'
import { type Example, time } from './example.ts'

const hex = madeUp('{hex:40}', 'google')

/** Google's, Microsoft's and Cloudflare's documented examples, rewritten. */
export const cloud: readonly Example<object>[] = [
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
      error: 'PERMISSION_DENIED',
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
]

import { type Example, time } from './example.ts'
import { keyId, trail } from './support.ts'

export const key = keyId('observed')
export const okta = {
  uuid: 'o1',
  published: time,
  eventType: 'user.session.start',
  actor: { id: 'u1', alternateId: 'alice@example.com' },
  outcome: { result: 'SUCCESS' },
}
export const signIn = {
  time,
  category: 'SignInLogs',
  properties: { id: 's1', createdDateTime: time, userPrincipalName: 'alice@example.com', status: { errorCode: 0 } },
}
export const consoleSignIn = trail(key, {
  eventSource: 'signin.amazonaws.com',
  eventName: 'ConsoleLogin',
  readOnly: false,
  responseElements: { ConsoleLogin: 'Success' },
  additionalEventData: { MFAUsed: 'No' },
})
export const role = { type: 'AssumedRole', arn: 'arn:aws:sts::123456789012:assumed-role/dev/s', accessKeyId: key }

/** What real logs had that documented examples had not: shapes only, rewritten. */
export const observedIdentities: readonly Example<object>[] = [
  ['a sign-in to AWS without a second factor', consoleSignIn, { mfa: false, verb: 'auth', outcome: 'success' }],
  [
    'a sign-in to AWS with one',
    { ...consoleSignIn, additionalEventData: { MFAUsed: 'Yes' } },
    { mfa: true, outcome: 'success' },
  ],
  [
    'a refused sign-in to AWS, which has no code',
    { ...consoleSignIn, errorMessage: 'Failed authentication', responseElements: { ConsoleLogin: 'Failure' } },
    { outcome: 'failure', error: 'Failed authentication' },
  ],
  [
    'a call to AWS through an endpoint',
    trail(key, { vpcEndpointId: 'vpce-1', errorCode: 'VpceAccessDenied' }),
    { via: 'vpce-1', outcome: 'failure', error: 'VpceAccessDenied' },
  ],
  [
    'a person of IAM Identity Center',
    trail(key, { userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' }, credentialId: 'c-1' } }),
    { credential: { uid: 'c-1', match: 'exact' }, actor: 'u-1', account: '123456789012' },
  ],
  [
    'a service of AWS',
    trail(key, { userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' } }),
    { credential: { uid: '123456789012', match: 'account' }, actor: 'ec2.amazonaws.com' },
  ],
  [
    'nobody, at a bucket that is open',
    trail(key, { userIdentity: { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' } }),
    { account: '123456789012' },
  ],
  [
    'a session of Roles Anywhere',
    trail(key, {
      eventName: 'CreateSession',
      responseElements: { credentialSet: [{ credentials: { accessKeyId: 'child' } }] },
    }),
    { made: ['child'] },
  ],
  [
    'Okta’s suspicion, and a country by its name',
    {
      ...okta,
      client: { ipAddress: null, geographicalContext: { country: 'Russia' } },
      request: { ipChain: [{ ip: '192.0.2.9' }] },
      securityContext: { isProxy: true },
      debugContext: { debugData: { threatSuspected: 'true', risk: '{reasons=Anomalous Device, level=HIGH}' } },
    },
    { alarm: 'threat suspected, high risk, anonymising proxy', country: 'RU', ip: '192.0.2.9' },
  ],
  ...[
    '{New Device=POSITIVE, New IP=POSITIVE, Velocity=NEGATIVE}',
    ['New Device=POSITIVE', 'New IP=POSITIVE', 'Velocity=NEGATIVE'],
    { 'New Device': 'POSITIVE', 'New IP': 'POSITIVE', Velocity: 'NEGATIVE' },
  ].map(
    (behaviors): Example<object> => [
      'a new device in a new place, as Okta saw it',
      { ...okta, debugContext: { debugData: { logOnlySecurityData: JSON.stringify({ behaviors }) } } },
      { alarm: 'a new device in a new place' },
    ],
  ),
  [
    'places too far apart for one traveller, as Okta saw it, and names in lower case',
    { ...okta, debugcontext: { debugData: { behaviors: '{New Device=NEGATIVE, Velocity=POSITIVE}' } } },
    { alarm: 'places too far apart' },
  ],
  [
    'Okta’s target without a name to sign in with',
    { ...okta, target: [{ alternateId: 'unknown', displayName: 'ci token', type: 'Token' }] },
    { resource: 'ci token' },
  ],
  [
    'an outcome of Okta that nobody decided',
    { ...okta, outcome: { result: 'SKIPPED', reason: 'none' } },
    { outcome: 'unknown' },
  ],
  [
    'Entra’s suspicion',
    {
      ...signIn,
      properties: { ...signIn.properties, riskLevelDuringSignIn: 'high', riskEventTypes_v2: ['anonymizedIPAddress'] },
    },
    { alarm: 'high risk: anonymizedIPAddress' },
  ],
  [
    'a person of Entra with two factors',
    { ...signIn, properties: { ...signIn.properties, authenticationRequirement: 'multiFactorAuthentication' } },
    { mfa: true },
  ],
  [
    'Entra’s directory in a diagnostic setting’s wrapping',
    {
      time,
      category: 'AuditLogs',
      operationName: 'Add service principal credentials',
      resourceId: '/tenants/t/providers/Microsoft.aadiam',
      resultSignature: 'None',
      correlationId: 'c1',
      properties: {
        id: 'd1',
        activityDisplayName: 'Add service principal credentials',
        activityDateTime: time,
        result: 'failure',
        resultReason: 'denied',
        initiatedBy: { user: { id: 'u1', userPrincipalName: 'alice@example.com', ipAddress: '192.0.2.1' } },
        targetResources: [{ displayName: 'deploy' }],
      },
    },
    {
      source: 'azure-activity',
      actor: 'alice@example.com',
      ip: '192.0.2.1',
      resource: 'deploy',
      verb: 'admin',
      outcome: 'failure',
      error: 'denied',
      parameters: {
        targetResources: [{ displayName: 'deploy' }],
        additionalDetails: [],
        initiatedBy: { user: { id: 'u1', userPrincipalName: 'alice@example.com', ipAddress: '192.0.2.1' } },
      },
    },
  ],
  [
    'a call of Microsoft Graph',
    {
      time,
      category: 'MicrosoftGraphActivityLogs',
      operationName: 'Microsoft Graph Activity',
      resourceId: '/TENANTS/T/PROVIDERS/MICROSOFT.AADIAM',
      callerIpAddress: '192.0.2.1',
      properties: {
        requestId: 'g1',
        requestMethod: 'GET',
        requestUri: 'https://graph.microsoft.com/v1.0/users/00000000-0000-4000-8000-000000000001?$select=id',
        responseStatusCode: 403,
        appId: 'app-1',
        userId: null,
        servicePrincipalId: 'sp-1',
      },
    },
    { action: 'GET /v1.0/users/{id}', actor: 'sp-1', verb: 'read', outcome: 'failure', error: '403', service: 'graph' },
  ],
]

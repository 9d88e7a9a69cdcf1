import { describe, expect, it } from 'vitest'
import { askedFor, wantsParameters } from '../../src/signals/requests/asked.ts'
import { gatherUsage } from '../../src/usage/usage.ts'
import { at, time } from './example.ts'
import { eventsIn, input, keys } from './support.ts'

const policy = {
  timestamp: time,
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    serviceName: 'cloudresourcemanager.googleapis.com',
    methodName: 'SetIamPolicy',
    authenticationInfo: { principalEmail: 'bot@acme.iam.gserviceaccount.com' },
    resourceName: 'projects/acme',
    serviceData: {
      policyDelta: { bindingDeltas: [{ action: 'ADD', role: 'roles/owner', member: 'user:eve@mordor.example' }] },
    },
  },
}
const assignment = {
  time,
  resourceId: '/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/a',
  operationName: 'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE',
  callerIpAddress: '192.0.2.1',
  resultType: 'Start',
  properties: {
    requestbody:
      '{"Properties":{"PrincipalId":"p","RoleDefinitionId":"/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}}',
  },
}
const github = { '@timestamp': at, actor: 'octocat', org: 'acme', repo: 'acme/app' }

describe('what a log says of a request is what the rules for requests look at', () => {
  it.each<[string, object, RegExp]>([
    ['Google, an owner by a change of policy', policy, /made an owner/],
    [
      'Google, access to data that is logged no more',
      {
        ...policy,
        protoPayload: {
          ...policy.protoPayload,
          serviceData: { policyDelta: { auditConfigDeltas: [{ action: 'REMOVE', service: 'allServices' }] } },
        },
      },
      /logged no more/,
    ],
    ['Azure, an owner of a subscription', assignment, /made an owner of a subscription/],
    [
      'Snowflake, an administrator by a grant',
      {
        QUERY_ID: 'q1',
        QUERY_TYPE: 'GRANT',
        QUERY_TEXT: 'grant role ACCOUNTADMIN to user eve',
        START_TIME: time,
        USER_NAME: 'bot',
      },
      /administrator's role/,
    ],
    ['GitHub, a repository made public', { ...github, action: 'repo.access', visibility: 'public' }, /made public/],
    ['GitHub, a member made an owner', { ...github, action: 'org.add_member', permission: 'admin' }, /made an owner/],
    ['GitHub, a deploy key that writes', { ...github, action: 'public_key.create', read_only: 'false' }, /may write/],
  ])('%s', async (_what, record, says) => {
    const [event] = await eventsIn(JSON.stringify(record))
    expect(event && askedFor(event, { exposure: 'public' })).toMatchObject({ says: expect.stringMatching(says) })
  })

  it('is kept of an object that is encrypted with the caller’s own key, and of no other', async () => {
    const put = (key: string, more = {}) => ({
      eventTime: time,
      eventName: 'PutObject',
      eventSource: 's3.amazonaws.com',
      userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ci' },
      requestParameters: { bucketName: 'b', key, ...more },
    })
    const records = [put('a'), put('b', { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' })]
    const usage = await gatherUsage([input(records.map(one => JSON.stringify(one)).join('\n'))], {
      keys: [keys('c', { named: ['arn:aws:iam::111122223333:user/ci'] })],
      warn: ({ message }) => expect.fail(message),
      scrub: text => text,
      wants: wantsParameters,
    })
    const [plain, locked] = usage.history('c')
    expect(plain?.parameters).toBeUndefined()
    expect(locked && askedFor(locked, { exposure: 'public' })).toMatchObject({
      says: expect.stringMatching(/only the caller has/),
    })
  })
})

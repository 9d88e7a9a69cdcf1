import { describe, expect, it } from 'vitest'
import { at } from './example.ts'
import { eventsIn, gather, input, keys, read } from './support.ts'

const app = '5f1b2c3d-0000-4000-8000-000000000001'
const secret = '5f1b2c3d-0000-4000-8000-00000000000'
const common = {
  CreationTime: '2026-11-01T10:00:00',
  Id: 'e1',
  OrganizationId: 'o1',
  RecordType: 8,
  UserId: 'alice@example.com',
  UserKey: '10032@example.com',
  UserType: 0,
  Version: 1,
  Workload: 'AzureActiveDirectory',
}

describe('Microsoft 365’s unified audit log', () => {
  it.each([
    [
      'a sign-in that failed, though it says success',
      {
        Operation: 'UserLoginFailed',
        ResultStatus: 'Success',
        LogonError: 'InvalidUserNameOrPassword',
        ClientIP: '192.0.2.1',
        ExtendedProperties: [{ Name: 'UserAgent', Value: 'curl' }],
      },
      { verb: 'auth', outcome: 'failure', error: 'InvalidUserNameOrPassword', ip: '192.0.2.1', userAgent: 'curl' },
    ],
    [
      'mails that were read, summed up',
      {
        Workload: 'Exchange',
        Operation: 'MailItemsAccessed',
        OperationCount: 7,
        ClientIPAddress: '[2001:db8::1]:443',
        ClientInfoString: 'Client=REST;',
        MailboxOwnerUPN: 'bob@example.com',
      },
      { kind: 'aggregate', count: 7, userAgent: 'REST', verb: 'read', ip: '2001:db8::1', resource: 'bob@example.com' },
    ],
    [
      'what a browser says of itself behind how it came',
      { Operation: 'MailItemsAccessed', ClientInfoString: 'Client=OWA;Mozilla/5.0 (X11; Linux);;' },
      { userAgent: 'Mozilla/5.0 (X11; Linux)' },
    ],
    [
      'a change of rights',
      { Operation: 'Add member to role.', ResultStatus: 'Failed', ObjectId: 'x' },
      { verb: 'admin', outcome: 'failure', error: 'Failed', action: 'Add member to role.' },
    ],
    [
      'a file, without what its link allows',
      { Workload: 'SharePoint', Operation: 'FilePreviewed', ObjectId: 'https://acme.example/a.docx?e=token' },
      { verb: 'read', resource: 'https://acme.example/a.docx' },
    ],
  ])('reads %s', async (_what, more, event) => {
    const record = { ...common, ...more }
    const shapes = [
      JSON.stringify([record]),
      JSON.stringify({ RecordType: 8, CreationDate: common.CreationTime, AuditData: JSON.stringify(record) }),
      JSON.stringify({
        value: [{ createdDateTime: common.CreationTime, operation: record.Operation, auditData: record }],
      }),
    ]
    for (const shape of shapes)
      expect(await eventsIn(shape)).toEqual([
        expect.objectContaining({ at, id: 'e1', source: 'm365-audit', account: 'o1', ...event }),
      ])
  })

  it('passes over what the service says about itself', async () => {
    expect(await read(JSON.stringify({ ...common, Operation: 'AlertTriggered' }))).toEqual({ events: [], warnings: [] })
  })

  it('joins an application by its id, and tells the secrets that it made', async () => {
    const change = {
      ...common,
      Operation: 'Update application – Certificates and secrets management ',
      UserId: `ServicePrincipal_${app}`,
      ModifiedProperties: [
        {
          Name: 'KeyDescription',
          OldValue: `["[KeyIdentifier=${secret}1,KeyType=Password]"]`,
          NewValue: `["[KeyIdentifier=${secret}1,KeyType=Password]","[KeyIdentifier=${secret}2,KeyType=Password]"]`,
        },
      ],
    }
    const mail = { ...common, Id: 'e2', Workload: 'Exchange', Operation: 'Send', UserId: 'bob@example.com', AppId: app }
    const usage = await gather(
      [input(JSON.stringify([change, mail]))],
      [keys('c', { provider: 'azure', ids: [`${secret}1`], principals: [app] })],
    )
    const history = usage.history('c')
    expect([...history]).toMatchObject([
      { id: 'e1', credential: { match: 'principal' }, made: [`${secret}2`] },
      { id: 'e2', credential: { match: 'principal' } },
    ])
    expect(history.children).toEqual([`${secret}2`])
  })
})

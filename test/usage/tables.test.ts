import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { at, type Example, time } from './example.ts'
import { eventsIn } from './support.ts'

const hash = createHash('sha256').update(madeUp('{alnum:40}', 'github')).digest('base64')

const tables: readonly Example<string>[] = [
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
    'Entra, of applications',
    `Date (UTC),Request ID,Correlation ID,Service principal ID,Service principal name,Credential key ID,Credential thumbprint,Application,Application ID ,Resource,Home tenant ID,IP address,Location,Status,Sign-in error code,Failure reason\n${time},r1,c1,sp-1,backup,key-1,,backup,app-1,Graph,tenant-1,192.0.2.1,"Melbourne, Victoria, AU",Success,0,Other.`,
    {
      source: 'azure-sign-in',
      credential: { uid: 'key-1', match: 'exact' },
      actor: 'backup',
      account: 'tenant-1',
      country: 'AU',
      outcome: 'success',
    },
  ],
  [
    'Entra, by a script',
    `CreatedDateTime,UserPrincipalName,UserDisplayName,AppDisplayName,IPAddress,City,Country,Status\n11/1/2026 10:00:00 AM,alice@example.com,Alice,Office,192.0.2.1,Berlin,Germany,Failure`,
    { source: 'azure-sign-in', actor: 'alice@example.com', outcome: 'failure' },
  ],
  [
    'Microsoft 365',
    `RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits,AssociatedAdminUnitsNames\nr1,2026-11-01T10:00:00.0000000Z,25,FileDownloaded,alice@example.com,${cell({ Id: 'r1', CreationTime: '2026-11-01T10:00:00', Operation: 'FileDownloaded', Workload: 'OneDrive', UserId: 'alice@example.com', ClientIP: '192.0.2.1', UserAgent: 'curl', ObjectId: 'https://acme.example/a.docx?share=1', OrganizationId: 'o1' })},,`,
    {
      source: 'm365-audit',
      id: 'r1',
      actor: 'alice@example.com',
      ip: '192.0.2.1',
      userAgent: 'curl',
      verb: 'read',
      account: 'o1',
      resource: 'https://acme.example/a.docx',
    },
  ],
  [
    'Microsoft 365 with a record that the portal cut off',
    `CreationDate,UserIds,Operations,AuditData\n11/1/2026 10:00:00 AM,alice@example.com,New-InboxRule,"{""ClientIP"":""192.0.2.1"",""Parameters"":[{""Na"`,
    { source: 'm365-audit', actor: 'alice@example.com', ip: '192.0.2.1', action: 'New-InboxRule', verb: 'admin' },
  ],
  [
    'S3 access, by Athena',
    `bucketowner,bucket_name,requestdatetime,remoteip,requester,requestid,operation,key,request_uri,httpstatus,errorcode,bytessent,useragent\nf00,backups,01/Nov/2026:10:00:00 +0000,192.0.2.1,arn:aws:iam::123456789012:user/alice,R1,REST.GET.OBJECT,a.zip,GET /a.zip HTTP/1.1,200,,512,curl`,
    {
      source: 's3-access',
      action: 'GetObject',
      service: 's3',
      resource: 'backups',
      bytes: 512,
      actor: 'arn:aws:iam::123456789012:user/alice',
    },
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
    `Date Accessed,User Agent - Simple,User Agent - Full,IP Address,Number of Logins,Last Date Accessed\n${time},Chrome,Mozilla,192.0.2.1,4,${time}`,
    { source: 'slack-access', count: 4, userAgent: 'Mozilla' },
  ],
  [
    'PostgreSQL, csvlog',
    `2026-11-01 10:00:00.000 UTC,"alice","app",7,"192.0.2.1:5000",s,1,"authentication",2026-11-01 10:00:00 UTC,1/1,0,LOG,00000,"connection authorized: user=alice database=app",,,,,,,,,"psql","client backend",,0`,
    { source: 'postgres', action: 'connect', verb: 'auth', ip: '192.0.2.1', outcome: 'success' },
  ],
]

/** JSON in a cell. */
function cell(value: object): string {
  return `"${JSON.stringify(value).replaceAll('"', '""')}"`
}

describe('logs in tables', () => {
  it.each(tables)('reads a table of %s', async (_what, text, event) => {
    expect(await eventsIn(text)).toEqual([expect.objectContaining({ at, ...event })])
  })
})

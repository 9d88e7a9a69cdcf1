import { describe, expect, it } from 'vitest'
import { eventsIn, gather, input, keyId, keys } from './support.ts'

const at = Date.parse('2026-11-01T10:00:00Z')
const owner = 'f00d'.repeat(16)
const user = 'arn:aws:iam::123456789012:user/alice'
const session = 'arn:aws:sts::123456789012:assumed-role/deploy/ci-7'

interface Request {
  readonly who?: string
  readonly does?: string
  readonly uri?: string
  readonly status?: string
  readonly agent?: string
  readonly tail?: string
}

/** As https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html lays it out. */
function line({
  who = user,
  does = 'REST.GET.OBJECT backups/a.zip',
  uri = '"GET /backups/a.zip HTTP/1.1"',
  status = '200 -',
  agent = '"aws-cli/2.17"',
  tail = '- hostid= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader b.s3.eu-west-1.amazonaws.com TLSv1.3 - - eu-west-1',
}: Request): string {
  return `${owner} shop-data [01/Nov/2026:10:00:00 +0000] 192.0.2.7 ${who} R1 ${does} ${uri} ${status} 512 2048 17 5 "-" ${agent} ${tail}`
}

describe('S3 server access logs', () => {
  it.each([
    ['a read', {}, { action: 'GetObject', verb: 'read', outcome: 'success', bytes: 512 }],
    ['a refusal', { status: '403 AccessDenied' }, { outcome: 'failure', error: 'AccessDenied' }],
    [
      'a deletion of many, which has no request of its own',
      { does: 'BATCH.DELETE.OBJECT a.zip', uri: '-', agent: '-', status: '204 -' },
      { action: 'DeleteObject', verb: 'write', outcome: 'success' },
    ],
    ['a policy', { does: 'REST.PUT.BUCKETPOLICY -' }, { action: 'PutBucketPolicy', verb: 'admin' }],
    ['who may read an object', { does: 'REST.PUT.ACL a.zip' }, { action: 'PutObjectAcl', verb: 'admin' }],
    ['what has no name elsewhere', { does: 'REST.GET.UPLOADS -' }, { action: 'REST.GET.UPLOADS', verb: 'read' }],
    ['a client with quotation marks', { agent: '"a "b" c"' }, { userAgent: 'a "b" c' }],
    ['a line of before 2019', { tail: '-' }, { userAgent: 'aws-cli/2.17' }],
  ])('reads %s', async (_what, request, event) => {
    expect(await eventsIn(`${line(request)}\n`)).toEqual([
      expect.objectContaining({
        at,
        source: 's3-access',
        service: 's3',
        ip: '192.0.2.7',
        actor: user,
        account: '123456789012',
        resource: 'shop-data',
        requestId: 'R1',
        ...event,
      }),
    ])
  })

  it('reads what CloudWatch Logs has of them', async () => {
    const record = {
      schema_version_id: 'V_1_0',
      bucket_arn: 'arn:aws:s3:::shop-data',
      bucket_name: 'shop-data',
      request_time: '2026-11-01T10:00:00.000Z',
      bucket_owner_id: owner,
      remote_ip: '192.0.2.7',
      requester: user,
      request_id: 'R1',
      operation: 'REST.HEAD.OBJECT',
      http_status: 404,
      error_code: 'NoSuchKey',
    }
    expect(await eventsIn(JSON.stringify(record))).toEqual([
      expect.objectContaining({ at, action: 'HeadObject', resource: 'shop-data', outcome: 'failure', actor: user }),
    ])
  })

  it('joins a signed address by its key, others by user or role, and nobody’s to nobody', async () => {
    const id = keyId('presigned')
    const signed = line({
      uri: `"GET /a.zip?X-Amz-Credential=${id}%2F20261101%2Feu-west-1%2Fs3%2Faws4_request HTTP/1.1"`,
    })
    const log = [signed, line({}), line({ who: session }), line({ who: '-' })].join('\n')
    const role = 'arn:aws:iam::123456789012:role/deploy'
    const usage = await gather(
      [input(log)],
      [
        keys('signer', { ids: [id] }),
        keys('user', { ids: [keyId('header')], principals: [user], accounts: ['123456789012'] }),
        keys('role', { principals: [role] }),
      ],
    )
    const matches = ['signer', 'user', 'role'].map(each => [...usage.history(each)].map(({ credential }) => credential))
    expect(matches).toEqual([
      [{ uid: id, match: 'exact' }],
      [{ uid: user, match: 'principal' }],
      [{ uid: role, match: 'principal' }],
    ])
  })

  it('keeps nothing of a signature', async () => {
    const uri = '"GET /a.zip?X-Amz-Signature=c0ffee&X-Amz-Security-Token=t0ken HTTP/1.1"'
    expect(JSON.stringify(await eventsIn(line({ uri })))).not.toMatch(/c0ffee|t0ken/)
  })
})

import type { Verb } from '../../model/usage.ts'
import type { Row } from '../../text/row.ts'
import { outcomeOf, pick, pickText, plainKeys } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

/** Quotation marks in a field are not escaped: one that ends it has a space behind it, and the last is that of the client. */
const quoted = '(-|"(?:[^"]|"(?! |$))*")'
const line = new RegExp(
  `^(\\S+) (\\S+) \\[([^\\]]+)\\] (\\S+) (\\S+) (\\S+) ((?:REST|SOAP|WEBSITE|BATCH|S3)\\.\\S+) (\\S+) ${quoted} (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) ${quoted} (-|".*")`,
)
const names = [
  'bucketowner',
  'bucket',
  'requesttime',
  'remoteip',
  'requester',
  'requestid',
  'operation',
  'key',
  'requesturi',
  'httpstatus',
  'errorcode',
  'bytessent',
  'objectsize',
  'totaltime',
  'turnaroundtime',
  'referer',
  'useragent',
]

/** What CloudTrail calls the same: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html */
const calls: Readonly<Record<string, string>> = {
  'REST.GET.OBJECT': 'GetObject',
  'REST.HEAD.OBJECT': 'HeadObject',
  'REST.PUT.OBJECT': 'PutObject',
  'REST.POST.OBJECT': 'PutObject',
  'REST.COPY.OBJECT': 'CopyObject',
  'REST.DELETE.OBJECT': 'DeleteObject',
  'BATCH.DELETE.OBJECT': 'DeleteObject',
  'REST.POST.MULTI_OBJECT_DELETE': 'DeleteObjects',
  'REST.POST.UPLOADS': 'CreateMultipartUpload',
  'REST.PUT.PART': 'UploadPart',
  'REST.POST.UPLOAD': 'CompleteMultipartUpload',
  'REST.GET.BUCKET': 'ListObjects',
  'REST.GET.BUCKETVERSIONS': 'ListObjectVersions',
  'REST.HEAD.BUCKET': 'HeadBucket',
  'REST.PUT.BUCKET': 'CreateBucket',
  'REST.DELETE.BUCKET': 'DeleteBucket',
  'REST.GET.LOCATION': 'GetBucketLocation',
  'REST.GET.BUCKETPOLICY': 'GetBucketPolicy',
  'REST.PUT.BUCKETPOLICY': 'PutBucketPolicy',
  'REST.DELETE.BUCKETPOLICY': 'DeleteBucketPolicy',
  'REST.GET.VERSIONING': 'GetBucketVersioning',
  'REST.PUT.VERSIONING': 'PutBucketVersioning',
  'REST.GET.LOGGING_STATUS': 'GetBucketLogging',
  'REST.PUT.LOGGING_STATUS': 'PutBucketLogging',
  'REST.GET.ENCRYPTION': 'GetBucketEncryption',
  'REST.PUT.ENCRYPTION': 'PutBucketEncryption',
  'REST.PUT.LIFECYCLE': 'PutBucketLifecycle',
  'REST.PUT.REPLICATION': 'PutBucketReplication',
  'REST.GET.PUBLIC_ACCESS_BLOCK': 'GetBucketPublicAccessBlock',
  'REST.PUT.PUBLIC_ACCESS_BLOCK': 'PutBucketPublicAccessBlock',
  'REST.DELETE.PUBLIC_ACCESS_BLOCK': 'DeleteBucketPublicAccessBlock',
}

/**
 * Amazon S3's server access logs: each read and write of an object, which CloudTrail has only as data events. Fields:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html, in CloudWatch Logs
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/sal-cw-log-format.html, as a table of Athena
 * https://repost.aws/knowledge-center/analyze-logs-athena
 */
export const bucketAccess: LogFormat = {
  id: 's3-access',
  name: 'Amazon S3 server access log',
  providers: ['aws'],
  json: {
    knows: record =>
      typeof record['operation'] === 'string' &&
      'requester' in record &&
      ('bucket_arn' in record || 'bucket_owner_id' in record || 'bucketowner' in record),
    read: record => read(plainKeys(record)),
  },
  table: {
    knows: headings => headings.has('bucketowner') && headings.has('requester') && headings.has('operation'),
    read,
  },
  lines: {
    knows: text => line.test(text),
    reader: () => text => {
      const [whole, ...fields] = line.exec(text) ?? []
      if (whole === undefined) return undefined
      return read(Object.fromEntries(names.map((name, index) => [name, bare(fields[index])])))
    },
  },
  coverage: {
    lag: 'a few hours, at best effort: not every request is delivered (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html)',
    blind: ['keys are named in presigned addresses only: other requests are told by their user or role'],
  },
}

function read(row: Row): Draft {
  const operation = pickText(row, 'operation') ?? ''
  const key = said(row['key'])
  const uri = pickText(row, 'requesturi') ?? ''
  const requester = said(row['requester'])
  const status = pick(row, 'httpstatus', 'httpstatuscode')
  const bucket = pickText(row, 'bucketname', 'bucket')
  const action = actionOf(operation, key)
  const id = pickText(row, 'requestid')
  return {
    id: id === undefined ? undefined : `${id} ${operation} ${key ?? ''}`,
    at: pick(row, 'requesttime', 'requestdatetime'),
    keys: presigned(uri),
    principals: [requester, roleOf(requester)],
    account: /^arn:[^:]*:[^:]*::(\d{12}):/.exec(requester ?? '')?.[1],
    ip: row['remoteip'],
    userAgent: said(row['useragent']),
    action,
    service: 's3',
    verb: verbOf(action, operation),
    region: row['sourceregion'],
    actor: requester,
    resource: bucket,
    outcome: status === '-' ? 'unknown' : outcomeOf(status),
    error: said(row['errorcode']),
    requestId: id,
    bytes: said(row['bytessent']),
    mark: 'object',
  }
}

function actionOf(operation: string, key: string | undefined): string | undefined {
  const acl = /^REST\.(GET|PUT)\.ACL$/.exec(operation)?.[1]
  if (acl !== undefined) return `${acl === 'GET' ? 'Get' : 'Put'}${key === undefined ? 'Bucket' : 'Object'}Acl`
  const copied = /^REST\.COPY\.(?:OBJECT|PART)(_GET)?$/.exec(operation)
  if (copied !== null) return copied[1] === undefined ? 'CopyObject' : 'GetObject'
  return calls[operation] ?? (operation === '' ? undefined : operation)
}

function verbOf(action: string | undefined, operation: string): Verb {
  if (/\.(?:GET|HEAD|OPTIONS)\.|OBJECT_GET$/.test(operation)) return 'read'
  return /Policy|Acl|Logging|PublicAccess|Encryption|Lifecycle|Replication|Versioning/.test(action ?? '')
    ? 'admin'
    : 'write'
}

/** The key id in a signed address, for both versions of signatures: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function presigned(uri: string): readonly (string | undefined)[] {
  const id = /[?&](?:X-Amz-Credential|AWSAccessKeyId)=([A-Z0-9]{16,128})(?![A-Z0-9])/i.exec(uri)?.[1]
  return id === undefined ? [] : [id]
}

/** A session is told by the role that it is of, too. */
function roleOf(requester: string | undefined): string | undefined {
  const [, partition, account, role] = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(requester ?? '') ?? []
  return role === undefined ? undefined : `arn:${partition}:iam::${account}:role/${role}`
}

function bare(field: string | undefined): string | undefined {
  return field?.startsWith('"') ? field.slice(1, -1) : field
}

function said(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '-' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined
}

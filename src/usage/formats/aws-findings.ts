import type { Row } from '../../text/row.ts'
import { rowsOf } from '../../text/row.ts'
import { listOf, pick, pickText, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'

/**
 * What AWS found about an access key: GuardDuty's findings as its API, its export and EventBridge have them, and those of
 * Security Hub, which come from other products too. Fields:
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsIamAccessKeyDetails.html
 */
export const awsFindings: LogFormat = {
  id: 'aws-findings',
  name: 'AWS security findings',
  providers: ['aws'],
  keyed: 'id',
  json: {
    knows: record =>
      'ProductArn' in record
        ? 'GeneratorId' in record && 'Resources' in record
        : first(record, 'service.detectorId') !== undefined,
    read: record => {
      if (!('ProductArn' in record)) return guardDuty(record)
      const key = rowsOf(record['Resources']).map(one => pick(one, 'Details.AwsIamAccessKey.AccessKeyId'))
      return securityHub(
        record,
        key.find(one => one !== undefined),
      )
    },
  },
  coverage: { covers: 'owner', blind: ['what nobody found suspicious'] },
}

/** A path in the small letters of JSON events, or in the capitals of AWS's own command line. */
function first(record: Row, ...paths: readonly string[]): unknown {
  return pick(
    record,
    ...paths,
    ...paths.map(path => path.replaceAll(/(?<=^|\.)[a-z]/g, letter => letter.toUpperCase())),
  )
}

function guardDuty(record: Row): Draft | 'pass' {
  const key = first(record, 'resource.accessKeyDetails.accessKeyId')
  if (key === undefined) return 'pass'
  const call = 'service.action.awsApiCallAction'
  // https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
  const severity = Number(first(record, 'severity'))
  return finding(wordOf(first(record, 'type')), severity >= 4 && first(record, 'service.archived') !== true, {
    id: first(record, 'id'),
    at: first(record, 'service.eventLastSeen', 'updatedAt'),
    keys: [key],
    principals: [first(record, 'resource.accessKeyDetails.userName')],
    account: first(record, 'accountId'),
    region: first(record, 'region'),
    ip: first(record, `${call}.remoteIpDetails.ipAddressV4`),
    userAgent: first(record, `${call}.userAgent`),
    resource: first(record, `${call}.api`),
  })
}

function securityHub(record: Row, key: unknown): Draft | 'pass' {
  // The other namespaces are about settings and about data that lies somewhere, not about what somebody did.
  const types = listOf(record['Types']).map(wordOf)
  const done = types.find(type => /^(?:TTPs|Effects|Unusual Behaviors)(?:\/|$)/.test(type))
  if (key === undefined || done === undefined) return 'pass'
  const put =
    /^(?:RESOLVED|SUPPRESSED)$/.test(wordOf(pick(record, 'Workflow.Status'))) || record['RecordState'] === 'ARCHIVED'
  const label = wordOf(pick(record, 'Severity.Label'))
  return finding(done, !put && /^(?:MEDIUM|HIGH|CRITICAL)$/.test(label), {
    id: record['Id'],
    at: pick(record, 'LastObservedAt', 'UpdatedAt', 'CreatedAt'),
    keys: [key],
    account: record['AwsAccountId'],
    region: record['Region'],
    ip: pick(record, 'Action.AwsApiCallAction.RemoteIpDetails.IpAddressV4'),
    resource: pickText(record, 'Action.AwsApiCallAction.Api'),
  })
}

function finding(type: string, stands: boolean, more: Omit<Draft, 'action'>): Draft {
  return {
    ...more,
    kind: 'observation',
    action: `finding: ${type}`,
    verb: 'auth',
    outcome: 'unknown',
    alarm: stands ? type : undefined,
  }
}

import { at, each, type RequestRule, short, text } from './rule.ts'

/** Requests that blind those who watch an AWS account, or destroy what could be restored. */
export const defenceRules: readonly RequestRule[] = [
  {
    rule: 'logging stopped',
    on: 'cloudtrail:StopLogging cloudtrail:DeleteTrail cloudtrail:DeleteEventDataStore ec2:DeleteFlowLogs route53resolver:DeleteResolverQueryLogConfig config:StopConfigurationRecorder config:DeleteConfigurationRecorder bedrock:DeleteModelInvocationLoggingConfiguration wafv2:DeleteLoggingConfiguration',
    strength: 'strong',
    attack: ['T1562.008'],
    asks: ({ parameters }) => {
      const name = text(parameters['name']) ?? text(parameters['trailName'])
      return name === undefined ? 'a log is switched off' : `${short(name)} is switched off`
    },
  },
  {
    rule: 'logging narrowed',
    decides: true,
    on: 'cloudtrail:PutEventSelectors',
    strength: 'strong',
    attack: ['T1562.008'],
    asks: ({ parameters }) => {
      const narrowed = each(parameters['eventSelectors']).some(
        one =>
          at(one, 'includeManagementEvents') === false ||
          /^(?:Read|Write)Only$/.test(text(at(one, 'readWriteType')) ?? ''),
      )
      return narrowed ? 'a trail no longer records everything' : undefined
    },
  },
  {
    rule: 'logging narrowed',
    decides: true,
    on: 'cloudtrail:UpdateTrail',
    strength: 'medium',
    attack: ['T1562.008'],
    asks: ({ parameters }) =>
      ['isMultiRegionTrail', 'includeGlobalServiceEvents', 'enableLogFileValidation'].some(
        name => parameters[name] === false,
      )
        ? 'a trail no longer records everything'
        : undefined,
  },
  {
    // https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html
    rule: 'logging stopped',
    on: 'eks:UpdateClusterConfig',
    strength: 'strong',
    attack: ['T1562.008'],
    asks: ({ parameters }) =>
      each(at(parameters, 'logging', 'clusterLogging')).some(one => at(one, 'enabled') === false)
        ? 'a log of the cluster is switched off'
        : undefined,
  },
  {
    rule: 'detection off',
    decides: true,
    on: 'guardduty:DeleteDetector guardduty:DisassociateFromMasterAccount guardduty:DisassociateFromAdministratorAccount guardduty:StopMonitoringMembers securityhub:DisableSecurityHub macie2:DisableMacie inspector2:Disable access-analyzer:DeleteAnalyzer',
    strength: 'strong',
    attack: ['T1562.001'],
    asks: () => 'detection is switched off',
  },
  {
    rule: 'detection off',
    decides: true,
    on: 'guardduty:UpdateDetector',
    strength: 'strong',
    attack: ['T1562.001'],
    asks: ({ parameters }) => (parameters['enable'] === false ? 'detection is switched off' : undefined),
  },
  {
    rule: 'leaves the organisation',
    on: 'organizations:LeaveOrganization',
    strength: 'strong',
    attack: ['T1562', 'T1666'],
    asks: () => "the account leaves its organisation's rules behind",
  },
  {
    rule: 'region switched on',
    on: 'account:EnableRegion',
    strength: 'weak',
    attack: ['T1535'],
    asks: ({ parameters }) => `${short(text(parameters['RegionName']) ?? 'a region')} switched on`,
  },
  {
    rule: 'encryption off by default',
    on: 'ec2:DisableEbsEncryptionByDefault',
    strength: 'medium',
    attack: ['T1600'],
    asks: () => 'new disks are no longer encrypted',
  },
  {
    rule: 'public access no longer blocked',
    decides: true,
    on: 's3:DeletePublicAccessBlock s3:DeleteAccountPublicAccessBlock s3:DeleteBucketPublicAccessBlock ec2:DisableSnapshotBlockPublicAccess ec2:DisableImageBlockPublicAccess',
    strength: 'medium',
    attack: ['T1562'],
    asks: () => 'what keeps data from being made public is removed',
  },
  {
    rule: 'public access no longer blocked',
    decides: true,
    on: 's3:PutPublicAccessBlock s3:PutBucketPublicAccessBlock s3:PutAccountPublicAccessBlock',
    strength: 'medium',
    attack: ['T1562'],
    asks: ({ parameters }) => {
      const block = JSON.stringify(parameters['PublicAccessBlockConfiguration'] ?? '')
      return /"(?:Block|Ignore|Restrict)Public\w+":"?false/.test(block)
        ? 'what keeps data from being made public is switched off'
        : undefined
    },
  },
  {
    rule: 'logs deleted by age',
    decides: true,
    on: 's3:PutBucketLifecycle s3:PutBucketLifecycleConfiguration',
    strength: 'strong',
    attack: ['T1562.008', 'T1485.001'],
    asks: ({ parameters }) => {
      const configuration = parameters['LifecycleConfiguration']
      const days = each(at(configuration, 'Rule')).map(rule => Number(at(rule, 'Expiration', 'Days') ?? Number.NaN))
      const soonest = Math.min(...days.filter(Number.isFinite))
      return soonest <= 7 ? `everything older than ${soonest} ${soonest === 1 ? 'day' : 'days'} is deleted` : undefined
    },
  },
  {
    rule: 'versions off',
    decides: true,
    on: 's3:PutBucketVersioning',
    strength: 'medium',
    attack: ['T1490'],
    asks: ({ parameters }) =>
      at(parameters, 'VersioningConfiguration', 'Status') === 'Suspended'
        ? 'old versions are no longer kept'
        : undefined,
  },
  {
    rule: 'keys destroyed',
    on: 'kms:ScheduleKeyDeletion kms:DisableKey',
    strength: 'medium',
    attack: ['T1485', 'T1486'],
    asks: () => 'what the key encrypted can no longer be read',
  },
  {
    rule: 'ransom note',
    on: 's3:PutObject',
    strength: 'strong',
    attack: ['T1486'],
    asks: ({ event, parameters }) => {
      const key = text(parameters['key']) ?? event.resource?.replace(/^.*\//, '') ?? ''
      return /(?:how[_ -]?to[_ -]?(?:decrypt|recover|restore)|(?:decrypt|recover|restore)[_ -]?(?:your[_ -]?)?(?:files|data)|ransom|readme[_ -]?(?:to|for)[_ -]?(?:decrypt|restore)|your[_ -]?files[_ -]?(?:are|have)|files[_ -](?:are[_ -])?(?:deleted|encrypted|locked|stolen))/i.test(
        key,
      )
        ? `writes ${short(key)}, as extortionists do`
        : undefined
    },
  },
  {
    rule: 'encrypted with a stranger key',
    on: 's3:PutObject s3:CopyObject',
    strength: 'medium',
    attack: ['T1486'],
    asks: ({ parameters }) =>
      parameters['x-amz-server-side-encryption-customer-algorithm'] === undefined
        ? undefined
        : 'encrypted with a key that only the caller has',
  },
]

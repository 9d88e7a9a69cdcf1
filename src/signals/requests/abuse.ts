import { at, each, type RequestRule, short, text } from './rule.ts'

/** Instance types that are rented to compute for somebody: https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html */
const forSale =
  /^(?:p\d|g\d|gr\d|dl\d|trn\d|inf\d|vt\d|f\d|hpc\d|u-|u7|x\d)|\.(?:metal|(?:16|18|24|32|48|56|96|112)xlarge)/

/** Requests that spend the owner's money at AWS, or look for what others left open. */
export const abuseRules: readonly RequestRule[] = [
  {
    rule: 'machines for sale',
    on: 'ec2:RunInstances ec2:RequestSpotInstances ec2:CreateFleet',
    strength: 'strong',
    attack: ['T1496.001', 'T1578.002'],
    asks: ({ parameters }) => {
      const type =
        text(parameters['instanceType']) ??
        text(at(parameters, 'instanceType', 'value')) ??
        text(at(parameters, 'launchSpecification', 'instanceType')) ??
        ''
      return forSale.test(type) ? `${type}, a kind that is rented for computing` : undefined
    },
  },
  {
    rule: 'many machines',
    on: 'ec2:RunInstances ec2:RequestSpotInstances',
    strength: 'medium',
    attack: ['T1496.001', 'T1578.002'],
    asks: ({ parameters }) => {
      const counts = each(at(parameters, 'instancesSet', 'items')).map(item => Number(at(item, 'maxCount') ?? 0))
      const most = Math.max(0, ...counts, Number(parameters['instanceCount'] ?? 0))
      return most >= 10 ? `${most} machines at once` : undefined
    },
  },
  {
    rule: 'more machines than allowed',
    on: 'servicequotas:RequestServiceQuotaIncrease support:CreateCase',
    strength: 'weak',
    attack: ['T1496.001'],
    asks: ({ event, parameters }) =>
      event.action === 'RequestServiceQuotaIncrease'
        ? `more of ${short(text(parameters['quotaCode']) ?? 'a quota')}`
        : undefined,
  },
  {
    rule: 'language models switched on',
    on: 'bedrock:PutUseCaseForModelAccess bedrock:CreateFoundationModelAgreement bedrock:PutFoundationModelEntitlement',
    strength: 'strong',
    attack: ['T1496.004'],
    asks: () => 'access to models that cost by use',
  },
  {
    // https://www.sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/
    rule: 'model tried with a request that cannot work',
    on: 'bedrock:InvokeModel bedrock:InvokeModelWithResponseStream bedrock:Converse bedrock:ConverseStream',
    strength: 'medium',
    attack: ['T1496.004', 'T1526'],
    asks: ({ event }) =>
      event.error === 'ValidationException'
        ? 'a wrong request shows, at no cost, whether a model may be used'
        : undefined,
  },
  {
    rule: 'mail abuse',
    on: 'ses:UpdateAccountSendingEnabled ses:PutAccountDetails ses:VerifyEmailIdentity ses:VerifyDomainIdentity ses:CreateEmailIdentity ses:PutAccountSendingAttributes',
    strength: 'medium',
    attack: ['T1496.004', 'T1566'],
    asks: () => 'prepares to send mail',
  },
  {
    rule: 'text message abuse',
    on: 'sns:CreateSMSSandboxPhoneNumber sns:SetSMSAttributes sms-voice:SetAccountDefaultProtectConfiguration sms-voice:RequestPhoneNumber',
    strength: 'medium',
    attack: ['T1496.003'],
    asks: () => 'prepares to send text messages',
  },
  {
    rule: "others' snapshots",
    on: 'rds:DescribeDBSnapshots rds:DescribeDBClusterSnapshots',
    strength: 'weak',
    attack: ['T1580'],
    asks: ({ parameters }) =>
      parameters['includePublic'] === true || parameters['includeShared'] === true
        ? 'looks for snapshots that others made public or shared'
        : undefined,
  },
  {
    rule: 'machine exported',
    on: 'ec2:CreateInstanceExportTask ec2:CreateStoreImageTask ec2:ExportImage',
    strength: 'medium',
    attack: ['T1537'],
    asks: () => 'a whole machine is copied out',
  },
]

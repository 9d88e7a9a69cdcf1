import { letIn } from './policy-document.ts'
import { at, each, ownAccounts, type Request, type RequestRule, short, text } from './rule.ts'

const policyFields = [
  'bucketPolicy',
  'policy',
  'policyText',
  'resourcePolicy',
  'accessPolicies',
  'policyDocument',
  'assumeRolePolicyDocument',
  'accessPolicy',
] as const

/** Requests that open something of AWS to everybody or to strangers. */
export const openingRules: readonly RequestRule[] = [
  {
    rule: 'shared',
    decides: true,
    on: 'ec2:ModifySnapshotAttribute ec2:ModifyImageAttribute ec2:ModifyFpgaImageAttribute',
    strength: 'strong',
    attack: ['T1537'],
    asks: request => {
      const { parameters } = request
      const added = ['createVolumePermission', 'launchPermission', 'loadPermission'].flatMap(name =>
        each(at(parameters, name, 'add', 'items')),
      )
      return sharing(
        request,
        added.flatMap(item => [at(item, 'group'), at(item, 'userId'), at(item, 'organizationArn')]),
        text(parameters['snapshotId']) ?? text(parameters['imageId']) ?? 'an image',
      )
    },
  },
  {
    rule: 'shared',
    decides: true,
    on: 'rds:ModifyDBSnapshotAttribute rds:ModifyDBClusterSnapshotAttribute ssm:ModifyDocumentPermission',
    strength: 'strong',
    attack: ['T1537'],
    asks: request =>
      sharing(
        request,
        [...each(request.parameters['valuesToAdd']), ...each(request.parameters['accountIdsToAdd'])],
        text(request.parameters['dBSnapshotIdentifier']) ?? text(request.parameters['name']) ?? 'a snapshot',
      ),
  },
  {
    rule: 'opened by policy',
    decides: true,
    on: 's3:PutBucketPolicy s3:PutAccessPointPolicy ecr:SetRepositoryPolicy es:CreateElasticsearchDomain es:UpdateElasticsearchDomainConfig kms:PutKeyPolicy sqs:SetQueueAttributes sqs:CreateQueue sns:SetTopicAttributes sns:CreateTopic secretsmanager:PutResourcePolicy glacier:SetVaultAccessPolicy backup:PutBackupVaultAccessPolicy elasticfilesystem:PutFileSystemPolicy lambda:PutResourcePolicy logs:PutResourcePolicy',
    strength: 'strong',
    attack: ['T1537', 'T1098'],
    asks: request => opened(request),
  },
  {
    // Making a key is telling by itself: extortion begins so.
    rule: 'opened by policy',
    on: 'kms:CreateKey',
    strength: 'strong',
    attack: ['T1537', 'T1098'],
    asks: request => opened(request),
  },
  {
    rule: 'role trusts strangers',
    decides: true,
    on: 'iam:UpdateAssumeRolePolicy iam:CreateRole',
    strength: 'strong',
    attack: ['T1098.003', 'T1078.004'],
    asks: request => opened(request),
  },
  {
    rule: 'function callable by strangers',
    decides: true,
    on: 'lambda:AddPermission lambda:AddLayerVersionPermission',
    strength: 'strong',
    attack: ['T1098'],
    asks: request => {
      const principal = text(request.parameters['principal']) ?? ''
      if (at(request.parameters, 'sourceAccount') !== undefined || at(request.parameters, 'sourceArn') !== undefined)
        return undefined
      if (principal === '*') return 'anyone may call it'
      const stranger = strangers(
        request,
        letIn({ Statement: { Effect: 'Allow', Principal: { AWS: principal } } }).accounts,
      )
      return stranger && `account ${stranger} may call it`
    },
  },
  {
    rule: 'public by access list',
    decides: true,
    on: 's3:PutBucketAcl s3:PutObjectAcl s3:CreateBucket',
    strength: 'strong',
    attack: ['T1537'],
    asks: ({ parameters }) => {
      const canned = each(parameters['x-amz-acl']).map(text)
      const all = JSON.stringify(at(parameters, 'AccessControlPolicy') ?? '')
      return canned.some(one => one?.startsWith('public-')) ||
        /groups\/global\/(?:AllUsers|AuthenticatedUsers)/.test(all)
        ? 'made public by its access list'
        : undefined
    },
  },
  {
    rule: 'build made public',
    decides: true,
    on: 'codebuild:UpdateProjectVisibility',
    strength: 'strong',
    attack: ['T1537'],
    asks: ({ parameters }) => (parameters['projectVisibility'] === 'PUBLIC_READ' ? 'made public' : undefined),
  },
  {
    rule: 'port opened to the internet',
    decides: true,
    on: 'ec2:AuthorizeSecurityGroupIngress',
    strength: 'strong',
    attack: ['T1562.007', 'T1133'],
    asks: ({ parameters }) => {
      const items = [parameters, ...each(at(parameters, 'ipPermissions', 'items'))]
      // EC2 takes an address with /0 for the whole internet, whatever the address, and /1 is half of it:
      // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
      const open = items.find(item => /[\d.:]\/[01]"/.test(JSON.stringify(item)) && admits(item))
      return open === undefined ? undefined : `${ports(open)} opened to the whole internet`
    },
  },
]

/** Ports by which machines and databases are taken over: a web server's own are not among them. */
const doors = [22, 23, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5900, 5985, 6379, 9200, 27017]

function admits(item: unknown): boolean {
  const from = Number(at(item, 'fromPort') ?? -1)
  const to = Number(at(item, 'toPort') ?? from)
  if (at(item, 'ipProtocol') === undefined && at(item, 'fromPort') === undefined) return false
  return from < 0 || doors.some(port => from <= port && port <= to)
}

function ports(item: unknown): string {
  const from = Number(at(item, 'fromPort') ?? -1)
  const to = Number(at(item, 'toPort') ?? from)
  if (from < 0) return 'every port'
  return from === to ? `port ${from}` : `ports ${from} to ${to}`
}

function opened(request: Request): string | undefined {
  const { parameters } = request
  const policies = [
    ...policyFields.map(name => at(parameters[name], name) ?? parameters[name]),
    at(parameters, 'attributes', 'Policy'),
    parameters['attributeName'] === 'Policy' ? parameters['attributeValue'] : undefined,
  ]
  const ins = policies.map(letIn)
  if (ins.some(({ anyone }) => anyone)) return 'open to anyone'
  const stranger = strangers(
    request,
    ins.flatMap(({ accounts }) => accounts),
  )
  return stranger && `open to account ${stranger}, which is not yours`
}

function sharing(request: Request, withWhom: readonly unknown[], what: string): string | undefined {
  const names = withWhom.map(text).filter(name => name !== undefined)
  if (names.includes('all')) return `${short(what)} shared with everyone`
  const stranger = strangers(
    request,
    names.filter(name => /^\d{12}$/.test(name)),
  )
  return stranger && `${short(what)} shared with account ${stranger}`
}

/** The first account that is none of the owner's; undefined also where the owner's is not known and none is named. */
function strangers(request: Request, accounts: readonly string[]): string | undefined {
  const own = ownAccounts(request)
  return accounts.find(account => !own.has(account))
}

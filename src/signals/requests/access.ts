import { letIn } from './policy-document.ts'
import { at, each, type Request, type RequestRule, short, text } from './rule.ts'

const admin = /:policy\/(?:AdministratorAccess|IAMFullAccess|PowerUserAccess|job-function\/SystemAdministrator)$/

/** Requests that make or widen access to AWS. */
export const accessRules: readonly RequestRule[] = [
  {
    rule: 'administrator rights',
    decides: true,
    on: 'iam:AttachUserPolicy iam:AttachRolePolicy iam:AttachGroupPolicy',
    strength: 'strong',
    attack: ['T1098.003'],
    asks: ({ parameters }) => {
      const policy = text(parameters['policyArn']) ?? ''
      return admin.test(policy)
        ? `gives ${short(whom(parameters))} ${policy.slice(policy.lastIndexOf('/') + 1)}`
        : undefined
    },
  },
  {
    rule: 'every right by policy',
    decides: true,
    on: 'iam:PutUserPolicy iam:PutRolePolicy iam:PutGroupPolicy iam:CreatePolicy iam:CreatePolicyVersion sts:GetFederationToken',
    strength: 'strong',
    attack: ['T1098.003'],
    asks: ({ parameters }) =>
      letIn(parameters['policyDocument'] ?? parameters['policy']).everything
        ? `allows every action on everything to ${short(whom(parameters))}`
        : undefined,
  },
  {
    rule: 'temporary user',
    on: 'sts:GetFederationToken',
    strength: 'medium',
    attack: ['T1550.001'],
    asks: () => 'a session that outlives the key that made it',
  },
  {
    rule: 'access key for another user',
    decides: true,
    on: 'iam:CreateAccessKey',
    strength: 'medium',
    attack: ['T1098.001'],
    asks: request => forAnother(request, 'a key'),
  },
  {
    rule: 'password for another user',
    decides: true,
    on: 'iam:CreateLoginProfile iam:UpdateLoginProfile',
    strength: 'strong',
    attack: ['T1098.001', 'T1078.004'],
    asks: request => forAnother(request, 'a console password'),
  },
  {
    rule: 'new user',
    on: 'iam:CreateUser',
    strength: 'weak',
    attack: ['T1136.003'],
    asks: ({ parameters }) => `a new user, ${short(whom(parameters))}`,
  },
  {
    rule: 'password of a database',
    on: 'rds:ModifyDBInstance rds:ModifyDBCluster',
    strength: 'medium',
    attack: ['T1098', 'T1531'],
    asks: ({ parameters }) =>
      parameters['masterUserPassword'] === undefined ? undefined : 'a new password for its owner',
  },
  {
    rule: 'outside certificate authority',
    on: 'rolesanywhere:CreateTrustAnchor',
    strength: 'medium',
    attack: ['T1098.001'],
    asks: () => 'certificates of another authority give access from now on',
  },
  {
    rule: 'console by key',
    on: 'signin:GetSigninToken',
    strength: 'medium',
    attack: ['T1550.001'],
    asks: () => 'a session of the web console made from a key',
  },
  {
    rule: 'sign-in without second factor',
    on: 'signin:ConsoleLogin',
    strength: 'medium',
    attack: ['T1078.004'],
    asks: ({ event }) =>
      event.mfa === false && event.outcome === 'success' ? 'signed in without a second factor' : undefined,
  },
  {
    rule: 'sign-in as root',
    on: 'signin:ConsoleLogin',
    strength: 'medium',
    attack: ['T1078.004'],
    asks: ({ event }) => (event.outcome === 'success' && isRoot(event.actor) ? 'the root user signed in' : undefined),
  },
  {
    rule: 'way into a machine',
    on: 'ec2-instance-connect:SendSSHPublicKey ec2-instance-connect:SendSerialConsoleSSHPublicKey ec2:EnableSerialConsoleAccess ssm-guiconnect:StartConnection',
    strength: 'medium',
    attack: ['T1021.004', 'T1098.004'],
    asks: ({ parameters }) => `a way into ${short(text(parameters['instanceId']) ?? 'machines of this account')}`,
  },
  {
    rule: 'password of a machine',
    on: 'ec2:GetPasswordData',
    strength: 'medium',
    attack: ['T1555'],
    asks: ({ parameters }) => `the administrator password of ${short(text(parameters['instanceId']) ?? 'a machine')}`,
  },
  {
    rule: 'commands on machines',
    on: 'ssm:SendCommand ecs:ExecuteCommand',
    strength: 'medium',
    attack: ['T1651'],
    asks: ({ parameters }) => {
      const machines = each(parameters['instanceIds']).length + each(parameters['targets']).length
      const document = text(parameters['documentName']) ?? 'a command'
      return /Run(?:Shell|PowerShell)|^a command$|Remote/.test(document)
        ? `${short(document)} on ${machines === 1 ? 'one machine' : `${machines} machines`}`
        : undefined
    },
  },
  {
    rule: 'shell on a machine',
    on: 'ssm:StartSession',
    strength: 'weak',
    attack: ['T1021.007', 'T1651'],
    asks: ({ parameters }) => `a shell on ${short(text(parameters['target']) ?? 'a machine')}`,
  },
  {
    rule: 'start script of a machine',
    on: 'ec2:ModifyInstanceAttribute',
    strength: 'strong',
    attack: ['T1059'],
    asks: ({ parameters }) =>
      parameters['userData'] !== undefined || parameters['attribute'] === 'userData'
        ? 'changes the script that a machine starts with'
        : undefined,
  },
  {
    rule: 'reads start scripts',
    on: 'ec2:DescribeInstanceAttribute',
    strength: 'medium',
    attack: ['T1552.005'],
    asks: ({ parameters }) =>
      parameters['attribute'] === 'userData'
        ? 'the script that a machine starts with, where secrets often are'
        : undefined,
  },
  {
    rule: 'secrets in one sweep',
    on: 'secretsmanager:BatchGetSecretValue',
    strength: 'medium',
    attack: ['T1555.006'],
    asks: ({ parameters }) =>
      each(parameters['secretIdList']).length === 0 ? 'every secret that a filter finds' : undefined,
  },
  {
    rule: 'code of a function',
    on: 'lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration',
    strength: 'weak',
    attack: ['T1546', 'T1648'],
    asks: ({ event, parameters }) =>
      event.action.startsWith('UpdateFunctionCode') || at(parameters, 'layers') !== undefined
        ? `what ${short(text(parameters['functionName']) ?? 'a function')} runs is replaced`
        : undefined,
  },
]

function whom(parameters: unknown): string {
  const names = ['userName', 'roleName', 'groupName', 'policyName', 'name']
  return names.map(name => text(at(parameters, name))).find(name => name !== undefined) ?? 'somebody'
}

function forAnother({ event, parameters }: Request, what: string): string | undefined {
  const user = text(parameters['userName'])
  const own = /:user\/(?:.*\/)?([^/]+)$/.exec(event.actor ?? '')?.[1]
  return user === undefined || user === own ? undefined : `${what} for ${short(user)}, another user`
}

/** The account's root user, by its ARN. */
export function isRoot(actor: string | undefined): boolean {
  return actor?.endsWith(':root') === true && /^arn:aws[\w-]*:iam::\d{12}:root$/.test(actor)
}

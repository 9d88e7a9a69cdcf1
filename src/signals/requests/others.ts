import { isRoot } from './access.ts'
import { at, domainOf, each, type RequestRule, short, text } from './rule.ts'

/** Requests to other providers, by what their logs keep of them. */
export const otherRules: readonly RequestRule[] = [
  {
    // Where no rule for the operation itself fits: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
    // It says who, not what for: owners of small accounts work so.
    rule: 'root user acts',
    on: '*',
    strength: 'weak',
    attack: ['T1078.004'],
    asks: ({ event }) =>
      isRoot(event.actor) &&
      event.verb !== 'read' &&
      event.outcome === 'success' &&
      !event.action.includes('ServiceLinked')
        ? 'done by the root user of the account'
        : undefined,
  },
  {
    rule: 'repository made public',
    on: [
      'repo.access',
      'repo.change_visibility',
      'repo.visibility_change',
      'change visibility',
      'project_visibility_level_updated',
      'group_visibility_level_updated',
    ],
    strength: 'strong',
    attack: ['T1213.003', 'T1537'],
    asks: ({ event, parameters }) =>
      parameters['visibility'] === 'public' ? `${short(event.resource ?? 'a repository')} made public` : undefined,
  },
  {
    rule: 'key that can write',
    on: 'public_key.create deploy_key.create',
    strength: 'weak',
    attack: ['T1098.001'],
    asks: ({ parameters }) => (String(parameters['read_only']) === 'false' ? 'a deploy key that may write' : undefined),
  },
  {
    rule: 'made an owner',
    on: 'org.add_member org.update_member org.invite_member repo.add_member repo.update_member team.add_member role_change_to_owner owner_transferred',
    strength: 'medium',
    attack: ['T1098.003'],
    asks: ({ event, parameters }) => {
      const role = text(parameters['permission']) ?? text(parameters['role']) ?? ''
      return /^(?:admin|owner)$/i.test(role) || event.action.includes('owner') ? 'somebody is made an owner' : undefined
    },
  },
  {
    rule: 'open to everybody',
    decides: true,
    on: 'setiampolicy google.iam.admin.v1.setiampolicy storage.setiampermissions storage.buckets.setiampermissions',
    strength: 'strong',
    attack: ['T1537'],
    asks: ({ parameters }) =>
      bindings(parameters).some(({ members }) => members.some(one => /^all(?:Users|AuthenticatedUsers)$/.test(one)))
        ? 'open to everybody'
        : undefined,
  },
  {
    // https://docs.cloud.google.com/dotnet/docs/reference/Google.Cloud.Iam.V1/latest/Google.Cloud.Iam.V1 (AuditConfigDelta)
    rule: 'logging stopped',
    on: 'setiampolicy',
    strength: 'strong',
    attack: ['T1562.008'],
    asks: ({ parameters }) =>
      each(at(parameters, 'policyDelta', 'auditConfigDeltas')).some(one => at(one, 'action') === 'REMOVE')
        ? 'access to data is logged no more'
        : undefined,
  },
  {
    rule: 'made an owner',
    on: 'setiampolicy google.iam.admin.v1.setiampolicy',
    strength: 'medium',
    attack: ['T1098.003'],
    asks: ({ parameters }) =>
      bindings(parameters).some(
        ({ role, members }) =>
          /^roles\/(?:owner|editor|resourcemanager\.\w*Admin|iam\.(?:\w*Admin|serviceAccount(?:TokenCreator|User|KeyAdmin)|workloadIdentityUser))$/.test(
            role,
          ) && members.length > 0,
      ) || text(parameters['member']) !== undefined
        ? 'somebody is made an owner or administrator, or may act as a service account'
        : undefined,
  },
  {
    rule: 'outsider let in',
    on: 'insertprojectownershipinvite invited_to_org invited_to_team change_user_access change_acl_editors org.invite_member',
    decides: true,
    strength: 'medium',
    attack: ['T1098', 'T1136.003'],
    asks: ({ event, parameters }) => {
      const names = ['member', 'targetUsername', 'target_user', 'target_domain', 'email']
      const whom = names
        .map(name => text(at(parameters, name) ?? at(parameters, 'parameters', name)))
        .find(name => name !== undefined)
      if (whom === undefined) return 'somebody who is not named'
      const change = text(parameters['visibility_change']) ?? text(at(parameters, 'parameters', 'visibility_change'))
      if (change === 'external' || change === 'public_on_the_web') return `${short(whom)}, outside the organisation`
      const own = domainOf(event.actor ?? text(parameters['username']) ?? '')
      return own !== undefined && domainOf(whom) === own
        ? undefined
        : `${short(whom)}, who is not of ${own ?? 'the organisation'}`
    },
  },
  {
    rule: 'administrator rights',
    on: ['grant', 'grant_role', 'grant role'],
    strength: 'medium',
    attack: ['T1098.003'],
    asks: ({ parameters }) =>
      // https://docs.snowflake.com/en/user-guide/security-access-control-overview#system-defined-roles
      /\b(?:ACCOUNT|SECURITY|ORG|USER|SYS)ADMIN\b|_ADMIN\b/i.test(JSON.stringify(parameters))
        ? "an administrator's role is given"
        : undefined,
  },
  {
    rule: 'sign-in as root',
    on: 'login session.start',
    strength: 'medium',
    attack: ['T1078'],
    asks: ({ event, parameters }) =>
      event.outcome === 'success' && (event.actor === 'root' || parameters['login'] === 'root')
        ? 'signed in as root'
        : undefined,
  },
  {
    rule: 'key of the whole service',
    on: 'integration_create',
    decides: true,
    strength: 'medium',
    attack: ['T1098.001'],
    asks: ({ parameters }) =>
      // Duo's Admin API can do what its administrators can: https://duo.com/docs/adminapi
      /adminapi/i.test(JSON.stringify(parameters)) ? 'an integration that may administer everything' : undefined,
  },
  {
    rule: 'logging stopped',
    on: 'v1.compute.subnetworks.patch compute.subnetworks.patch v1.compute.subnetworks.update',
    strength: 'strong',
    attack: ['T1562.008'],
    asks: ({ parameters }) =>
      parameters['enableFlowLogs'] === false || at(parameters, 'logConfig', 'enable') === false
        ? 'flow logs are switched off'
        : undefined,
  },
  {
    rule: 'administrator rights',
    on: 'microsoft.authorization/roleassignments/write',
    strength: 'medium',
    attack: ['T1098.003'],
    asks: ({ parameters }) =>
      // Owner and User Access Administrator: https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles
      /8e3af657-a8ff-443c-a75c-2fe8c4bcb635|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9/i.test(JSON.stringify(parameters))
        ? 'somebody is made an owner of a subscription'
        : undefined,
  },
]

function bindings(parameters: unknown): readonly { readonly role: string; readonly members: readonly string[] }[] {
  const listed = [...each(at(parameters, 'policy', 'bindings')), ...each(at(parameters, 'bindings'))]
  const deltas = each(at(parameters, 'policyDelta', 'bindingDeltas')).filter(one => at(one, 'action') === 'ADD')
  return [...listed, ...deltas].map(one => ({
    role: text(at(one, 'role')) ?? '',
    members: [...each(at(one, 'members')), ...each(at(one, 'member'))].map(text).filter(name => name !== undefined),
  }))
}

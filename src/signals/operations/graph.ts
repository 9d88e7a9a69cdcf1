import { type OperationFact, readGroup } from './fact.ts'

/**
 * Calls of Microsoft Graph, as its activity log and its sign-ins have them: `*` is one id, `**` the rest of a path, and what
 * stands first wins. Paths from https://learn.microsoft.com/en-us/graph/api/overview; what changes credentials and rights:
 * https://learn.microsoft.com/en-us/graph/api/serviceprincipal-addpassword,
 * https://learn.microsoft.com/en-us/graph/api/application-post-owners,
 * https://learn.microsoft.com/en-us/graph/api/rbacapplication-post-roleassignments,
 * https://learn.microsoft.com/en-us/graph/api/serviceprincipal-post-approleassignedto,
 * https://learn.microsoft.com/en-us/graph/api/oauth2permissiongrant-post. Form of a line: see fact.ts.
 */
const graphOperations = `
i/7/T1087.004/0:get me
s/3/T1098.001/0:post applications,post applications/*/addpassword,post applications/*/addkey,post applications/*/owners/$ref,post applications/*/federatedidentitycredentials,post serviceprincipals/*/addpassword,post serviceprincipals/*/addkey,post serviceprincipals/*/addtokensigningcertificate,post serviceprincipals/*/owners/$ref
s/4/T1098.003/0:post directoryroles/*/members/$ref,post rolemanagement/directory/**,patch rolemanagement/directory/**,post serviceprincipals/*/approleassignments,post serviceprincipals/*/approleassignedto,post users/*/approleassignments,post groups/*/approleassignments,post oauth2permissiongrants,patch oauth2permissiongrants/*,post identitygovernance/privilegedaccess/**,post policies/permissiongrantpolicies/**
s/3/T1136.003/0:post users,post invitations
s/3/T1556.006/0:post users/*/authentication/methods/*/resetpassword,post users/*/authentication/**
s/5/T1556.006/0:delete users/*/authentication/**
s/5/T1556.009/0:post identity/conditionalaccess/**,patch identity/conditionalaccess/**,put identity/conditionalaccess/**,delete identity/conditionalaccess/**,patch policies/identitysecuritydefaultsenforcementpolicy
s/4/T1484.002/0:post domains,post domains/*/verify,patch domains/*,post domains/*/federationconfiguration,patch domains/*/federationconfiguration/*,post identity/identityproviders,post policies/crosstenantaccesspolicy/**,patch policies/crosstenantaccesspolicy/**,put policies/crosstenantaccesspolicy/**
s/5/T1562.001/0:patch policies/**,delete policies/**,post identityprotection/riskyusers/dismiss,post identityprotection/riskyserviceprincipals/dismiss,delete security/**,patch security/**
s/9/T1114.003/0:post users/*/mailfolders/*/messagerules,patch users/*/mailfolders/*/messagerules/*
s/10/T1020/0:post subscriptions
s/10/T1567/0:post drives/*/items/*/createlink,post drives/*/items/*/invite,post users/*/drive/items/*/createlink,post users/*/drive/items/*/invite,post sites/*/drive/items/*/createlink,post sites/*/drive/items/*/invite,post sites/*/permissions
s/2/T1072/0:post devicemanagement/devicemanagementscripts,post devicemanagement/devicehealthscripts,post devicemanagement/devicemanagementscripts/*/assign,post devicemanagement/manageddevices/*/wipe,post devicemanagement/manageddevices/*/retire
s/6/T1555/0:get directory/devicelocalcredentials/*,get informationprotection/bitlocker/recoverykeys/*,post applications/*/synchronization/acquireaccesstoken
w/8/T1534/0:post users/*/sendmail,post users/*/messages/*/send,post users/*/messages/*/reply,post users/*/messages/*/forward,post chats/*/messages,post teams/*/channels/*/messages
w/4/T1098.007/0:post groups/*/members/$ref,post groups/*/owners/$ref
w/40/T1531/0:delete users/*,delete groups/*,delete applications/*,delete serviceprincipals/*,post users/*/revokesigninsessions
w/3/T1098/0:patch users/*,patch applications/*,patch serviceprincipals/*,post serviceprincipals,post groups,patch groups/*
o/9/T1114.002/0:get users/*/messages/**,get users/*/messages,get users/*/mailfolders/**,get users/*/events,get users/*/calendarview,get users/*/onenote/**
o/9/T1213.002/0:get drives/**,get users/*/drive/**,get users/*/drives/**,get groups/*/drive/**,get sites/*/**,post search/query,get shares/**
o/9/T1213.005/0:get chats/**,get users/*/chats/**,get teams/*/channels/**,get communications/callrecords/**
d/7/T1654/0:get auditlogs/**,get security/**,get identityprotection/**,get reports/**
d/7/T1087.004/0:get users/**,get users,get groups/**,get groups,get directoryroles/**,get directoryroles,get rolemanagement/**,get contacts,get directoryobjects/**,post directoryobjects/getbyids,post users/*/getmembergroups,post users/*/checkmembergroups
d/7/T1526/0:get **
`

interface Call {
  readonly method: string
  readonly path: readonly string[]
  readonly fact: OperationFact
}

let known: readonly Call[] | undefined

/** What a call of Graph is good for: `GET /v1.0/users/{id}/messages`. Undefined for what is none. */
export function graphFact(action: string): OperationFact | undefined {
  const [method = '', target = ''] = action.toLowerCase().split(' ', 2)
  const path = segmentsOf(target)
  if (path.length === 0) return undefined
  known ??= calls()
  return known.find(call => call.method === method && isLike(path, call.path))?.fact
}

/** Without the version; `applications(appid='…')` is `applications/{id}`, `me/messages` that of a user. */
function segmentsOf(target: string): readonly string[] {
  const parts = target
    .replace(/^\/+(?:v\d+(?:\.\d+)?|beta)(?=\/)/, '')
    .split('/')
    .filter(part => part !== '')
    .flatMap(part => {
      const [name = '', id] = part.split('(', 2)
      return id === undefined || id === ')' ? [name.replace(/^microsoft\.graph\./, '')] : [name, '{id}']
    })
  return parts[0] === 'me' && parts.length > 1 ? ['users', '{id}', ...parts.slice(1)] : parts
}

function isLike(path: readonly string[], pattern: readonly string[]): boolean {
  const open = pattern.at(-1) === '**'
  const fixed = open ? pattern.slice(0, -1) : pattern
  if (open ? path.length <= fixed.length && fixed.length > 0 : path.length !== fixed.length) return false
  return fixed.every((part, index) => part === '*' || part === path[index])
}

function calls(): readonly Call[] {
  return graphOperations.split('\n').flatMap(line => {
    if (line === '') return []
    const { fact, operations } = readGroup(line)
    return operations.map(operation => {
      const [method = '', path = ''] = operation.split(' ', 2)
      return { method, path: path.split('/'), fact }
    })
  })
}

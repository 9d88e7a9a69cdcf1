import { at, domainOf, each, type RequestRule, short, text } from './rule.ts'

/**
 * Roles that Microsoft calls privileged for what they can give to themselves or others:
 * https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/privileged-roles-permissions
 */
const privilegedRole =
  /\b(?:global|company|privileged role|privileged authentication|authentication|application|cloud application|hybrid identity|conditional access|security|exchange|sharepoint|intune|user|helpdesk|password|partner tier\d support|external identity provider|domain name) administrator\b|directory synchronization accounts|partner tier\d support/i

/**
 * Permissions of Graph and Exchange that read everybody's data or give further rights:
 * https://learn.microsoft.com/en-us/graph/permissions-reference
 */
const broadPermission =
  /\b(?:RoleManagement\.ReadWrite\.\w+|AppRoleAssignment\.ReadWrite\.All|Application\.ReadWrite\.\w+|Directory\.ReadWrite\.All|User\.ReadWrite\.All|Group\.ReadWrite\.All|GroupMember\.ReadWrite\.All|UserAuthenticationMethod\.ReadWrite\.All|Policy\.ReadWrite\.\w+|Domain\.ReadWrite\.All|Mail\.(?:Read|ReadWrite|Send|ReadBasic)(?:\.\w+)?|MailboxSettings\.ReadWrite|Files\.(?:Read|ReadWrite)\.All|Sites\.(?:Read|ReadWrite|FullControl)\.All|Chat\.Read(?:Write)?\.All|full_access_as_app|Exchange\.ManageAsApp|EWS\.AccessAsUser\.All)\b/

/** Changes of a directory that are told by whom or what they are about: https://learn.microsoft.com/en-us/graph/api/resources/directoryaudit */
export const directoryRules: readonly RequestRule[] = [
  {
    rule: 'administrator rights',
    on: [
      'add member to role',
      'add eligible member to role',
      'add scoped member to role',
      'add member to role outside of pim (permanent)',
      'add member to role in pim completed (permanent)',
      'add member to role in pim completed (timebound)',
      'add eligible member to role in pim completed (permanent)',
      'add eligible member to role in pim completed (timebound)',
      'add role assignment to role definition',
    ],
    strength: 'strong',
    attack: ['T1098.003'],
    asks: ({ parameters }) => {
      const role = changedIn(parameters).find(value => privilegedRole.test(value))
      return role && `gives ${short(bare(role))}`
    },
  },
  {
    rule: 'broad permission for an application',
    on: ['add app role assignment to service principal', 'add delegated permission grant', 'consent to application'],
    strength: 'strong',
    attack: ['T1098.003', 'T1528'],
    asks: ({ parameters }) => {
      const found = changedIn(parameters)
        .map(value => broadPermission.exec(value)?.[0])
        .find(name => name !== undefined)
      return found && `an application may use ${found} from now on`
    },
  },
  {
    rule: 'key for an application',
    on: ['add service principal credentials', 'update application - certificates and secrets management'],
    strength: 'medium',
    attack: ['T1098.001'],
    asks: ({ event }) => `a further secret or certificate for ${short(event.resource ?? 'an application')}`,
  },
  {
    rule: 'outsider let in',
    on: ['invite external user', 'invite external user with reset invitation status'],
    decides: true,
    strength: 'weak',
    attack: ['T1136.003'],
    asks: ({ event, parameters }) => {
      const whom = details(parameters).find(([name]) => /invitedUserEmail/i.test(name))?.[1]
      if (whom === undefined) return 'somebody who is not named'
      const own = domainOf(event.actor ?? text(at(parameters, 'initiatedBy', 'user', 'userPrincipalName')) ?? '')
      return own !== undefined && domainOf(whom) === own
        ? undefined
        : `${short(whom)}, outside ${own ?? 'the directory'}`
    },
  },
]

/** What its targets have now and did not have before. */
function changedIn(parameters: unknown): readonly string[] {
  return each(at(parameters, 'targetResources')).flatMap(target =>
    each(at(target, 'modifiedProperties')).flatMap(property => text(at(property, 'newValue')) ?? []),
  )
}

function details(parameters: unknown): readonly (readonly [name: string, value: string])[] {
  return each(at(parameters, 'additionalDetails')).flatMap(one => {
    const [name, value] = [text(at(one, 'key')), text(at(one, 'value'))]
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
}

/** `"Global Administrator"` as the log writes it, without its quotes. */
function bare(value: string): string {
  return value.replace(/^"|"$/g, '')
}

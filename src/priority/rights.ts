/** How much a right can do, from least to most. */
export type Reach = 'minor' | 'read' | 'write' | 'manage' | 'secrets' | 'deploy' | 'admin'

const reaches: readonly Reach[] = ['minor', 'read', 'write', 'manage', 'secrets', 'deploy', 'admin']

/** Scopes that change nothing that matters: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps */
const minor = ['gist', 'notifications', 'user:follow', 'user:email', 'openid', 'profile', 'email', 'offline_access']

const owning = ['admin', 'administrator', 'administration', 'owner', 'root', 'sudo', 'superuser', 'super']
const whole = ['org', 'organization', 'enterprise', 'users', 'conversations', 'teams', 'roles', 'mode', 'usergroups']
const reading = [
  'read',
  'list',
  'get',
  'view',
  'viewer',
  'search',
  'describe',
  'readonly',
  'browse',
  'history',
  'select',
  'batchget',
]
const writing = [
  'write',
  'create',
  'update',
  'delete',
  'edit',
  'manage',
  'send',
  'put',
  'post',
  'upload',
  'push',
  'add',
  'attach',
  'set',
  'remove',
  'run',
  'invoke',
  'start',
  'modify',
  'pass',
  'assume',
  'full',
  'all',
]

/** Words of a right, whatever joins them: `iam:PutUserPolicy` → iam put user policy. */
function wordsOf(grant: string): readonly string[] {
  return grant
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(word => word !== '')
}

/** What a right reaches, from the words that providers' rights are made of. A right that no word explains counts as writing. */
export function reachOf(grant: string): Reach {
  const lower = grant.trim().toLowerCase()
  if (minor.includes(lower)) return 'minor'
  if (/^\*(?::\*)?$|^iam:\*$|administratoraccess$|^all privileges on \*\.\*$|^all$|^full_access$/.test(lower))
    return 'admin'
  const words = wordsOf(grant)
  const has = (list: readonly string[]): boolean => words.some(word => list.includes(word))
  const changes = has(writing) || lower.includes('*')
  const reads = has(reading) && !changes
  if (has(['secret', 'secrets', 'secretsmanager', 'ssm', 'kms', 'vault', 'credentials'])) return 'secrets'
  if (has(owning)) return reads ? 'read' : words.length === 1 || has(whole) ? 'admin' : 'manage'
  if (has(['workflow', 'workflows', 'deploy', 'deployment', 'deployments']) && !reads) return 'deploy'
  if (has(['packages', 'package', 'registry']) && changes) return 'deploy'
  if (words[0] === 'iam') return reads ? 'read' : 'manage'
  return reads ? 'read' : 'write'
}

/** The rights that reach furthest, and how far. */
export function furthest(
  grants: readonly string[],
): { readonly reach: Reach; readonly of: readonly string[] } | undefined {
  if (grants.length === 0) return undefined
  const ranked = grants.map(grant => ({ grant, reach: reachOf(grant) }))
  const reach = reaches[Math.max(...ranked.map(each => reaches.indexOf(each.reach)))] ?? 'write'
  return { reach, of: ranked.filter(each => each.reach === reach).map(({ grant }) => grant) }
}

/** Whether the provider says that the key speaks for whoever owns or administers the whole account; the words for it. */
export function administers(identity: Readonly<Record<string, string>> = {}): string | undefined {
  for (const [field, value] of Object.entries(identity)) {
    if (/^arn:[^:]*:iam::\d+:root$/.test(value)) return 'the root of its account'
    if (/^(?:is_|site_)?(?:admin|owner|superuser)$/.test(field) && value === 'true')
      return field.includes('owner') ? 'an owner' : 'an administrator'
    if (
      /(?:^|_)(?:role|roles|level|permission)$/.test(field) &&
      /\b(?:admin(?:istrator)?|owner|root|super\w*)\b/i.test(value)
    )
      return `role ${value}`
  }
  return undefined
}

/** Whether the provider says that the key may only look. */
export function onlyReads(identity: Readonly<Record<string, string>> = {}): string | undefined {
  const role = Object.entries(identity).find(([field]) => /(?:^|_)(?:role|level|permission)$/.test(field))?.[1]
  return role !== undefined && /^(?:read|reader|viewer|view|read[-_ ]?only|guest|auditor)$/i.test(role)
    ? role
    : undefined
}

/** Whether the provider says that its owner signs in without a second factor. */
export function lacksSecondFactor(identity: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(identity).some(
    ([field, value]) => /(?:^|_)(?:mfa|two_factor|second_factor|tfa)$/.test(field) && value === 'false',
  )
}

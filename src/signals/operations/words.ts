import type { Verb } from '../../model/usage.ts'
import type { OperationClass, OperationFact } from './fact.ts'

/** A noun of access or defence; what changes it is sensitive. Tactic and technique are those of ATT&CK for its change. */
interface Noun {
  readonly words: ReadonlySet<string>
  readonly tactic: string
  readonly technique: string
}

const defences =
  'log logs logging trail audit sink detector alert alerts firewall security mfa factor saml sso idp protection allowlist whitelist network flow monitoring retention backup encryption versioning'
const rights =
  'role roles permission permissions privilege privileges admin admins administrator owner owners ownership policy policies grant grants entitlement superuser root sudo assignment'
const keys =
  'token tokens key keys apikey apikeys secret secrets credential credentials password passwords passwd certificate certificates jwt pat'
const nouns: readonly Noun[] = [
  noun('4', 'T1098.003', rights),
  noun('3', 'T1098.001', `${keys} oauth integration webhook webhooks hook hooks federation trust`),
  noun('5', 'T1562', defences),
  noun(
    '3',
    'T1136',
    'invite invited invitation invitations external guest collaborator collaborators serviceaccount agent',
  ),
  noun('10', 'T1537', 'public publicly share shared sharing visibility exported anonymous'),
]

const change = set(
  'create created creates add added adds insert put set update updated updates modify modified change changed changes attach attached associate enable enabled disable disabled delete deleted deletes remove removed destroy destroyed drop revoke revoked rotate rotated reset grant granted assign assigned register registered import start stop stopped deactivate deactivated activate activated approve approved transfer transferred convert converted elevate upload generate generated issue issued accept accepted publish make made send sent write patch post invite invited share shared detach undelete restore suspend suspended terminate reboot bypass bypassed overwrite replace regenerate provision edit edited rename renamed merge purge clear empty move moved install installed allow authorize sign',
)
const taking = set(
  'reveal revealed viewed view access accessed retrieve get fetch read decrypt show download downloaded copy',
)
const listing = set('list describe search show')
const ending = set(
  'delete deleted deletes remove removed destroy destroyed drop revoke revoked purge purged deactivate deactivated disable disabled suspend suspended',
)
const access = set(`${rights} ${keys}`)
const policies = set('policy policies')
/** Who ends a session, or what is his own, shuts nobody out. */
const ownEnd = /\b(?:sessions?|self|own|my|(?:log|sign) ?(?:out|off))\b/
const hidden = set('secret secrets password passwords credential credentials skey plaintext decrypted')
const reading = set(
  'get list describe read fetch search query lookup head scan count check view viewed show select find browse resolve batch download downloaded access accessed',
)
const leaving = set('export exported exports dump unload exfiltrate takeout bulkexport')
const alarms = set(
  'anomaly anomalous malicious suspicious threat compromised leaked canary honeytoken ransomware impossible breach attack unauthorized unauthorised unauth',
)
/**
 * A watch that is set up or switched on hides nothing; a list of what is let pass does. Other defences are ways in for
 * whoever adds one of his own: an identity provider, a factor, a network.
 */
const watches = set(
  'log logs logging trail audit detector alert alerts protection flow monitoring retention backup encryption versioning',
)
const strengthening = set(
  'create created creates enable enabled enables start starts started activate activated restore',
)
const weakening = set('disable disabled stop stopped allowlist whitelist exception suppress suppression bypass ignore')
const entering = /\b(?:sign|log) (?:in|on)\b/
const granting = set('grant grants granted')
const making = set('create created creates add added adds insert inserted register registered provision provisioned')
const someone = set('user users account accounts member members login guest')
const running = set('run runs execute executed exec invoke invoked send sent start started')
const orders = set('command commands script scripts shell runbook')
const signingIn = set(
  'login logon signin signon authenticate authenticated authentication session sessions logout signout saml',
)
/** What a watchman says, as opposed to who changes the watch: `shield alert`, `malware detected`. */
const raised = /\b(?:alert|detected|violation)$/
const asOther =
  /\b(?:log ?in|sign ?in|act) as\b|\bimpersonat|\bassum(?:e|ed|ption)s? (?:user|identity)|\bsu(?:do)? root\b/
const whoAmI =
  /\bwho ?am ?i\b|\bcaller identity\b|\btoken ?info\b|\bintrospect|\bcurrent ?user\b|^(?:get )?(?:user|me|account)$|\bauth test\b/

/** Operations that no table has, told by the words of their names: `DatabaseRoleGranted`, `service_key.revoke`. */
export function factByWords(action: string, verb: Verb): OperationFact {
  const words = wordsOf(action)
  const text = words.join(' ')
  const has = (which: ReadonlySet<string>): boolean => words.some(word => which.has(word))
  if (has(alarms) || (raised.test(text) && !has(change))) return fact('sensitive', '1', 'T1078')
  if (asOther.test(text)) return fact('sensitive', '1', 'T1078')
  if (whoAmI.test(text)) return fact('identity', '7', 'T1087')
  if (has(leaving)) return fact('sensitive', '10', 'T1567')
  if (has(hidden) && has(taking) && !has(listing)) return fact('sensitive', '6', 'T1555')
  if (has(granting) && verb !== 'read' && !has(listing)) return fact('sensitive', '4', 'T1098.003')
  if (has(running) && has(orders) && verb !== 'read') return fact('sensitive', '2', 'T1059')
  if (verb === 'auth' && entering.test(text)) return fact('other', '1', 'T1078')
  const changed = nouns.find(({ words: which }) => has(which))
  if (has(change) && !(words[0] !== undefined && reading.has(words[0])) && verb !== 'read') {
    if (changed?.tactic === '5' && has(watches) && has(strengthening) && !has(weakening)) return fact('write')
    // What is taken away gives nobody access, except that a policy may be what held somebody back; it may shut others
    // out: https://attack.mitre.org/techniques/T1531/
    if (changed?.tactic !== '5' && has(ending) && !has(policies))
      return (has(access) || has(someone)) && !ownEnd.test(text) ? fact('sensitive', '40', 'T1531') : fact('write')
    if (changed !== undefined) return fact('sensitive', changed.tactic, changed.technique)
    if (has(making) && has(someone)) return fact('sensitive', '3', 'T1136')
    return fact('write')
  }
  if (has(signingIn) || verb === 'auth') return fact('other', '1', 'T1078')
  if (has(reading) || verb === 'read') return fact('discovery', '7', 'T1526')
  return fact(verb === 'write' || verb === 'admin' ? 'write' : 'other')
}

/** `PutUserPolicy`, `org.add_member`, `PUT /orgs/{org}/members`: their words in lower case. */
function wordsOf(action: string): readonly string[] {
  return action
    .replaceAll(/\{[^{}]*\}/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
}

function fact(of: OperationClass, tactic?: string, technique?: string): OperationFact {
  return {
    class: of,
    tactics: tactic === undefined ? [] : [tactic],
    techniques: technique === undefined ? [] : [technique],
    incidents: 0,
  }
}

function noun(tactic: string, technique: string, words: string): Noun {
  return { tactic, technique, words: set(words) }
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

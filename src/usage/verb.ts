import type { Verb } from '../model/usage.ts'

const signIn =
  /^(?:assume|login|logon|signin|sign_in|authenticat|get_?caller|get_?session_?token|get_?federation|whoami)|(?:^|[._:\s])(?:log_?in|log_?on|sign_?in|signin|sso|auth(?:n|enticate|entication)?|session[._]start|token[._]exchange|auth\.test)(?:$|[._:\s])|(?:login|logon|signin)$/i
const looks =
  /^(?:get|list|describe|head|batch_?get|lookup|search|scan|query|select|show|check|test|validate|view|simulate|estimate|read|fetch|count|export|download|poll|receive|preview|explain)(?![a-z])|^(?:get|list|describe|head|batchget|lookup|search|select|show|view|read|download)|(?:^|[._:/\s])(?:get|list|read|view|viewed|download|downloaded|clone|fetch|accessed|access|export|search|preview)(?:$|[._:/\s])/i
/** A name that ends in one of these tells of a change, whatever it changes: `ip_allow_list_entry.create`. */
const changes =
  /[._:\s](?:create|add|update|delete|remove|destroy|enable|disable|change|edit|revoke|grant|set|rename|transfer)d?(?:ed)?$/i
const rules =
  /user|role|polic|permission|member|access_?key|token|credential|grant|acl|webhook|hook|secret|mfa|2fa|factor|sso|saml|org|admin|audit|trail|logging|login_?profile|password|group|identity|collaborator|deploy_?key|public_?key|certificate|trust|scope|ip_?allow/i

/** What kind of call a name tells of: `ListBuckets` reads, `iam.PutUserPolicy` administers, `user.login` signs in. */
export function verbOf(action: string): Verb {
  if (signIn.test(action)) return 'auth'
  if (looks.test(action) && !changes.test(action)) return 'read'
  return rules.test(action) ? 'admin' : 'write'
}

/** What a method of HTTP does, by its definition: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
export function verbOfMethod(method: string): Verb {
  return /^(?:GET|HEAD|OPTIONS|TRACE|PROPFIND|REPORT)$/i.test(method) ? 'read' : 'write'
}

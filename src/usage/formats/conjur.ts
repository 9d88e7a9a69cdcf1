import { pickText } from '../field.ts'
import type { LogFormat } from '../format.ts'
import { syslog } from '../syslog.ts'

/**
 * CyberArk Conjur's audit, RFC 5424 with elements of enterprise number 43868. Fields:
 * https://github.com/cyberark/conjur/blob/master/cucumber/api/features/whoami.feature
 * https://github.com/cyberark/conjur/blob/master/docs/audit.md
 * https://github.com/cyberark/conjur/tree/master/app/models/audit/event
 * https://github.com/cyberark/conjur/blob/master/lib/logger/formatter/rfc5424_formatter.rb
 */
export const conjur: LogFormat = {
  id: 'conjur',
  name: 'CyberArk Conjur audit',
  providers: ['conjur'],
  reads: 'conjur',
  lines: {
    knows: line => /\[\w+@43868[ \]]/.test(line),
    reader:
      ({ latest, year }) =>
      line => {
        const found = syslog(line, latest, year)
        if (found === undefined) return undefined
        const { data, msgid, at } = found
        const action = data['action@43868']
        if (action === undefined) return 'pass'
        const role = data['auth@43868']?.['user'] ?? data['subject@43868']?.['role']
        const name = action['operation'] ?? 'use'
        const kind = msgid?.split(':')[1] ?? msgid
        const resource = pickText(data['subject@43868'] ?? {}, 'resource', 'role', 'identifier')
        return {
          at,
          principals: role === undefined ? [] : [role, role.split(':').slice(2).join(':')],
          account: role?.split(':', 1)[0],
          ip: data['client@43868']?.['ip'],
          // Some events have what was asked for where others have their kind: `acme:variable:db/password`.
          action: kind === undefined || kind === name ? name : `${kind} ${name}`,
          service: data['auth@43868']?.['authenticator'] ?? kind,
          verb:
            msgid === 'authn' || msgid === 'identity-check'
              ? 'auth'
              : /^(?:fetch|get|check|show|list|read)/.test(name)
                ? 'read'
                : 'admin',
          actor: role,
          resource: resource ?? data['policy@43868']?.['id'],
          secrets:
            (msgid === 'fetch' || name === 'fetch') && resource !== undefined ? [`conjur:${resource}`] : undefined,
          outcome: action['result'] === 'success' ? 'success' : action['result'] === 'failure' ? 'failure' : 'unknown',
        }
      },
  },
  coverage: {},
}

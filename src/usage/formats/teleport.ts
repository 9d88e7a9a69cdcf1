import { pick, pickText } from '../field.ts'
import type { LogFormat } from '../format.ts'

/** Teleport's audit events. Fields and codes, which end in W or E where something failed: https://goteleport.com/docs/reference/audit/ */
export const teleport: LogFormat = {
  id: 'teleport',
  name: 'Teleport audit events',
  providers: ['teleport'],
  json: {
    knows: record =>
      typeof record['event'] === 'string' &&
      'uid' in record &&
      'time' in record &&
      /^T[A-Z]*\d{2,4}[IWE]$/i.test(pickText(record, 'code') ?? ''),
    read: record => {
      const far = pickText(record, 'addr.remote', 'addr_remote')
      return {
        id: record['uid'],
        at: record['time'],
        principals: [record['user']],
        account: record['cluster_name'],
        ip: far?.replace(/:\d+$/, ''),
        userAgent: record['user_agent'],
        action: record['event'],
        service: record['proto'],
        actor: record['user'],
        resource: pick(record, 'server_hostname', 'kubernetes_cluster', 'db_service', 'desktop_name', 'desktop_addr'),
        // Whom of the machine's own users he signs in as.
        parameters: { login: record['login'] },
        outcome: record['success'] === false || /[WE]$/i.test(pickText(record, 'code') ?? '') ? 'failure' : 'success',
      }
    },
  },
  coverage: {},
}

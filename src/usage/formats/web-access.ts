import { outcomeOf } from '../field.ts'
import type { LogFormat } from '../format.ts'
import { verbOfMethod } from '../verb.ts'
import { operationPath, shownPath } from '../web-path.ts'

const combined =
  /^(?:(\S+?)(?::\d+)? )?(\S+) \S+ (\S+|"[^"]*") \[(\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "((?:\\.|[^"\\])*)" (\d{3}) (\d+|-)(?: "((?:\\.|[^"\\])*)" "((?:\\.|[^"\\])*)")?/

/**
 * Access logs of nginx and Apache, common and combined. Keys stand in queries, so no query is kept. Fields:
 * https://httpd.apache.org/docs/2.4/logs.html#combined https://nginx.org/en/docs/http/ngx_http_log_module.html
 */
export const webAccess: LogFormat = {
  id: 'web-access',
  name: 'web server access log',
  lines: {
    knows: line => combined.test(line),
    reader: () => line => {
      const [, host, ip, user = '-', at, request = '', status, bytes, , userAgent] = combined.exec(line) ?? []
      if (ip === undefined) return undefined
      const [method = '', target = ''] = request.split(' ')
      const spoken = /^[A-Z]{3,20}$/.test(method)
      return {
        at,
        principals: user === '-' ? [] : [user.replaceAll('"', '')],
        ip,
        userAgent: userAgent === '-' ? undefined : userAgent,
        action: spoken ? `${method} ${operationPath(target)}` : 'malformed request',
        service: host,
        verb: verbOfMethod(method),
        actor: user === '-' ? undefined : user,
        resource: spoken ? shownPath(target) : undefined,
        outcome: outcomeOf(status),
        error: Number(status) >= 400 ? status : undefined,
        bytes: bytes === '-' ? undefined : bytes,
        call: spoken ? `${method} ${target.split('?', 1)[0]}` : undefined,
      }
    },
  },
  coverage: { covers: 'account', blind: ['keys are not in it, unless a proxy writes them as the user'] },
}

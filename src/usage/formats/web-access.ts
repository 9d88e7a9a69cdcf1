import { outcomeOf } from '../field.ts'
import type { LogFormat } from '../format.ts'
import { verbOfMethod } from '../verb.ts'
import { operationPath, shownPath } from '../web-path.ts'

const text = '"((?:\\\\.|[^"\\\\])*)"'
const combined = new RegExp(
  `^([^[\\]]{1,600}?) (?:- (\\S[^[\\]"]{0,99}?)|\\S+ (\\S+|"[^"]*")) \\[(\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4})\\] ${text} (\\d{3}) (\\d+|-)(?: ${text} ${text}(?: ${text})?)?`,
)
/** https://www.rfc-editor.org/rfc/rfc6890 */
const inside = /^(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.|^(?:::1$|f[cd]|fe80)/i

/**
 * Access logs of nginx and Apache, common and combined, with a host before and the addresses of proxies before or behind.
 * Keys stand in queries, so no query is kept. Fields: https://httpd.apache.org/docs/2.4/logs.html#combined
 * https://nginx.org/en/docs/http/ngx_http_log_module.html
 */
export const webAccess: LogFormat = {
  id: 'web-access',
  name: 'web server access log',
  lines: {
    knows: line => combined.test(line),
    reader: () => line => {
      const [, from, spaced, single = '-', at, request = '', status, bytes, , userAgent, forwarded = ''] =
        combined.exec(line) ?? []
      const user = spaced ?? single
      if (from === undefined) return undefined
      const { host, addresses } = origin(from)
      const [method = '', target = ''] = request.split(' ')
      const spoken = /^[A-Z]{3,20}$/.test(method)
      return {
        at,
        principals: user === '-' ? [] : [user.replaceAll('"', '')],
        ip: clientOf(addresses, forwarded),
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

/** `example.com:443 192.0.2.1`, `192.0.2.1, 10.0.0.1`, `example.com "192.0.2.1, 198.51.100.1" 10.0.0.1` */
function origin(from: string): { readonly host: string | undefined; readonly addresses: readonly string[] } {
  const [first = '', ...rest] = from.split(' ')
  const named = rest.length > 0 && !/^"|,$/.test(first)
  return {
    host: named ? first.replace(/:\d+$/, '') : undefined,
    addresses: (named ? rest : [first, ...rest]).map(each => each.replaceAll(/[",]/g, '')),
  }
}

/**
 * The last address that is not of the server's own network: what a proxy adds stands last, and what stands before can be
 * made up. https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For#selecting_an_ip_address
 */
export function clientOf(addresses: readonly string[], forwarded: string): string | undefined {
  const before = forwarded.split(',').map(each => each.trim())
  const all = [...before.filter(each => /^[\da-f.:]{3,}$/i.test(each)), ...addresses]
  return all.findLast(each => !inside.test(each)) ?? all.at(-1)
}

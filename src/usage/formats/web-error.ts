import type { LogFormat, Reading } from '../format.ts'
import { operationPath } from '../web-path.ts'

const nginx = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) \[\w+\] \d+#\d+: (?:\*\d+ )?(.*)$/
const apache =
  /^\[\w{3} (\w{3}) ([ \d]\d) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4})\] \[[\w:]+\] (?:\[pid [^\]]*\] )?(?:\[client ([^\]]+)\] )?(?:AH\d+: )?(.*)$/
/** nginx: no such user, or another password. Apache: the same in its own words. */
const refusals = [
  /^user "([^"]*)"(?:: password mismatch| was not found in "[^"]*"), client: ([^,\s]+)(?:.*?, request: "([A-Z]+) (\S+))?/,
  /^user (\S+)(?: not found|: authentication failure for "[^"]*"): ?(\/\S*)?/,
]

/**
 * Refused passwords in the error logs of nginx and Apache; everything else in them is nobody's sign-in. Messages:
 * https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_auth_basic_module.c
 * https://github.com/apache/httpd/blob/trunk/modules/aaa/mod_auth_basic.c
 */
export const webError: LogFormat = {
  id: 'web-error',
  name: 'web server error log',
  lines: {
    knows: line => nginx.test(line) || apache.test(line),
    reader: () => line => ofNginx(line) ?? ofApache(line),
  },
  coverage: { blind: ['refused passwords only: what succeeded is in the access log'] },
}

function ofNginx(line: string): Reading {
  const [, year, month, day, clock, message = ''] = nginx.exec(line) ?? []
  if (year === undefined) return undefined
  const [, user, ip, method, path] = refusals[0]?.exec(message) ?? []
  if (user === undefined) return 'pass'
  const called = method === undefined ? {} : { resource: `${method} ${operationPath(path ?? '')}` }
  return { ...refused(user, ip), ...called, at: `${year}-${month}-${day} ${clock}` }
}

function ofApache(line: string): Reading {
  const [, month, day, clock, year, client, message = ''] = apache.exec(line) ?? []
  if (year === undefined) return undefined
  const [, user, path] = refusals[1]?.exec(message) ?? []
  if (user === undefined) return 'pass'
  const called = path === undefined ? {} : { resource: operationPath(path) }
  return { ...refused(user, client), ...called, at: `${day?.trim().padStart(2, '0')}/${month}/${year}:${clock} +0000` }
}

function refused(user: string, ip: string | undefined) {
  return {
    principals: [user],
    actor: user,
    ip: ip?.replace(/^((?:\d+\.){3}\d+):\d+$/, '$1'),
    action: 'login',
    verb: 'auth' as const,
    outcome: 'failure' as const,
    error: 'rejected',
  }
}

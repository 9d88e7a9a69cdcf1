import type { Row } from '../../text/row.ts'
import { inside } from '../../text/row.ts'
import { outcomeOf, pick, pickText, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOfMethod } from '../verb.ts'
import { operationPath, shownPath } from '../web-path.ts'
import { clientOf } from './web-access.ts'

/**
 * Access logs in JSON: nginx with the names of its own variables, Traefik, Caddy, Cloudflare. Fields:
 * https://nginx.org/en/docs/varindex.html https://doc.traefik.io/traefik/reference/install-configuration/observability/logs-and-accesslogs/
 * https://caddyserver.com/docs/logging https://developers.cloudflare.com/logs/reference/log-fields/zone/
 */
export const webJson: LogFormat = {
  id: 'web-json',
  name: 'web server access log in JSON',
  json: {
    knows: record =>
      ('remote_addr' in record &&
        ['status', 'response_status'].some(name => name in record) &&
        ['request', 'request_uri', 'uri'].some(name => typeof record[name] === 'string')) ||
      ('RequestMethod' in record && 'DownstreamStatus' in record) ||
      ('ClientRequestMethod' in record && 'EdgeResponseStatus' in record) ||
      ('status' in record && typeof pick(record, 'request.uri') === 'string' && 'method' in inside(record, 'request')),
    read,
  },
  coverage: { covers: 'account', blind: ['keys are not in it, unless a proxy writes them as the user'] },
}

function read(record: Row): Draft {
  const request = inside(record, 'request')
  const [spoken = '', asked = ''] = (pickText(record, 'request') ?? '').split(' ')
  const method =
    pickText(record, 'request_method', 'RequestMethod', 'ClientRequestMethod') ?? pickText(request, 'method') ?? spoken
  const target = pickText(record, 'request_uri', 'RequestPath', 'ClientRequestURI') ?? pickText(request, 'uri') ?? asked
  const uri = target === '' ? (pickText(record, 'uri') ?? '') : target
  const status = pick(record, 'status', 'response_status', 'DownstreamStatus', 'EdgeResponseStatus')
  const user = pickText(record, 'remote_user', 'ClientUsername', 'user_id')
  const agents =
    pick(record, 'http_user_agent', 'user_agent', 'request_User-Agent', 'ClientRequestUserAgent') ??
    pick(request, 'headers.User-Agent')
  const agent = Array.isArray(agents) ? agents[0] : agents
  return {
    at: pick(
      record,
      'time_iso8601',
      'StartUTC',
      'EdgeStartTimestamp',
      'ts',
      'msec',
      'timestamp',
      '@timestamp',
      'time',
      'time_local',
    ),
    principals: user === undefined || user === '-' ? [] : [user],
    ip:
      pick(record, 'ClientHost', 'ClientIP') ??
      pick(request, 'client_ip', 'remote_ip') ??
      clientOf([wordOf(record['remote_addr'])], wordOf(record['http_x_forwarded_for'])),
    asn: record['ClientASN'],
    country: record['ClientCountry'],
    userAgent: agent === '-' ? undefined : agent,
    action: /^[A-Z]{3,20}$/.test(method) ? `${method} ${operationPath(uri)}` : 'malformed request',
    service: pick(record, 'RequestHost', 'ClientRequestHost', 'http_host', 'host', 'server_name') ?? request['host'],
    verb: verbOfMethod(method),
    actor: user === '-' ? undefined : user,
    resource: shownPath(uri),
    outcome: outcomeOf(status),
    error: Number(status) >= 400 ? status : undefined,
    requestId: pick(record, 'request_id', 'RequestID', 'RayID'),
    bytes: pick(record, 'body_bytes_sent', 'bytes_sent', 'DownstreamContentSize', 'EdgeResponseBytes', 'size'),
    call: `${method} ${uri.split('?', 1)[0]}`,
  }
}

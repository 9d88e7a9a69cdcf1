import type { Row } from '../../text/row.ts'
import { outcomeOf, pickText, plainKeys } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { verbOfMethod } from '../verb.ts'
import { operationPath, shownPath } from '../web-path.ts'

/** Requests as Stripe's Workbench shows them and lets copy: https://docs.stripe.com/development/dashboard/request-logs */
export const stripeRequests: LogFormat = {
  id: 'stripe-requests',
  name: 'Stripe request log',
  providers: ['stripe'],
  json: {
    knows: record =>
      pickText(record, 'id', 'request_id', 'requestId')?.startsWith('req_') === true &&
      'method' in record &&
      ('path' in record || 'url' in record),
    read: record => read(plainKeys(record)),
  },
  table: {
    knows: headings =>
      headings.has('method') &&
      (headings.has('path') || headings.has('url')) &&
      headings.has('status') &&
      (headings.has('requestid') || headings.has('apiversion')),
    read,
  },
  coverage: { covers: 'account' },
}

function read(row: Row): Draft {
  const method = pickText(row, 'method')?.toUpperCase() ?? ''
  const path = pickText(row, 'path', 'url') ?? ''
  const id = pickText(row, 'requestid', 'id')
  return {
    id,
    at: row['time'] ?? row['created'] ?? row['createdat'] ?? row['timestamp'] ?? row['date'],
    keys: [row['apikeyid'] ?? row['keyid']],
    account: row['account'] ?? row['accountid'],
    ip: row['ipaddress'] ?? row['ip'],
    userAgent: row['useragent'] ?? row['source'],
    action: `${method} ${operationPath(path)}`.replaceAll(/\/[a-z]{2,5}_[A-Za-z0-9]{8,}/g, '/{id}'),
    service: path.split('/')[2],
    verb: verbOfMethod(method),
    resource: shownPath(path),
    outcome: outcomeOf(row['status'] ?? row['statuscode']),
    error: row['errorcode'] ?? row['error'],
    requestId: id,
    call: `${method} ${path.split('?', 1)[0]}`,
  }
}

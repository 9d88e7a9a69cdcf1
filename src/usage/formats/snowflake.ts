import type { Row } from '../../text/row.ts'
import { pickText, plainKeys, wordOf } from '../field.ts'
import type { Draft, LogFormat } from '../format.ts'
import { statement } from '../statement.ts'

/**
 * Snowflake's LOGIN_HISTORY and QUERY_HISTORY as JSON or CSV. Columns:
 * https://docs.snowflake.com/en/sql-reference/account-usage/login_history
 * https://docs.snowflake.com/en/sql-reference/account-usage/query_history
 */
export const snowflake: LogFormat = {
  id: 'snowflake',
  name: 'Snowflake history',
  providers: ['snowflake'],
  json: {
    knows: record => {
      const name = 'USER_NAME' in record ? 'USER_NAME' : 'user_name'
      const upper = name === 'USER_NAME'
      return (
        name in record &&
        ((upper ? 'CLIENT_IP' : 'client_ip') in record ||
          (upper ? 'QUERY_ID' : 'query_id') in record ||
          (upper ? 'QUERY_TYPE' : 'query_type') in record)
      )
    },
    read: record => read(plainKeys(record)),
  },
  table: {
    knows: headings =>
      headings.has('username') &&
      ((headings.has('eventtimestamp') && headings.has('clientip')) ||
        (headings.has('queryid') && headings.has('starttime'))),
    read,
  },
  coverage: {
    lag: 'up to 2 hours for logins, 45 minutes for queries (https://docs.snowflake.com/en/sql-reference/account-usage)',
  },
}

function read(row: Row): Draft {
  return row['queryid'] === undefined && row['querytype'] === undefined ? login(row) : query(row)
}

function login(row: Row): Draft {
  const good = /^(?:yes|true|1)$/i.test(wordOf(row['issuccess']))
  return {
    id: row['eventid'],
    at: row['eventtimestamp'],
    keys: [row['firstauthenticationfactorid']],
    principals: [row['username']],
    ip: row['clientip'],
    userAgent: client(row),
    action: pickText(row, 'eventtype') ?? 'LOGIN',
    service: pickText(row, 'firstauthenticationfactor'),
    verb: 'auth',
    actor: row['username'],
    outcome: row['issuccess'] === undefined ? 'unknown' : good ? 'success' : 'failure',
    error: good ? undefined : (row['errormessage'] ?? row['errorcode']),
  }
}

function query(row: Row): Draft {
  const said = pickText(row, 'querytype')
  const done = statement(said?.replaceAll('_', ' ') ?? pickText(row, 'querytext') ?? '')
  const failed = /FAIL|INCIDENT/i.test(wordOf(row['executionstatus']))
  return {
    id: row['queryid'],
    at: row['starttime'],
    principals: [row['username']],
    ip: row['clientip'],
    userAgent: client(row),
    action: said ?? done.action,
    service: row['warehousename'],
    verb: /^(?:UNLOAD|GET_FILES|COPY)/.test(said ?? '') ? 'read' : done.verb,
    actor: row['username'],
    resource: row['databasename'],
    parameters: granted(pickText(row, 'querytext')),
    outcome: failed ? 'failure' : 'success',
    error: failed ? row['errorcode'] : undefined,
    bytes: row['outbounddatatransferbytes'] ?? row['byteswrittentoresult'] ?? row['bytesscanned'],
    count: row['rowsproduced'],
    cost: row['creditsusedcloudservices'],
  }
}

/** Which role is given; nothing else of a statement is kept. https://docs.snowflake.com/en/sql-reference/sql/grant-role */
function granted(text: string | undefined): Row | undefined {
  const role = /^\s*grant\s+role\s+"?([\w$]+)"?\s+to\s/i.exec(text ?? '')?.[1]
  return role === undefined ? undefined : { role }
}

function client(row: Row): string | undefined {
  const name = pickText(row, 'reportedclienttype', 'clientapplicationid')
  const version = pickText(row, 'reportedclientversion')
  return name === undefined || version === undefined ? name : `${name}/${version}`
}

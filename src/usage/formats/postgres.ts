import type { Row } from '../../text/row.ts'
import { plainKeys } from '../field.ts'
import type { Around, Draft, LogFormat, Reading } from '../format.ts'
import { statement } from '../statement.ts'
import { syslog } from '../syslog.ts'

/** The columns of csvlog, in order. https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG */
const columns = [
  'logtime',
  'username',
  'databasename',
  'processid',
  'connectionfrom',
  'sessionid',
  'sessionlinenum',
  'commandtag',
  'sessionstarttime',
  'virtualtransactionid',
  'transactionid',
  'errorseverity',
  'sqlstatecode',
  'message',
  'detail',
  'hint',
  'internalquery',
  'internalquerypos',
  'context',
  'query',
  'querypos',
  'location',
  'applicationname',
]
const levels = 'LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DEBUG\\d?|DETAIL|HINT|STATEMENT|CONTEXT'
const address = '(?:\\d{1,3}\\.){3}\\d{1,3}|[\\da-f]*:[\\da-f:]+'
const stderr = new RegExp(
  `^(?:(${address}|\\[local\\]) )?(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?: [A-Z]{3,5}| [+-]\\d\\d)?)[\\s:]*(.*?)(${levels}):\\s+(.*)$`,
)
const standing = new RegExp(`(?:^|[\\s=:@])(${address})(?=[\\s(,]|$)`)
/** By syslog, whose time it has: https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-SYSLOG-SEQUENCE-NUMBERS */
const bySyslog = /\bpostgres\[(\d+)\]: (\[\d+-\d+\] .*)$/
const mostSessions = 10_000

/** What is known of one connection. */
type Session = Readonly<Partial<Record<'ip' | 'user' | 'database' | 'app', string | undefined>>>

/**
 * PostgreSQL's server log: stderr with the usual prefixes, csvlog, jsonlog. Statements are named, never kept. Fields:
 * https://www.postgresql.org/docs/current/runtime-config-logging.html
 */
export const postgres: LogFormat = {
  id: 'postgres',
  name: 'PostgreSQL log',
  json: {
    // CloudNativePG writes the columns of csvlog: https://cloudnative-pg.io/documentation/current/logging/
    knows: record =>
      'error_severity' in record && 'session_id' in record && ('timestamp' in record || 'log_time' in record),
    read: record => {
      if ('log_time' in record) return inColumns(plainKeys(record))
      return read(record['message'], record['timestamp'], {
        ip: textOf(record['remote_host']),
        user: textOf(record['user']),
        database: textOf(record['dbname']),
        app: textOf(record['application_name']),
      })
    },
  },
  table: {
    knows: headings => headings.has('errorseverity') && headings.has('sqlstatecode'),
    unnamed: row =>
      row.length > 12 && /^\d{10}:\d\d:\d\d/.test(row[0] ?? '') && /^[a-z]+\d?$/i.test(row[11] ?? '')
        ? columns
        : undefined,
    read: inColumns,
  },
  lines: {
    knows: line =>
      (stderr.test(line) && /\[\d+\]|\bLOG: |FATAL: |@/.test(line)) ||
      (bySyslog.test(line) && / (?:LOG|FATAL): /.test(line)),
    reader: around => {
      const sessions: Map<string, Session> = around.memory
      return line => {
        const [, before = '', at, prefix = '', level, text = ''] = stderr.exec(dated(line, around)) ?? []
        // A statement goes on in lines without a prefix.
        if (at === undefined) return 'pass'
        if (!/^(?:LOG|FATAL|ERROR)$/.test(level ?? '')) return 'pass'
        const pid = /\[(\d+)(?:-\d+)?\]/.exec(prefix)?.[1]
        const known = pid === undefined ? undefined : sessions.get(pid)
        const now: Session = { ...known, ...prefixed(`${before} ${prefix}`), ...saidIn(text) }
        if (sessions.size > mostSessions) sessions.clear()
        if (pid !== undefined) sessions.set(pid, text.startsWith('connection received') ? saidIn(text) : now)
        if (pid !== undefined && text.startsWith('disconnection')) sessions.delete(pid)
        return read(text, at, now)
      }
    },
  },
  coverage: {
    without: { connect: 'no connections: log_connections is off' },
    blind: ['statements are seen only where log_statement or an extension writes them'],
  },
}

/** A line by syslog as the server itself would have written it. */
function dated(line: string, { latest, year }: Around): string {
  const [, pid, rest] = bySyslog.exec(line) ?? []
  const at = rest === undefined ? undefined : syslog(line, latest, year)?.at
  return at === undefined
    ? line
    : `${new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC')} [${pid}] ${rest}`
}

function inColumns(row: Row): Reading {
  return read(row['message'], row['logtime'], {
    ip: textOf(row['connectionfrom'])?.replace(/:\d+$/, ''),
    user: textOf(row['username']),
    database: textOf(row['databasename']),
    app: textOf(row['applicationname']),
  })
}

/** What `log_line_prefix` puts before a message: `user@database`, `192.0.2.7(5000)`, `user=alice,db=app,client=192.0.2.7`. */
function prefixed(text: string): Session {
  const word = (names: string): string | undefined => textOf(new RegExp(`\\b(?:${names})=([^\\s,]+)`).exec(text)?.[1])
  const [, user = word('user'), database = word('db|database')] = /([\w.$-]+)@([\w.$-]+)/.exec(text) ?? []
  const ip = standing.exec(text)?.[1] ?? word('client|host')?.replace(/\(\d+\)$/, '')
  const found = { user, database, ip, app: word('app') }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** `host=192.0.2.7 port=5000`, `user=alice database=app application_name=psql` */
function saidIn(text: string): Session {
  const word = (name: string): string | undefined => new RegExp(`\\b${name}=([^\\s"]+)`).exec(text)?.[1]
  if (!/^(?:connection|disconnection|replication connection)/.test(text)) return {}
  const found = { ip: word('host'), user: word('user'), database: word('database'), app: word('application_name') }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

function read(message: unknown, at: unknown, session: Session): Reading {
  const text = textOf(message) ?? ''
  const who = { at, ip: session.ip, userAgent: session.app, service: session.database, resource: session.database }
  const [, refused] =
    /(?:authentication failed|no pg_hba.conf entry|not permitted to log in).*?\buser "([^"]*)"/.exec(text) ?? []
  if (refused !== undefined || /^(?:role|database) "[^"]*" (?:does not exist|is not permitted)/.test(text)) {
    const user = refused ?? session.user
    const ip = /\bhost "([^"]+)"/.exec(text)?.[1] ?? session.ip
    return {
      ...who,
      ip,
      principals: [user],
      actor: user,
      action: 'connect',
      verb: 'auth',
      outcome: 'failure',
      error: 'rejected',
      mark: 'connect',
    }
  }
  const named: Pick<Draft, 'principals' | 'actor'> = { principals: [session.user], actor: session.user }
  if (/^(?:replication )?connection authorized:/.test(text))
    return { ...who, ...named, ...from(text), action: 'connect', verb: 'auth', outcome: 'success', mark: 'connect' }
  const [, sql] = /^(?:duration: [\d.]+ ms\s+)?(?:statement|execute [^:]*): ([\s\S]*)$/.exec(text) ?? []
  if (sql !== undefined) return { ...who, ...named, ...statement(sql), outcome: 'success' }
  const [, audited] = /^AUDIT: (?:SESSION|OBJECT),\d+,\d+,\w+,([^,]+),/.exec(text) ?? []
  if (audited !== undefined) return { ...who, ...named, ...statement(audited), outcome: 'success' }
  if (text.startsWith('permission denied'))
    return { ...who, ...named, action: 'statement', verb: 'read', outcome: 'failure', error: 'permission denied' }
  return 'pass'
}

function from(text: string): Pick<Draft, 'principals' | 'actor' | 'service' | 'userAgent'> {
  const { user, database, app } = saidIn(text)
  return {
    ...(user !== undefined && { principals: [user], actor: user }),
    ...(database !== undefined && { service: database }),
    ...(app !== undefined && { userAgent: app }),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value !== '[unknown]' ? value : undefined
}

import type { LogFormat, Reading } from '../format.ts'
import { statement } from '../statement.ts'

const general =
  /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|\d{6} +\d?\d:\d\d:\d\d|\t| {12,})[\t ]\s*(\d+) ([A-Z][A-Za-z]*(?: [A-Za-z]+)*)(?:(?:\t| {2,})(.*))?$/
const error =
  /^(\d{4}-\d\d-\d\d[T ]\s?\d?\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?|\d{6} [ \d]\d:\d\d:\d\d) (?:\d+ )?\[(?:Note|Warning|ERROR|System)\] (.*)$/i
const denied = /Access denied for user '([^']*)'@'([^']*)'/
const connected = /^(\S+?)@(\S*) (?:as \S* )?on (\S*)(?: using|\s*$)/
const mostSessions = 10_000
/** Where the time of the line before stands, among the sessions. */
const before = 'the line before'

/**
 * The general query log and the error log of MySQL and MariaDB. Statements are named, never kept. Forms:
 * https://dev.mysql.com/doc/refman/8.4/en/query-log.html https://dev.mysql.com/doc/refman/8.4/en/error-log-format.html
 * https://mariadb.com/docs/server/server-management/server-monitoring-logs/general-query-log
 */
export const mysql: LogFormat = {
  id: 'mysql',
  name: 'MySQL log',
  lines: {
    knows: line => general.test(line) || (error.test(line) && /\[MY-\d+\]|Access denied|mysqld|mariadbd/.test(line)),
    reader: ({ memory: sessions }) => {
      return line => {
        const [, time, id = '', command = '', rest = ''] = general.exec(line) ?? []
        if (time === undefined) return inErrorLog(line)
        // MariaDB, and MySQL before 5.7, leave a time out that is that of the line before.
        if (time.trim() !== '') sessions.set(before, { at: spelled(time) })
        const at = sessions.get(before)?.['at'] ?? ''
        if (command === 'Connect') {
          if (denied.test(rest)) return refusal(at, rest)
          const [, user = '', host = '', database = ''] = connected.exec(rest) ?? []
          if (sessions.size > mostSessions) {
            sessions.clear()
            sessions.set(before, { at })
          }
          sessions.set(id, { user, host, database })
          return {
            at,
            principals: [user],
            actor: user,
            ip: host,
            service: database,
            action: 'connect',
            verb: 'auth',
            outcome: 'success',
          }
        }
        if (command === 'Quit') sessions.delete(id)
        if (command !== 'Query' && command !== 'Execute') return 'pass'
        const session = sessions.get(id)
        return {
          at,
          principals: [session?.['user']],
          actor: session?.['user'],
          ip: session?.['host'],
          service: session?.['database'],
          outcome: 'unknown',
          ...statement(rest),
        }
      }
    },
  },
  coverage: { blind: ['statements are seen only where the general query log is on'] },
}

function inErrorLog(line: string): Reading {
  const [, at, message = ''] = error.exec(line) ?? []
  // A statement goes on in lines without a time; the log begins with three lines about the server.
  if (at === undefined) return 'pass'
  return denied.test(message) ? refusal(at, message) : 'pass'
}

function refusal(at: string, message: string): Reading {
  const [, user, host] = denied.exec(message) ?? []
  return {
    at: spelled(at),
    principals: [user],
    actor: user,
    ip: host,
    action: 'connect',
    verb: 'auth',
    outcome: 'failure',
    error: 'access denied',
  }
}

/** `161209  4:18:50` and `2016-12-09  4:18:50` as other logs write it. */
function spelled(at: string): string {
  return at.replace(/^(\d\d)(\d\d)(\d\d) +/, '20$1-$2-$3 ').replace(/ +(?=\d:)/, ' 0')
}

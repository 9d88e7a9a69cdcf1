import type { LogFormat, Reading } from '../format.ts'
import { statement } from '../statement.ts'

const timed = /^# Time: (\S+(?: +\d?\d:\d\d:\d\d)?)/
const who = /# User@Host: (\S*?)\[([^\]]*)\] @ +(\S*) \[([^\]]*)\](?: +Id: +(\d+))?/
const schema = /^# (?:Thread_id: \d+ +)?Schema: (\S+)/
/** What the server writes before a statement by itself. */
const before = /^(?:use (\S+?)|SET (?:\w+=\S+, *)*timestamp=(\d+)(?:\.\d+)?(?:, *\w+=\S+)*);$/i
/** Where what stands above the next statement is kept. */
const above = 'above'

/**
 * The slow query log of MySQL and MariaDB: a head of comments, then the statement, which is named and never kept. Form:
 * https://dev.mysql.com/doc/refman/8.4/en/slow-query-log.html
 */
export const mysqlSlow: LogFormat = {
  id: 'mysql-slow',
  name: 'MySQL slow query log',
  lines: {
    knows: line => who.test(line),
    reader:
      ({ memory }) =>
      (line): Reading => {
        const head = memory.get(above) ?? {}
        const say = (more: Readonly<Record<string, string | undefined>>): Reading => {
          memory.set(above, { ...head, ...more })
          return 'pass'
        }
        const [, time] = timed.exec(line) ?? []
        const [, first, user, host, ip] = who.exec(line) ?? []
        // Old servers put the time and the user in one line.
        if (user !== undefined || time !== undefined)
          return say({
            ...(time !== undefined && { at: spelled(time) }),
            ...(user !== undefined && { user: user === '' ? first : user, ip: ip === '' ? host : ip, waits: 'yes' }),
          })
        const [, name] = schema.exec(line) ?? []
        if (name !== undefined) return say({ database: name })
        if (line.startsWith('#')) return 'pass'
        const [set, database, at] = before.exec(line) ?? []
        if (set !== undefined) return say(database === undefined ? { at } : { database })
        // A statement goes on in lines without a head.
        if (head['waits'] === undefined) return 'pass'
        say({ waits: undefined })
        return {
          at: /^\d{9,}$/.test(head['at'] ?? '') ? Number(head['at']) : head['at'],
          principals: [head['user']],
          actor: head['user'],
          ip: head['ip'],
          service: head['database'],
          outcome: 'success',
          ...statement(line),
        }
      },
  },
  coverage: { blind: ['only statements that took long (long_query_time), and no sign-ins'] },
}

/** `071015 21:43:52` as other logs write it. */
function spelled(at: string): string {
  return at.replace(/^(\d\d)(\d\d)(\d\d) +/, '20$1-$2-$3 ').replace(/ (?=\d:)/, ' 0')
}

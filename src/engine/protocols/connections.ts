import { isRecord } from '../../model/path.ts'
import type { Connection } from '../../model/verdict.ts'

/** One that is connected, or was refused a moment ago. */
export interface Seen extends Connection {
  readonly outcome?: 'failure'
}

/** The most that are asked for; PostgreSQL and MySQL are told so. */
export const mostConnections = 200

/**
 * Whom the server shows as connected, with the first word of what was asked last and nothing more of it. Who asks for
 * others than its own user needs pg_monitor: https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW
 */
export const postgresqlConnections = (whose: 'own' | 'all'): string => {
  const time = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  const which = whose === 'own' ? 'usename = current_user' : 'usename IS NOT NULL'
  return `SELECT usename, host(client_addr), nullif(application_name, ''), ${time('backend_start')}, ${time('query_start')}, upper(substring(query from '^[[:space:]]*([A-Za-z]{2,20})')), datname FROM pg_catalog.pg_stat_activity WHERE ${which} AND pid <> pg_backend_pid() ORDER BY backend_start LIMIT ${mostConnections}`
}

/** Whether others are shown whole; who may not see them is shown their names alone. */
export const postgresqlSeesAll = `SELECT pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')`

/** A row of connections. */
export function postgresqlConnection(row: readonly (string | undefined)[]): Connection {
  const [user, ip, client, since, at, action, database] = row
  return named({ user, ip, client, since, at, action, database })
}

/**
 * The same of MySQL and MariaDB, which show others' only to who has PROCESS; a line each, with tabs between.
 * https://dev.mysql.com/doc/refman/8.4/en/information-schema-processlist-table.html
 */
export const mysqlConnections = (whose: 'own' | 'all'): string => {
  const which = whose === 'own' ? "USER = SUBSTRING_INDEX(USER(), '@', 1) AND " : ''
  return `SELECT CONCAT_WS('\t', USER, HOST, IFNULL(DB, ''), COMMAND, TIME, IFNULL(SUBSTRING_INDEX(LTRIM(LEFT(INFO, 40)), ' ', 1), '')) FROM information_schema.PROCESSLIST WHERE ${which}ID <> CONNECTION_ID() AND COMMAND NOT IN ('Daemon', 'Binlog Dump') LIMIT ${mostConnections}`
}

/** @param now milliseconds: the server tells how long something has gone on. */
export function mysqlConnection(row: string, now: number): Connection {
  const [user, host = '', database, command, time, word = ''] = row.split('\t')
  const action = /^[A-Za-z]{2,20}$/.test(word) ? word.toUpperCase() : command
  // An address with its port, or a name where the server looks names up.
  const ip = host.replace(/:\d+$/, '')
  return named({ user, ip, at: before(now, Number(time)), action, database })
}

/** https://www.mongodb.com/docs/manual/reference/operator/aggregation/currentOp/#output-fields */
export function mongodbConnections(found: unknown, user: string, now: number): readonly Connection[] {
  const seen = new Set<string>()
  return (Array.isArray(found) ? found : []).flatMap((one: unknown) => {
    if (!isRecord(one) || typeof one['client'] !== 'string' || String(one['appName']).startsWith('afterleak/'))
      return []
    const { appName: client, op, ns } = one
    const [account] = Array.isArray(one['effectiveUsers']) ? one['effectiveUsers'] : []
    const whose = isRecord(account) && typeof account['user'] === 'string' ? account['user'] : user
    const action = typeof op === 'string' && op !== 'none' ? op : undefined
    const since = typeof one['secs_running'] === 'number' ? before(now, one['secs_running']) : undefined
    const database = typeof ns === 'string' ? ns.split('.', 1)[0] : undefined
    const ip = one['client'].replace(/:\d+$/, '')
    const connection = named({ user: whose, ip, client: text(client), at: since, action, database })
    const name = JSON.stringify(connection)
    if (seen.has(name)) return []
    seen.add(name)
    return [connection]
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function before(now: number, seconds: number): string | undefined {
  const at = new Date(now - seconds * 1000)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Without what is not known. */
export function named(fields: { readonly [Name in keyof Connection]: string | undefined }): Connection {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
}

import { spawn } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Daemon, home, program, run, startDaemon } from './daemon.ts'
import { caseOfText, usesOfText } from './database-case.ts'
import { titled } from './server.ts'

const file = program('postgres')
const password = 'right p@ss/word'
const uri = (user: string, secret: string, port: number, database = 'postgres'): string =>
  `postgresql://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`

describe.skipIf(file === undefined)(titled('a real PostgreSQL', file), () => {
  let server: Daemon
  const place = file === undefined ? undefined : home()
  const sql = (port: number, statement: string): string =>
    run(program('psql') ?? 'psql', [
      '-h',
      '127.0.0.1',
      '-p',
      String(port),
      '-U',
      'boss',
      '-d',
      'postgres',
      '-AtX',
      '-c',
      statement,
    ])

  beforeAll(async () => {
    if (place === undefined) return
    const { folder, owner } = place
    const data = join(folder, 'data')
    run(program('initdb') ?? '', ['-D', data, '-U', 'boss', '-A', 'trust', '-N'], { ...owner, cwd: folder })
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'db.example.com' }])
    for (const [name, text] of [
      ['server.crt', cert],
      ['server.key', key],
    ] as const) {
      writeFileSync(join(data, name), text)
      chmodSync(join(data, name), 0o600)
      if (owner.uid !== undefined) chownSync(join(data, name), owner.uid, owner.gid ?? 0)
    }
    const rules = [
      'host all boss 127.0.0.1/32 trust',
      'host all trusted 127.0.0.1/32 trust',
      'host all kept_out 127.0.0.1/32 reject',
      'host all old 127.0.0.1/32 md5',
      'host all clear 127.0.0.1/32 password',
      'hostssl all all 127.0.0.1/32 scram-sha-256',
    ]
    writeFileSync(join(data, 'pg_hba.conf'), `${rules.join('\n')}\n`)
    appendFileSync(
      join(data, 'postgresql.conf'),
      "ssl = on\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nlog_connections = on\n",
    )
    server = await startDaemon(
      file ?? '',
      place,
      port => ['-D', data, '-p', String(port)],
      port => void sql(port, 'SELECT 1'),
    )
    const users = ['app', 'trusted', 'kept_out', 'clear'].map(
      user => `CREATE ROLE ${user} LOGIN PASSWORD '${password}';`,
    )
    sql(
      server.port,
      `${users.join(' ')} CREATE ROLE admin LOGIN SUPERUSER PASSWORD '${password}' VALID UNTIL '2099-01-01 00:00:00+00'; CREATE ROLE late LOGIN PASSWORD '${password}' VALID UNTIL '2001-01-01'; CREATE ROLE locked NOLOGIN PASSWORD '${password}'; CREATE ROLE crowded LOGIN CONNECTION LIMIT 0 PASSWORD '${password}'`,
    )
    sql(server.port, `SET password_encryption = 'md5'; CREATE ROLE old LOGIN PASSWORD '${password}'`)
  }, 60_000)
  afterAll(() => server?.stop())

  it('knows a right password, its user and its rights', async () => {
    const { verdict } = await caseOfText(uri('admin', password, server.port))
    expect(verdict).toMatchObject({
      state: 'live',
      reason: 'works',
      identity: { user: 'admin', role: 'admin' },
      grants: ['superuser'],
      expiresAt: '2099-01-01T00:00:00.000Z',
    })
    expect(verdict.evidence[0]?.fields).toMatchObject({ asked: 'scram-sha-256', security: 'encrypted' })
  })

  it.each([
    ['by SCRAM', 'app'],
    ['by MD5', 'old'],
    ['as it is', 'clear'],
  ])('knows a right password that is asked for %s, and a wrong one', async (_, user) => {
    expect((await caseOfText(uri(user, password, server.port))).verdict).toMatchObject({
      state: 'live',
      reason: 'works',
    })
    expect((await caseOfText(uri(user, 'wrong', server.port))).verdict).toMatchObject({
      state: 'dead',
      reason: 'rejected',
    })
  })

  it.each([
    ['a user that does not exist', 'nobody_at_all', 'dead', 'rejected'],
    ['a password past its date', 'late', 'dead', 'rejected'],
    ['a user that may not sign in', 'locked', 'live', 'locked'],
    ['a user with too many connections', 'crowded', 'live', 'limited'],
    ['a user that is trusted without a password', 'trusted', 'unknown', 'unreliable'],
    ['a user that pg_hba.conf keeps out', 'kept_out', 'unknown', 'unrecognised'],
  ])('judges %s', async (_, user, state, reason) => {
    expect((await caseOfText(uri(user, password, server.port))).verdict).toMatchObject({ state, reason })
  })

  it('knows that the password is right where the database is gone', async () => {
    expect((await caseOfText(uri('app', password, server.port, 'gone'))).verdict).toMatchObject({
      state: 'live',
      reason: 'limited',
    })
  })

  it('reads a JDBC string', async () => {
    const text = `jdbc:postgresql://127.0.0.1:${server.port}/postgres?user=app&password=${encodeURIComponent(password)}`
    expect((await caseOfText(text)).verdict).toMatchObject({ state: 'live', reason: 'works' })
  })

  it('sees who else is connected as the same user, and not itself', async () => {
    const other = spawn(program('psql') ?? '', [uri('app', password, server.port), '-c', 'SELECT pg_sleep(20)'], {
      stdio: 'ignore',
      env: { ...process.env, PGAPPNAME: 'somebody else' },
    })
    try {
      while (!sql(server.port, 'SELECT application_name FROM pg_stat_activity').includes('somebody else'))
        await after(50)
      const { verdict } = await caseOfText(uri('app', password, server.port))
      const time = expect.stringMatching(/^20[-0-9]+T[0-9:]+Z$/)
      const [seen] = verdict.connections ?? []
      expect(verdict.connections).toHaveLength(1)
      expect(seen).toEqual({
        user: 'app',
        ip: '127.0.0.1',
        client: 'somebody else',
        since: time,
        at: time,
        action: 'SELECT',
        database: 'postgres',
      })
    } finally {
      other.kill()
    }
  })

  it('is asked by an administrator who is connected, and what they asked last', async () => {
    const other = spawn(program('psql') ?? '', [uri('app', password, server.port), '-c', 'SELECT pg_sleep(20)'], {
      stdio: 'ignore',
      env: { ...process.env, PGAPPNAME: 'of the owner' },
    })
    try {
      while (!sql(server.port, 'SELECT application_name FROM pg_stat_activity').includes('of the owner'))
        await after(50)
      const asker = { provider: 'postgresql', port: server.port, user: 'admin', password }
      const { events, coverage } = await usesOfText(uri('app', 'changed since', server.port), asker)
      expect(coverage).toMatchObject({ source: 'connections', state: 'ok', covers: 'owner' })
      const caller = { ip: '127.0.0.1', userAgent: 'of the owner', actor: 'app' }
      expect(events.filter(({ userAgent }) => userAgent === caller.userAgent)).toMatchObject([
        { action: 'connect', verb: 'auth', ...caller },
        { action: 'SELECT', verb: 'read', ...caller },
      ])
    } finally {
      other.kill()
    }
  })

  it('says that an administrator of few rights is shown nobody else', async () => {
    const asker = { provider: 'postgresql', port: server.port, user: 'old', password }
    const { events, coverage } = await usesOfText(uri('app', password, server.port), asker)
    expect([events, coverage?.state, coverage?.why]).toEqual([[], 'denied', expect.stringContaining('pg_monitor')])
  })

  it('leaves nothing behind: no session, no write', async () => {
    await caseOfText(uri('admin', password, server.port))
    expect(
      sql(server.port, "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'afterleak%'").trim(),
    ).toBe('0')
  })
})

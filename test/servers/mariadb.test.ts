import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Daemon, home, mariadbSigns, program, run, startDaemon } from './daemon.ts'
import { caseOfText, usesOfText } from './database-case.ts'
import { titled } from './server.ts'

const file = program('mariadbd')
const password = 'right:p@ssword'
const uri = (user: string, secret: string, port: number): string =>
  `mysql://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/shop`

describe.skipIf(file === undefined)(titled('a real MariaDB', file), () => {
  let server: Daemon
  let open: Daemon
  let running = ''
  const prepared = () => {
    const place = home()
    const data = join(place.folder, 'data')
    run(
      program('mariadb-install-db') ?? '',
      ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
      { ...place.owner, cwd: place.folder },
    )
    return { place, data }
  }
  const sql = (folder: string, statement: string): string =>
    run(program('mariadb') ?? '', ['--no-defaults', '-S', join(folder, 'socket'), '-u', 'root', '-N', '-e', statement])
  const start = ({ place, data }: ReturnType<typeof prepared>, more: readonly string[]): Promise<Daemon> =>
    startDaemon(
      file ?? '',
      place,
      port => [
        '--no-defaults',
        `--datadir=${data}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--socket=${join(place.folder, 'socket')}`,
        `--pid-file=${join(place.folder, 'pid')}`,
        '--skip-name-resolve',
        '--innodb-buffer-pool-size=16M',
        ...more,
      ],
      () => void sql(place.folder, 'SELECT 1'),
    )

  beforeAll(async () => {
    const first = prepared()
    server = await start(first, mariadbSigns ? ['--plugin-load-add=auth_ed25519'] : [])
    running = first.place.folder
    sql(
      first.place.folder,
      [
        `CREATE USER app@'127.0.0.1' IDENTIFIED BY '${password}'`,
        'CREATE DATABASE shop',
        "GRANT SELECT, INSERT ON shop.* TO app@'127.0.0.1'",
        `CREATE USER admin@'%' IDENTIFIED BY '${password}'`,
        "GRANT ALL PRIVILEGES ON *.* TO admin@'%'",
        `CREATE USER locked@'%' IDENTIFIED BY '${password}' ACCOUNT LOCK`,
        `CREATE USER late@'%' IDENTIFIED BY '${password}' PASSWORD EXPIRE`,
        `CREATE USER elsewhere@'10.9.9.9' IDENTIFIED BY '${password}'`,
        ...(mariadbSigns ? [`CREATE USER signing@'%' IDENTIFIED VIA ed25519 USING PASSWORD('${password}')`] : []),
        `CREATE USER few@'%' IDENTIFIED BY '${password}' WITH MAX_CONNECTIONS_PER_HOUR 1`,
      ].join('; '),
    )
    open = await start(prepared(), ['--skip-grant-tables'])
  }, 120_000)
  afterAll(async () => {
    await server?.stop()
    await open?.stop()
  })

  it('knows a right password, its account and its rights, and no hash of it', async () => {
    const { verdict } = await caseOfText(uri('app', password, server.port))
    expect(verdict).toMatchObject({
      state: 'live',
      reason: 'works',
      identity: { user: 'app@127.0.0.1' },
      grants: ['USAGE ON *.*', 'SELECT, INSERT ON `shop`.*'],
    })
    expect(JSON.stringify(verdict)).not.toMatch(/\*[0-9A-F]{40}/)
  })

  it.skipIf(!mariadbSigns).each([
    [password, 'live', 'works'],
    ['wrong', 'dead', 'rejected'],
  ])('is signed in to by a signature, with ed25519: %s', async (secret, state, reason) => {
    const { verdict } = await caseOfText(uri('signing', secret, server.port))
    expect(verdict).toMatchObject({ state, reason, evidence: [{ fields: { asked: 'client_ed25519' } }] })
  })

  it('sees who else is connected as the same user, with what kind of question, and not itself', async () => {
    const other = spawn(
      program('mariadb') ?? '',
      [
        '--no-defaults',
        '-h',
        '127.0.0.1',
        '-P',
        String(server.port),
        '-u',
        'app',
        `-p${password}`,
        '-e',
        'SELECT SLEEP(20)',
      ],
      { stdio: 'ignore' },
    )
    try {
      while (!sql(running, 'SHOW PROCESSLIST').includes('SLEEP(20)')) await after(50)
      const { verdict } = await caseOfText(uri('app', password, server.port))
      const time = expect.stringMatching(/^20[-0-9]+T[0-9:]+Z$/)
      expect(verdict.connections).toEqual([{ user: 'app', ip: '127.0.0.1', at: time, action: 'SELECT' }])
    } finally {
      other.kill()
    }
  })

  it('is asked by an administrator who is connected; one without PROCESS is shown nobody else', async () => {
    const args = ['--no-defaults', '-h', '127.0.0.1', '-P', String(server.port), '-u', 'app', `-p${password}`]
    const other = spawn(program('mariadb') ?? '', [...args, '-e', 'SELECT SLEEP(21)'], { stdio: 'ignore' })
    try {
      while (!sql(running, 'SHOW PROCESSLIST').includes('SLEEP(21)')) await after(50)
      const asker = { provider: 'mysql', port: server.port, user: 'admin', password }
      const { events, coverage } = await usesOfText(uri('app', 'changed since', server.port), asker)
      expect(coverage).toMatchObject({ source: 'connections', state: 'ok' })
      expect(events).toMatchObject([{ action: 'SELECT', ip: '127.0.0.1', actor: 'app' }])
      const poor = await usesOfText(uri('admin', 'changed', server.port), { ...asker, user: 'app' })
      expect(poor.coverage).toMatchObject({ state: 'denied', why: expect.stringContaining('PROCESS') })
    } finally {
      other.kill()
    }
  })

  it.each([
    ['a wrong password', 'app', 'wrong', 'dead', 'rejected'],
    ['a user that does not exist', 'stranger', password, 'dead', 'rejected'],
    ['an account of other addresses', 'elsewhere', password, 'dead', 'rejected'],
    ['an account that is locked', 'locked', password, 'live', 'locked'],
    ['a locked account with a wrong password', 'locked', 'wrong', 'dead', 'rejected'],
    ['a password that must be changed', 'late', password, 'live', 'locked'],
  ])('judges %s', async (_, user, secret, state, reason) => {
    expect((await caseOfText(uri(user, secret, server.port))).verdict).toMatchObject({ state, reason })
  })

  it('knows a right password of an account that has used up its hour', async () => {
    await caseOfText(uri('few', password, server.port))
    expect((await caseOfText(uri('few', password, server.port))).verdict).toMatchObject({
      state: 'live',
      reason: 'limited',
    })
  })

  it('takes a server without its table of users for no proof', async () => {
    expect((await caseOfText(uri('anybody', 'whatever', open.port))).verdict).toMatchObject({
      state: 'unknown',
      reason: 'unreliable',
    })
  })
})

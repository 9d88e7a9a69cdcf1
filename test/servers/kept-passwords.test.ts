import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Daemon, home, mariadbSigns, program, run, startDaemon } from './daemon.ts'
import { caseOfText } from './database-case.ts'
import { titled } from './server.ts'

const password = 'right:p@ss word'
const administrators = 'of the administrator'
const at = (scheme: string, user: string, secret: string, port: number): string =>
  `${scheme}://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/shop`

/** What a database's own list says of a key that is never shown to it. */
async function lookedUp(uri: string, provider: string, user: string, secret = administrators) {
  const { verdict, lookup } = await caseOfText(uri, {
    noTouch: true,
    environment: { ADMIN: secret },
    admin: new Map([
      [
        provider,
        new Map([
          ['user', user],
          ['password', 'env:ADMIN'],
          ['host', new URL(uri.replace(/^[a-z]+:/, 'http:')).host],
        ]),
      ],
    ]),
  })
  expect(JSON.stringify([verdict, lookup])).not.toMatch(/SCRAM-SHA-256\$|\*[0-9A-F]{40}|[0-9a-f]{64}/)
  return { ...verdict, looked: lookup?.[0] }
}

const redis = program('redis-server')
describe.skipIf(redis === undefined)(titled('what a real Redis keeps', redis), () => {
  let server: Daemon
  const ask = (port: number, ...words: readonly string[]): string =>
    run(program('redis-cli') ?? '', ['-p', String(port), '--no-auth-warning', '-a', administrators, ...words])
  beforeAll(async () => {
    server = await startDaemon(
      redis ?? '',
      home(),
      port => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--requirepass', administrators],
      port => void ask(port, 'PING'),
    )
    ask(server.port, 'ACL', 'SETUSER', 'app', 'on', '>another', `>${password}`, '~cache:*', '+get')
    ask(server.port, 'ACL', 'SETUSER', 'off', 'off', `>${password}`)
    ask(server.port, 'ACL', 'SETUSER', 'anyone', 'on', 'nopass', '+get')
    ask(server.port, 'ACL', 'SETUSER', 'weak', 'on', `>${administrators}`, '+get')
  }, 60_000)
  afterAll(() => server?.stop())

  it.each([
    ['a password of a user', 'app', password, 'live', 'works'],
    ['another password', 'app', 'wrong', 'dead', 'rejected'],
    ['a user that is off', 'off', password, 'dead', 'disabled'],
    ['no such user', 'stranger', password, 'dead', 'rejected'],
    ['a user that takes any password', 'anyone', password, 'skipped', 'no_touch'],
    ['the server’s own password', '', administrators, 'live', 'works'],
  ])('tells %s', async (_, user, secret, state, reason) => {
    ask(server.port, 'ACL', 'LOG', 'RESET')
    const uri = at('redis', user, secret, server.port).replace('/shop', '/0')
    expect(await lookedUp(uri, 'redis', 'default')).toMatchObject({ state, reason })
    expect(ask(server.port, 'ACL', 'LOG').trim()).toBe('')
  })

  it('says what its administrator may not, or that it is none', async () => {
    const uri = at('redis', 'app', password, server.port).replace('/shop', '/0')
    expect(await lookedUp(uri, 'redis', 'weak')).toMatchObject({ state: 'skipped', looked: { state: 'denied' } })
    expect(await lookedUp(uri, 'redis', 'default', 'wrong')).toMatchObject({
      state: 'skipped',
      looked: { state: 'denied', why: expect.stringContaining('could not sign in') },
    })
  })
})

const postgres = program('postgres')
describe.skipIf(postgres === undefined)(titled('what a real PostgreSQL keeps', postgres), () => {
  const { folder, owner } = home()
  const data = `${folder}/data`
  let server: Daemon
  const sql = (port: number, input: string): string =>
    run(
      program('psql') ?? '',
      ['-h', folder, '-p', String(port), '-U', 'root', '-tA', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1'],
      {
        ...owner,
        input,
      },
    )
  beforeAll(async () => {
    run(program('initdb') ?? '', ['-D', data, '-U', 'root', '-A', 'trust'], { ...owner, cwd: folder })
    server = await startDaemon(
      postgres ?? '',
      { folder, owner },
      port => [
        '-D',
        data,
        '-p',
        String(port),
        '-k',
        folder,
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        `hba_file=${data}/pg_hba.conf`,
      ],
      port => void sql(port, 'SELECT 1;'),
    )
    const quoted = `'${password}'`
    sql(
      server.port,
      `ALTER ROLE root PASSWORD '${administrators}';
       CREATE ROLE app LOGIN PASSWORD ${quoted}; CREATE ROLE "we'ird" LOGIN PASSWORD ${quoted};
       CREATE ROLE nologin NOLOGIN PASSWORD ${quoted}; CREATE ROLE ended LOGIN PASSWORD ${quoted} VALID UNTIL '2020-01-01';
       SET password_encryption = 'md5'; CREATE ROLE old LOGIN PASSWORD ${quoted}; CREATE ROLE bare LOGIN;`,
    )
  }, 120_000)
  afterAll(() => server?.stop())
  const rules = (method: string): void => {
    sql(
      server.port,
      `COPY (SELECT 'local all all trust' UNION ALL SELECT 'host all root 127.0.0.1/32 scram-sha-256' UNION ALL SELECT 'host all all 127.0.0.1/32 ${method}') TO '${data}/pg_hba.conf'; SELECT pg_reload_conf();`,
    )
  }

  it.each([
    ['its password', 'app', password, 'live', 'works'],
    ['another password', 'app', 'wrong', 'dead', 'rejected'],
    ['its password, kept as MD5', 'old', password, 'live', 'works'],
    ['another password, kept as MD5', 'old', 'wrong', 'dead', 'rejected'],
    ['a user that may not sign in', 'nologin', password, 'dead', 'disabled'],
    ['a password that has ended', 'ended', password, 'dead', 'expired'],
    ['no such user', 'stranger', password, 'dead', 'rejected'],
    ['a user without a password', 'bare', password, 'skipped', 'no_touch'],
  ])('tells %s', async (_, user, secret, state, reason) => {
    rules('md5')
    expect(await lookedUp(at('postgresql', user, secret, server.port), 'postgresql', 'root')).toMatchObject({
      state,
      reason,
    })
  })

  it.each([
    ['a directory may know another password', 'ldap ldapserver=192.0.2.1 ldapprefix="cn="'],
    ['no password is asked for', 'trust'],
  ])('calls nothing dead where %s', async (_, method) => {
    rules(method)
    const uri = at('postgresql', 'app', 'wrong', server.port)
    expect(await lookedUp(uri, 'postgresql', 'root')).toMatchObject({ state: 'skipped', looked: { state: 'ok' } })
    rules('md5')
  })

  it('says that pg_authid is for superusers', async () => {
    const uri = at('postgresql', 'app', password, server.port)
    expect(await lookedUp(uri, 'postgresql', 'old', password)).toMatchObject({
      state: 'skipped',
      looked: { state: 'denied', why: expect.stringContaining('superuser') },
    })
  })
})

const mariadb = program('mariadbd')
describe.skipIf(mariadb === undefined)(titled('what a real MariaDB keeps', mariadb), () => {
  const { folder, owner } = home()
  let server: Daemon
  const sql = (input: string): string =>
    run(program('mariadb') ?? '', ['-S', `${folder}/socket`, '-u', 'nobody', 'mysql'], { ...owner, input })
  const start = (place: ReturnType<typeof home>, more: readonly string[]): Promise<Daemon> => {
    const data = `--datadir=${place.folder}/data`
    const socket = `${place.folder}/socket`
    run(
      program('mariadb-install-db') ?? '',
      ['--no-defaults', data, '--auth-root-authentication-method=normal', '--skip-test-db', '--user=nobody'],
      { ...place.owner, cwd: place.folder },
    )
    const settings = ['--no-defaults', data, '--bind-address=127.0.0.1', '--skip-name-resolve', `--socket=${socket}`]
    return startDaemon(
      mariadb ?? '',
      place,
      port => [...settings, `--port=${port}`, ...more],
      () => void run(program('mariadb') ?? '', ['-S', socket, '-u', 'root', '-e', 'SELECT 1'], place.owner),
    )
  }
  beforeAll(async () => {
    server = await start({ folder, owner }, mariadbSigns ? ['--plugin-load-add=auth_ed25519'] : [])
    const quoted = `'${password}'`
    run(program('mariadb') ?? '', ['-S', `${folder}/socket`, '-u', 'root'], {
      ...owner,
      input: `CREATE USER nobody@localhost; GRANT ALL ON *.* TO nobody@localhost WITH GRANT OPTION; DELETE FROM mysql.global_priv WHERE User = ''; FLUSH PRIVILEGES;
        CREATE OR REPLACE USER root@'127.0.0.1' IDENTIFIED BY '${administrators}'; GRANT ALL ON *.* TO root@'127.0.0.1';
        CREATE USER app@'%' IDENTIFIED BY ${quoted}; CREATE USER app@'10.%' IDENTIFIED BY 'another';
        CREATE USER locked@'%' IDENTIFIED BY ${quoted} ACCOUNT LOCK; CREATE USER few@'%' IDENTIFIED BY ${quoted};
        CREATE USER either@'%' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD(${quoted});${mariadbSigns ? `CREATE USER signing@'%' IDENTIFIED VIA ed25519 USING PASSWORD(${quoted});` : ''}`,
    })
  }, 120_000)
  afterAll(() => server?.stop())

  it.each([
    ['a password of one of its accounts', 'app', password, 'live', 'works'],
    ['another password', 'app', 'wrong', 'dead', 'rejected'],
    ['one of several ways to sign in', 'either', password, 'live', 'works'],
    ['an account that is locked', 'locked', password, 'live', 'locked'],
    ['no such user', 'stranger', password, 'dead', 'rejected'],
  ])('tells %s', async (_, user, secret, state, reason) => {
    expect(await lookedUp(at('mysql', user, secret, server.port), 'mysql', 'root')).toMatchObject({ state, reason })
  })

  it.skipIf(!mariadbSigns).each([
    [password, 'live', 'works'],
    ['wrong', 'dead', 'rejected'],
  ])('tells by a public key whether it is that of %s', async (secret, state, reason) => {
    const told = await lookedUp(at('mysql', 'signing', secret, server.port), 'mysql', 'root')
    expect(told).toMatchObject({ state, reason })
  })

  it('calls nothing dead where a nameless user stands before the named one', async () => {
    sql("INSERT INTO global_priv (Host, User, Priv) VALUES ('127.0.0.1', '', '{}'); FLUSH PRIVILEGES;")
    const told = await lookedUp(at('mysql', 'app', 'wrong', server.port), 'mysql', 'root')
    sql("DELETE FROM global_priv WHERE User = ''; FLUSH PRIVILEGES;")
    expect(told).toMatchObject({ state: 'skipped', looked: { state: 'ok' } })
  })

  it('tells nothing where the server runs without its table of users', { timeout: 60_000 }, async () => {
    const open = await start(home(), ['--skip-grant-tables'])
    const told = await lookedUp(at('mysql', 'app', 'wrong', open.port), 'mysql', 'root')
    await open.stop()
    expect(told).toMatchObject({ state: 'skipped', looked: { why: expect.stringContaining('lets everybody in') } })
  })

  it('says who may not read the table', async () => {
    const told = await lookedUp(at('mysql', 'app', password, server.port), 'mysql', 'few', password)
    expect(told).toMatchObject({
      state: 'skipped',
      looked: { state: 'denied', why: expect.stringContaining('accounts') },
    })
  })
})

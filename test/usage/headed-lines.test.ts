import { describe, expect, it } from 'vitest'
import { eventsIn, read } from './support.ts'

const at = Date.parse('2026-11-01T10:00:00Z')
const denied = "2026-11-01T10:00:00.000000Z 344 [Note] Access denied for user 'root'@'192.0.2.9' (using password: YES)"
const web = '192.0.2.1 - - [01/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl"'

describe('lines that a collector put something before', () => {
  it.each([
    ['syslog before MySQL', `Nov  1 10:00:00 db mysql[2769]: ${denied}`, { source: 'mysql', ip: '192.0.2.9' }],
    [
      'a container’s runtime before nginx',
      `2026-11-01T10:00:00.1Z stdout F ${web}`,
      { ip: '192.0.2.1', action: 'GET /' },
    ],
    ['syslog before nginx', `<190>Nov  1 10:00:00 www nginx: ${web}`, { ip: '192.0.2.1', action: 'GET /' }],
  ])('reads %s', async (_what, line, event) => {
    expect(await eventsIn(line)).toEqual([expect.objectContaining({ at, ...event })])
  })

  it('reads one inside a record too', async () => {
    const record = JSON.stringify({ message: `Nov  1 10:00:00 db mysql[2769]: ${denied}` })
    expect(await eventsIn(record)).toEqual([expect.objectContaining({ source: 'mysql', actor: 'root' })])
  })

  it.each([
    ['syslog', '<190>Nov  1 10:00:00 git github_audit: '],
    ['a container’s runtime', '2026-11-01T10:00:00.1Z stdout F '],
  ])('reads JSON behind %s, in lines and in a record', async (_what, before) => {
    const record = { action: 'repo.destroy', actor: 'eve', created_at: at, org: 'acme', actor_ip: '192.0.2.9' }
    const line = `${before}${JSON.stringify(record)}`
    const found = expect.objectContaining({ at, source: 'github-audit', actor: 'eve', ip: '192.0.2.9' })
    expect(await eventsIn(`${line}\n${line}\n`)).toEqual([found, found])
    expect(await eventsIn(JSON.stringify({ program: 'x', message: line }))).toEqual([found])
  })

  it.each<[string, (level: string, text: string) => string]>([
    ['syslog', (level, text) => `Nov  1 10:00:00 db postgres[7]: [3-1] user=eve,db=app ${level}:  ${text}`],
    [
      'Cloud SQL',
      (level, text) =>
        JSON.stringify({
          logName: 'projects/acme/logs/cloudsql.googleapis.com%2Fpostgres.log',
          textPayload: `[7]: [3-1] db=app,user=eve ${level}:  ${text}`,
          timestamp: '2026-11-01T10:00:00Z',
        }),
    ],
    [
      'CloudNativePG',
      (level, text) =>
        JSON.stringify({
          logger: 'postgres',
          msg: 'record',
          record: {
            log_time: '2026-11-01 10:00:00 UTC',
            user_name: 'eve',
            database_name: 'app',
            connection_from: '192.0.2.9:5000',
            session_id: '1',
            error_severity: level,
            message: text,
            query_id: '0',
          },
        }),
    ],
  ])('reads PostgreSQL by %s, whose time it has', async (_what, line) => {
    const log = [
      line('LOG', 'connection received: host=192.0.2.9 port=5000'),
      line('LOG', 'connection authorized: user=eve database=app'),
      line('LOG', "statement: COPY users TO PROGRAM 'curl'"),
    ]
    const found = { at, source: 'postgres', actor: 'eve', ip: '192.0.2.9' }
    expect(await eventsIn(log.join('\n'))).toEqual([
      expect.objectContaining({ ...found, action: 'connect' }),
      expect.objectContaining({ ...found, action: 'COPY' }),
    ])
  })

  it('leaves a head alone that the log itself is made of', async () => {
    const line = 'Nov  1 10:00:00 web sshd[1]: Invalid user test from 192.0.2.3'
    expect(await eventsIn(line)).toEqual([expect.objectContaining({ at, actor: 'test', service: 'web' })])
  })
})

describe('passwords that were refused', () => {
  it.each([
    [
      'nginx',
      '2026/11/01 10:00:00 [error] 2865#0: *66647 user "eve": password mismatch, client: 192.0.2.9, server: x, request: "GET /a?k=1 HTTP/1.1", host: "x"',
    ],
    ['nginx', '2026/11/01 10:00:00 [error] 1#1: *1 user "eve" was not found in "/h", client: 192.0.2.9, server: _'],
    [
      'Apache',
      '[Sun Nov 01 10:00:00.880562 2026] [auth_basic:error] [pid 10:tid 14] [client 192.0.2.9:50229] AH01618: user eve not found: /',
    ],
    [
      'Apache of old',
      '[Sun Nov  1 10:00:00 2026] [error] [client 192.0.2.9] user eve: authentication failure for "/": Password Mismatch',
    ],
    ['PAM of old', 'Nov  1 10:00:00 web sshd(pam_unix)[1]: authentication failure; uid=0 rhost=192.0.2.9  user=eve'],
    ['sshd', 'Nov  1 10:00:00 web sshd[1]: User eve from 192.0.2.9 not allowed because not listed in AllowUsers'],
    [
      'PostgreSQL, host first',
      '192.0.2.9 2026-11-01 10:00:00.0 UTC [1] eve@app FATAL:  password authentication failed for user "eve"',
    ],
    [
      'PostgreSQL, host bare',
      '2026-11-01 10:00:00.0 UTC [1] 192.0.2.9 eve@app FATAL:  password authentication failed for user "eve"',
    ],
    [
      'PostgreSQL, named',
      '2026-11-01 10:00:00 UTC [1]: user=eve,db=app,app=psql,client=192.0.2.9 FATAL:  password authentication failed for user "eve"',
    ],
  ])('are read in %s', async (_what, line) => {
    expect(await eventsIn(line)).toEqual([
      expect.objectContaining({ at, actor: 'eve', ip: '192.0.2.9', verb: 'auth', outcome: 'failure' }),
    ])
  })

  it('says nothing of what else goes wrong', async () => {
    const text = [
      '2026/11/01 10:00:00 [error] 1#1: *1 open() "/x" failed (2: No such file or directory), client: 192.0.2.9',
      '[Sun Nov 01 10:00:00.1 2026] [core:error] [pid 1:tid 4] [client 192.0.2.9] File does not exist: /x',
    ]
    for (const line of text) expect(await read(line)).toEqual({ events: [], warnings: [] })
  })
})

it('says so where no log is known, also where it begins like JSON', async () => {
  for (const text of [
    '[01/Nov/2026:10:00:00 +0000] - 404 404 - GET http x "/"\n[',
    '[2026-11-01 10:00:00][x] hello',
    '{"a',
  ])
    expect((await read(text)).warnings).toHaveLength(1)
})

it('takes two spellings of an address for one', async () => {
  const line = (ip: string) => `Nov  1 10:00:00 web sshd[1]: Invalid user test from ${ip} port 4`
  const events = await eventsIn(['2001:0DB8:0:0:0:0:0:1', '2001:db8::1', '::ffff:192.0.2.1'].map(line).join('\n'))
  expect(events.map(({ ip }) => ip)).toEqual(['2001:db8::1', '2001:db8::1', '192.0.2.1'])
})

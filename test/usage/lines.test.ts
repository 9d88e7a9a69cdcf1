import { describe, expect, it } from 'vitest'
import { madeUp } from '../../src/catalog/made-up.ts'
import { eventsIn, read } from './support.ts'

const at = Date.parse('2026-11-01T10:00:00Z')
const print = `SHA256:${madeUp('{base64:43}', 'print')}`

describe('sign-ins by SSH', () => {
  it('reads accepted and refused ones, and passes over other programs', async () => {
    const text = [
      `Nov  1 10:00:00 web sshd[1361]: Accepted publickey for ubuntu from 192.0.2.1 port 54259 ssh2: RSA ${print}`,
      'Nov  1 10:00:01 web sshd[1]: Failed password for invalid user admin from 192.0.2.2 port 1 ssh2',
      'Nov  1 10:00:02 web sshd[1]: Invalid user test from 192.0.2.3',
      'Nov  1 10:00:03 web CRON[9]: pam_unix(cron:session): session opened for user root',
      'Nov  1 10:00:04 web sshd[1]: message repeated 3 times: [ Failed password for root from 192.0.2.4 port 1 ssh2]',
      'Nov  1 10:00:05 web sshd[1]: Received disconnect from 192.0.2.4: 11: bye',
    ].join('\n')
    const events = await eventsIn(text)
    expect(events.map(({ actor, outcome, ip, count }) => [actor, outcome, ip, count])).toEqual([
      ['ubuntu', 'success', '192.0.2.1', undefined],
      ['admin', 'failure', '192.0.2.2', undefined],
      ['test', 'failure', '192.0.2.3', undefined],
      ['root', 'failure', '192.0.2.4', 3],
    ])
    expect(events[0]).toMatchObject({
      at,
      credential: { uid: print, match: 'exact' },
      userAgent: 'publickey',
      verb: 'auth',
    })
  })

  it('takes the year from the file, or as it is told', async () => {
    const line = 'Dec 31 23:00:00 web sshd[1]: Invalid user test from 192.0.2.3'
    const year = async (options: object) => new Date((await read(line, options)).events[0]?.at ?? 0).getUTCFullYear()
    expect(await year({ modified: new Date('2026-01-02T00:00:00Z') })).toBe(2025)
    expect(await year({ modified: new Date('2026-12-31T23:30:00Z') })).toBe(2026)
    expect(await year({ year: 2017 })).toBe(2017)
  })

  it('reads the form with a full date', async () => {
    const [event] = await eventsIn(
      '2026-11-01T12:00:00.000000+02:00 web sshd-session[1]: Invalid user x from 192.0.2.3 port 4',
    )
    expect(event?.at).toBe(at)
  })
})

describe('web servers', () => {
  it.each([
    ['example.com:443 192.0.2.1', '', { service: 'example.com', ip: '192.0.2.1' }],
    ['192.0.2.1, 10.0.0.9, 127.0.0.1', '', { ip: '192.0.2.1' }],
    ['example.com 203.0.113.9, 192.0.2.1, 10.0.0.9', '', { service: 'example.com', ip: '192.0.2.1' }],
    ['example.com "203.0.113.9, 192.0.2.1" 10.0.0.9', '', { ip: '192.0.2.1' }],
    ['10.0.0.9', ' "203.0.113.9, 192.0.2.1"', { ip: '192.0.2.1' }],
    ['192.0.2.1', ' "203.0.113.9"', { ip: '192.0.2.1' }],
    ['10.0.0.9', ' "-"', { ip: '10.0.0.9' }],
    ['10.0.0.9', ' 89 0.001 [default-web] [] 172.17.0.5:80 59 0.000 200 c0ffee', { ip: '10.0.0.9' }],
    ['2001:db8::1', '', { ip: '2001:db8::1' }],
    ['- 192.0.2.1', '', { ip: '192.0.2.1' }],
  ])('tells who asked from %s%s', async (from, behind, event) => {
    const line = `${from} - - [01/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl"${behind}`
    expect(await eventsIn(line)).toEqual([expect.objectContaining({ at, userAgent: 'curl', ...event })])
  })

  it.each([
    ['monitor - - [01/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5', { action: 'GET /' }],
    ['::1 - - [01/Nov/2026:10:00:00 +0000] "-" 408 -', { action: 'malformed request', outcome: 'failure' }],
    ['web:80 unix: - - [01/Nov/2026:10:00:00 +0000] "hello" 400 173 "-" "-"', { service: 'web' }],
  ])('reads %s', async (line, event) => {
    expect(await eventsIn(line)).toEqual([expect.objectContaining({ at, source: 'web-access', ...event })])
  })

  it('keeps no query and no piece of a path that could be a key', async () => {
    const secret = madeUp('{alnum:32}', 'web')
    const text = `192.0.2.1 - alice [01/Nov/2026:12:00:00 +0200] "GET /v1/${secret}/users/12?api_key=${secret} HTTP/1.1" 403 512 "https://x/?k=${secret}" "curl/8 (x)"`
    const [event] = await eventsIn(text)
    expect(event).toMatchObject({
      at,
      source: 'web-access',
      action: 'GET /v1/{id}/users/{id}',
      resource: '/v1/…/users/12',
      outcome: 'failure',
      bytes: 512,
      userAgent: 'curl/8 (x)',
      credential: { uid: 'alice', match: 'principal' },
    })
    expect(JSON.stringify(event)).not.toContain(secret)
  })

  it('reads a name with a space in it', async () => {
    const [event] = await eventsIn('192.0.2.1 - John Doe [01/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5')
    expect(event).toMatchObject({ ip: '192.0.2.1', actor: 'John Doe' })
  })

  it('reads the common form, and a request that is none', async () => {
    const text =
      '192.0.2.1 - - [01/Nov/2026:10:00:00 +0000] "\\x16\\x03" 400 -\n::1 - - [01/Nov/2026:10:00:00 +0000] "POST /x HTTP/1.0" 200 1'
    expect((await eventsIn(text)).map(({ action, ip }) => [action, ip])).toEqual([
      ['malformed request', '192.0.2.1'],
      ['POST /x', '::1'],
    ])
  })
})

describe('Conjur', () => {
  it('reads RFC 5424 with its own elements', async () => {
    const line =
      '<38>1 2026-11-01T10:00:00.000Z conjur conjur 1 identity-check [subject@43868 role="acme:user:alice"][auth@43868 user="acme:user:alice"][client@43868 ip="192.0.2.1"][action@43868 result="failure" operation="check"] acme:user:alice checked its identity'
    expect(await eventsIn(line)).toEqual([
      expect.objectContaining({
        at,
        source: 'conjur',
        actor: 'acme:user:alice',
        account: 'acme',
        ip: '192.0.2.1',
        outcome: 'failure',
        verb: 'auth',
        action: 'identity-check check',
      }),
    ])
  })
})

describe('Conjur’s other events', () => {
  it.each([
    [
      'policy',
      '[auth@43868 user="acme:user:admin"][subject@43868 resource="acme:variable:dev/db/a"][client@43868 ip="192.0.2.1"][action@43868 result="success" operation="remove"][policy@43868 id="acme:policy:dev/db" version="2"]',
      { action: 'policy remove', verb: 'admin', resource: 'acme:variable:dev/db/a' },
    ],
    [
      'acme:variable:dev/db/a',
      '[auth@43868 user="acme:user:alice"][subject@43868 resource="acme:variable:dev/db/a" privilege="execute"][client@43868 ip="192.0.2.1"][action@43868 result="success" operation="get"]',
      { action: 'variable get', verb: 'read', resource: 'acme:variable:dev/db/a' },
    ],
    [
      'authn',
      '[subject@43868 role="acme:host:ci"][auth@43868 user="acme:host:ci" authenticator="authn" service="acme:webservice:conjur/authn"][client@43868 ip="192.0.2.1"][action@43868 result="success" operation="authenticate"]',
      { action: 'authn authenticate', verb: 'auth', actor: 'acme:host:ci', service: 'authn' },
    ],
  ])('are read: %s', async (msgid, elements, event) => {
    const line = `<86>1 2026-11-01T10:00:00.000Z conjur conjur 9 ${msgid} ${elements} in words`
    expect(await eventsIn(line)).toEqual([expect.objectContaining({ at, source: 'conjur', ip: '192.0.2.1', ...event })])
  })
})

describe('databases', () => {
  it('follows a connection of PostgreSQL through its lines, and names statements without what they hold', async () => {
    const text = [
      '2026-11-01 10:00:00.000 UTC [77] LOG:  connection received: host=192.0.2.1 port=5000',
      '2026-11-01 10:00:00.000 UTC [77] LOG:  connection authorized: user=alice database=app application_name=psql SSL enabled',
      "2026-11-01 10:00:00.000 UTC [77] LOG:  statement: CREATE ROLE eve PASSWORD 'hunter2hunter2'",
      '\tLOGIN;',
      '2026-11-01 10:00:00.000 UTC [78] bob@app FATAL:  password authentication failed for user "bob"',
      '2026-11-01 10:00:00.000 UTC [9] LOG:  checkpoint starting: time',
    ].join('\n')
    const events = await eventsIn(text)
    expect(events.map(({ action, actor, ip, outcome, verb }) => [action, actor, ip, outcome, verb])).toEqual([
      ['connect', 'alice', '192.0.2.1', 'success', 'auth'],
      ['CREATE ROLE', 'alice', '192.0.2.1', 'success', 'admin'],
      ['connect', 'bob', undefined, 'failure', 'auth'],
    ])
    expect(JSON.stringify(events)).not.toContain('hunter2')
  })

  it('reads the prefix that Amazon RDS gives each line', async () => {
    const text = [
      '2026-11-01 10:00:00 UTC:192.0.2.1(5000):alice@app:[77]:LOG:  connection authorized: user=alice database=app',
      '2026-11-01 10:00:00 UTC:192.0.2.1(5000):alice@app:[77]:LOG:  execute <unnamed>: SELECT * FROM cards',
      '2026-11-01 10:00:00 UTC:192.0.2.9(5001):eve@app:[78]:FATAL:  password authentication failed for user "eve"',
    ].join('\n')
    expect((await eventsIn(text)).map(({ action, actor, ip, service }) => [action, actor, ip, service])).toEqual([
      ['connect', 'alice', '192.0.2.1', 'app'],
      ['SELECT', 'alice', '192.0.2.1', 'app'],
      ['connect', 'eve', '192.0.2.9', 'app'],
    ])
  })

  it('reads the slow log of MySQL, and names a statement only', async () => {
    const text = [
      '/usr/sbin/mysqld, Version: 8.4.0. started with:',
      '# Time: 2026-11-01T10:00:00.000000Z',
      '# User@Host: eve[eve] @ db.example [192.0.2.9]  Id:    42',
      '# Query_time: 4.1  Lock_time: 0.0 Rows_sent: 90000  Rows_examined: 90000',
      'use shop;',
      'SET timestamp=1793527200;',
      "SELECT * FROM customers WHERE secret = 'hunter2'",
      '  OR 1 = 1;',
      '# Time: 261101 10:00:00 # User@Host: bob[bob] @ localhost []',
      'DELETE FROM customers;',
    ].join('\n')
    const events = await eventsIn(text)
    expect(events).toEqual([
      expect.objectContaining({
        at,
        source: 'mysql-slow',
        actor: 'eve',
        ip: '192.0.2.9',
        service: 'shop',
        action: 'SELECT',
      }),
      expect.objectContaining({ at, actor: 'bob', action: 'DELETE' }),
    ])
    expect(JSON.stringify(events)).not.toContain('hunter2')
  })

  it('reads the general log of old servers, with spaces for tabs', async () => {
    const text = [
      '261101 10:00:00\t     42 Connect     eve@192.0.2.9 on shop',
      '\t\t     42 Query       SELECT 1',
    ].join('\n')
    expect(await eventsIn(text)).toEqual([
      expect.objectContaining({ at, action: 'connect', actor: 'eve', ip: '192.0.2.9' }),
      expect.objectContaining({ at, action: 'SELECT', actor: 'eve', service: 'shop' }),
    ])
  })

  it('reads the general log and the error log of MySQL', async () => {
    const general = [
      '2026-11-01T10:00:00.000000Z\t    8 Connect\talice@192.0.2.1 on app using TCP/IP',
      "2026-11-01T10:00:00.000000Z\t    8 Query\tGRANT ALL ON *.* TO 'eve'@'%' IDENTIFIED BY 'hunter2'",
      '  WITH GRANT OPTION',
      '2026-11-01T10:00:00.000000Z\t    8 Quit\t',
      "2026-11-01T10:00:00.000000Z\t    9 Connect\tAccess denied for user 'root'@'192.0.2.9' (using password: YES)",
    ].join('\n')
    const events = await eventsIn(general)
    expect(events.map(({ action, actor, ip, outcome }) => [action, actor, ip, outcome])).toEqual([
      ['connect', 'alice', '192.0.2.1', 'success'],
      ['GRANT', 'alice', '192.0.2.1', 'unknown'],
      ['connect', 'root', '192.0.2.9', 'failure'],
    ])
    expect(JSON.stringify(events)).not.toContain('hunter2')
    const mariadb = "2026-11-01 10:00:00 8 [Warning] Access denied for user 'root'@'192.0.2.9' (using password: YES)"
    expect(await eventsIn(mariadb)).toEqual([expect.objectContaining({ at, actor: 'root', error: 'access denied' })])
  })
})

import { spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Daemon, home, program, run, startDaemon } from './daemon.ts'
import { caseOfText, usesOfText } from './database-case.ts'
import { titled } from './server.ts'

const file = program('redis-server')
const password = 'right:p@ssword'
const uri = (user: string, secret: string, port: number): string =>
  `redis://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/0`

describe.skipIf(file === undefined)(titled('a real Redis', file), () => {
  let server: Daemon
  let open: Daemon
  const ask = (port: number, ...words: readonly string[]): string =>
    run(program('redis-cli') ?? '', ['-p', String(port), '--no-auth-warning', '-a', password, ...words])
  const start = (settings: readonly string[]): Promise<Daemon> =>
    startDaemon(
      file ?? '',
      home(),
      port => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...settings],
      port => void ask(port, 'PING'),
    )

  beforeAll(async () => {
    server = await start(['--requirepass', password])
    open = await start([])
    ask(server.port, 'ACL', 'SETUSER', 'app', 'on', `>${password}`, '~cache:*', '+get')
    ask(server.port, 'ACL', 'SETUSER', 'off', 'off', `>${password}`, '~*', '+@all')
  }, 60_000)
  afterAll(async () => {
    await server?.stop()
    await open?.stop()
  })

  it.each([
    ['the password of the server', '', password, 'live', 'works'],
    ['the password of a user of few rights', 'app', password, 'live', 'works'],
    ['a wrong password', '', 'wrong', 'dead', 'rejected'],
    ['a wrong password of a user', 'app', 'wrong', 'dead', 'rejected'],
    ['a user that is off', 'off', password, 'dead', 'rejected'],
    ['a user that does not exist', 'stranger', password, 'dead', 'rejected'],
  ])('judges %s', async (_, user, secret, state, reason) => {
    expect((await caseOfText(uri(user, secret, server.port))).verdict).toMatchObject({ state, reason })
  })

  it('is asked by an administrator who is connected, and who still tries a password that is wrong now', async () => {
    const args = ['-p', String(server.port), '--no-auth-warning', '--user', 'app']
    const other = spawn(program('redis-cli') ?? '', [...args, '-a', password], { stdio: 'pipe' })
    try {
      other.stdin.write('GET cache:x\n')
      while (!ask(server.port, 'CLIENT', 'LIST').includes('user=app')) await pause(50)
      run(program('redis-cli') ?? '', [...args, '-a', 'leaked', 'GET', 'cache:x'])
      const asker = { provider: 'redis', port: server.port, user: 'default', password }
      const { one, events, coverage } = await usesOfText(uri('app', 'leaked', server.port), asker)
      expect(coverage).toMatchObject({ source: 'connections', state: 'ok' })
      expect(events).toContainEqual(expect.objectContaining({ action: 'GET', ip: '127.0.0.1', outcome: 'success' }))
      expect(events).toContainEqual(expect.objectContaining({ action: 'AUTH', ip: '127.0.0.1', outcome: 'failure' }))
      expect(one.verdict).toMatchObject({ state: 'dead', reason: 'rejected' })
      expect(one.misuse.attempts).toMatchObject({ by: 'user', callers: [{ ip: '127.0.0.1', actions: ['AUTH'] }] })
    } finally {
      other.kill()
    }
  })

  it('takes a server that lets everybody in for no proof, and shows it no password', async () => {
    const before = ask(open.port, 'INFO', 'commandstats')
    expect((await caseOfText(uri('', password, open.port))).verdict).toMatchObject({
      state: 'unknown',
      reason: 'unreliable',
    })
    const after = ask(open.port, 'INFO', 'commandstats')
    const auths = (text: string): string => /cmdstat_auth:calls=(\d+)/.exec(text)?.[1] ?? '0'
    // redis-cli itself signs in once for each question.
    expect(Number(auths(after)) - Number(auths(before))).toBe(1)
  })

  it('tries no made-up password, whatever was asked for', async () => {
    ask(server.port, 'ACL', 'LOG', 'RESET')
    const { verdict } = await caseOfText(uri('', password, server.port), { control: true })
    expect(verdict).toMatchObject({ state: 'live', reason: 'works' })
    expect(ask(server.port, 'ACL', 'LOG').trim()).toBe('')
  })

  it('writes nothing to ACL LOG with a right password, however few rights it has', async () => {
    ask(server.port, 'ACL', 'LOG', 'RESET')
    await caseOfText(uri('app', password, server.port))
    expect(ask(server.port, 'ACL', 'LOG').trim()).toBe('')
  })
})

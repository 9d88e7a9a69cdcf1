import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Daemon, home, program, run, startDaemon } from './daemon.ts'
import { caseOfText } from './database-case.ts'
import { titled } from './server.ts'

const script = '/usr/lib/rabbitmq/bin/rabbitmq-server'
const file = existsSync(script) && program('epmd') !== undefined ? script : undefined
const password = 'right:p@ssword'
const uri = (user: string, secret: string, port: number, vhost: string): string =>
  `amqp://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${vhost}`

describe.skipIf(file === undefined)(titled('a real RabbitMQ', file), () => {
  let server: Daemon
  let logged = ''

  beforeAll(async () => {
    const place = home()
    const inside = (name: string): string => join(place.folder, name)
    logged = inside('log')
    const definitions = {
      users: ['app', 'guest'].map(name => ({ name, password, tags: '' })),
      vhosts: [{ name: '/' }, { name: 'shop' }],
      permissions: [{ user: 'app', vhost: 'shop', configure: '^$', write: '^$', read: '^$' }],
    }
    writeFileSync(inside('definitions.json'), JSON.stringify(definitions))
    // Erlang's names are kept by a process of its own, which outlives the server.
    const names = { ERL_EPMD_PORT: '', ERL_EPMD_ADDRESS: '127.0.0.1' }
    server = await startDaemon(
      '/usr/bin/env',
      place,
      port => {
        const beside = port > 65_000 ? -1 : 1
        names.ERL_EPMD_PORT = String(port + beside)
        const settings = [
          `listeners.tcp.default = 127.0.0.1:${port}`,
          `log.file = ${logged}`,
          `load_definitions = ${inside('definitions.json')}`,
        ]
        writeFileSync(inside('rabbit.conf'), `${settings.join('\n')}\n`)
        const environment = {
          ...names,
          RUNNING_UNDER_SYSTEMD: '1',
          RABBITMQ_CONFIG_FILE: inside('rabbit.conf'),
          RABBITMQ_CONF_ENV_FILE: '/dev/null',
          RABBITMQ_ENABLED_PLUGINS_FILE: inside('none'),
          RABBITMQ_MNESIA_BASE: inside('data'),
          RABBITMQ_LOG_BASE: place.folder,
          RABBITMQ_NODENAME: 'tried@localhost',
          RABBITMQ_DIST_PORT: String(port + 2 * beside),
        }
        return [...Object.entries(environment).map(([name, value]) => `${name}=${value}`), script]
      },
      () => {
        if (!readFileSync(logged, 'utf8').includes('startup complete')) throw new Error('not yet')
      },
    )
    const { stop } = server
    server = {
      ...server,
      stop: async () => {
        await stop()
        // It stays for as long as it knows of a server.
        await vi.waitFor(() => run(program('epmd') ?? '', ['-port', names.ERL_EPMD_PORT, '-kill']), 5_000)
      },
    }
  }, 120_000)
  afterAll(() => server?.stop())

  it.each([
    ['a right password', 'app', password, 'shop', 'live', 'works'],
    ['a wrong password', 'app', 'wrong', 'shop', 'dead', 'rejected'],
    ['no such user', 'stranger', password, 'shop', 'dead', 'rejected'],
    ['a right password for another virtual host', 'app', password, '%2F', 'live', 'limited'],
    ['a right password for no virtual host', 'app', password, 'gone', 'live', 'limited'],
    ['the user of the server itself', 'guest', 'wrong', 'shop', 'unknown', 'unrecognised'],
  ])('judges %s', async (_, user, secret, vhost, state, reason) => {
    const { verdict } = await caseOfText(uri(user, secret, server.port, vhost))
    expect(verdict).toMatchObject({ state, reason })
  })

  it('takes its leave, so that the server knows of no broken connection', async () => {
    await caseOfText(uri('app', password, server.port, 'shop'))
    const told = (): string => readFileSync(logged, 'utf8')
    await vi.waitFor(() => expect(told()).toMatch(/closing AMQP connection .*vhost: 'shop', user: 'app'\)/), 10_000)
    expect(told()).not.toContain('unexpectedly')
  })
})

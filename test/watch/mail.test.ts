import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { loadCatalog } from '../../src/catalog/load.ts'
import { madeUp } from '../../src/catalog/made-up.ts'
import { type OpenRun, openRun } from '../../src/composition/run.ts'
import { readConfig } from '../../src/config/config.ts'
import { Keyring } from '../../src/model/keyring.ts'
import type { Transition } from '../../src/model/watch.ts'
import { openDatabase } from '../../src/store/database.ts'
import { Outbox } from '../../src/store/outbox.ts'
import { channelsFrom } from '../../src/watch/channels.ts'
import { deliver } from '../../src/watch/deliver.ts'
import { shippedCatalog } from '../cli/support.ts'
import { type Behaviour, type MailServer, startMailServer } from './mail-server.ts'
import { hour, start } from './support.ts'

const host = 'smtp.example.com'
const login = { user: 'afterleak@example.com', password: madeUp('{alnum:30}', 'mail') }
const transition: Transition = {
  id: '0123456789abcdef01234567',
  kind: 'came_back',
  at: start,
  watched: 'stripe-1',
  provider: 'stripe',
  severity: 'critical',
  title: 'älter (Stripe sk_live_…wXyZ) works again',
  says: ['It was dead since yesterday.', '.', 'It was a {password}.'],
  todo: ['Find out who.'],
}

let server: MailServer
let folder: string
let run: OpenRun
let catalog: Catalog
const keyring = new Keyring()

beforeAll(async () => {
  server = await startMailServer(host)
  const loaded = await loadCatalog({ from: await shippedCatalog() })
  catalog = loaded.catalog
}, 60_000)
afterAll(() => server.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-'))
  server.heard.length = 0
  server.taken.length = 0
  run = await openRun(
    catalog,
    {
      state: folder,
      ca: [server.ca],
      route: () => ({ address: '127.0.0.1', port: server.port }),
      environment: { MAIL: login.password, WRONG: 'another password' },
    },
    keyring,
  )
})
afterEach(async () => {
  await run.close(true)
  rmSync(folder, { recursive: true })
})

const proper = (says: (command: string) => string | undefined) => (command: string) => says(command) ?? 'proper'

function channel(more = '') {
  const base = `{ to: email, server: ${host}, address: oncall@example.com, from: afterleak@example.com${more} }`
  const { config, faults } = { faults: undefined, config: undefined, ...readConfig('a.yaml', `notify:\n  - ${base}\n`) }
  expect(faults).toBeUndefined()
  const [only] = channelsFrom(config?.notify ?? [], {
    send: run.walk.send,
    resolve: run.resolve,
    scrub: json => keyring.scrub(json, 'json'),
  })
  if (only === undefined) throw new Error('no channel')
  return only
}

const signedIn = `, user: ${login.user}, password: env:MAIL`

async function told(behaviour: Behaviour, more = signedIn) {
  server.behaviour = { login, ...behaviour }
  return channel(more).deliver(transition)
}

/** The text of a message, and its header unfolded. */
function readIn(message = '') {
  const [head = '', body = ''] = message.split('\r\n\r\n')
  const header = head.replaceAll(/\?=\r\n =\?utf-8\?B\?/g, '?==?utf-8?B?').replaceAll(/\r\n /g, ' ')
  const subject = [...(/^Subject: (.*)$/m.exec(header)?.[1] ?? '').matchAll(/=\?utf-8\?B\?([^?]*)\?=/g)]
  return {
    header,
    subject: subject.map(([, text = '']) => Buffer.from(text, 'base64').toString()).join(''),
    text: Buffer.from(body, 'base64').toString(),
  }
}

describe('a mail', () => {
  it.each([
    ['STARTTLS', {}, ''],
    ['TLS from the first byte', { implicit: true }, ', encryption: tls'],
  ])('is handed in by %s, and nothing but the greeting goes unencrypted', async (_how, behaviour, more) => {
    expect(await told(behaviour, `${signedIn}${more}`)).toEqual({ ok: true })
    const open = server.heard.filter(line => line.startsWith('-'))
    expect(open).toEqual('implicit' in behaviour ? [] : ['-EHLO [127.0.0.1]', '-STARTTLS'])
    expect(server.heard).toContain('+MAIL FROM:<afterleak@example.com>')
    expect(server.heard).toContain('+RCPT TO:<oncall@example.com>')
    const { header, subject, text } = readIn(server.taken[0])
    expect(header).toContain(`Message-ID: <${transition.id}@example.com>`)
    expect(subject).toBe(`Critical: ${transition.title}`)
    expect(text).toContain(
      'It was dead since yesterday.\r\n.\r\nIt was a {password}.\r\nWhat to do:\r\n- Find out who.',
    )
  })

  it('is the same, byte for byte, when it is sent again', async () => {
    await told({})
    await told({})
    expect(server.taken).toHaveLength(2)
    expect(new Set(server.taken).size).toBe(1)
  })

  it('is signed in for by AUTH LOGIN where there is no PLAIN, and by nothing where no user is named', async () => {
    expect(await told({ offers: ['STARTTLS', 'AUTH=LOGIN'] })).toEqual({ ok: true })
    expect(server.heard).toContain('+AUTH LOGIN')
    server.heard.length = 0
    expect(await told({ offers: ['STARTTLS'] }, '')).toEqual({ ok: true })
    expect(server.heard.join('\n')).not.toContain('AUTH')
  })

  it.each<[string, Behaviour, string]>([
    ['offers no encryption', { offers: ['AUTH PLAIN'] }, 'offers no encryption (STARTTLS), so nothing was said to it'],
    [
      'refuses encryption',
      { says: proper(c => (c === 'STARTTLS' ? '454 4.7.0 not now' : undefined)) },
      'refuses encryption (454)',
    ],
    ['has the certificate of another', { impostor: true }, 'certificate or the encryption'],
    [
      'slips something in before encryption',
      { says: proper(c => (c === 'STARTTLS' ? '220 ready\r\n250 AUTH PLAIN' : undefined)) },
      'belong to no encryption',
    ],
    ['speaks HTTP', { says: () => 'HTTP/1.1 400 Bad Request' }, 'is not SMTP'],
    [
      'says yes to a password with a question',
      { says: proper(c => (c === 'SIGN-IN' ? '334 more?' : undefined)) },
      'is not SMTP',
    ],
    ['knows no password', { offers: ['STARTTLS', 'AUTH XOAUTH2'] }, 'offers no sign-in by a password'],
  ])('is kept for later by a server that %s', async (_what, behaviour, why) => {
    const result = await told(behaviour)
    expect(result).toEqual({ ok: false, why: expect.stringContaining(why) })
    expect(server.taken).toEqual([])
    const open = server.heard.filter(line => line.startsWith('-')).join('\n')
    expect(open).not.toMatch(/AUTH|MAIL|RCPT/)
  })

  it.each<[string, string, string, true | undefined]>([
    ['', '554 5.3.2 no service', 'does not let us in: 554', undefined],
    ['', '421 4.3.2 too busy', 'does not let us in: 421', undefined],
    ['SIGN-IN', '535 5.7.8 no', 'refused user and password: 535 5.7.8', true],
    ['SIGN-IN', '454 4.7.0 later', 'refused user and password: 454 4.7.0', undefined],
    ['MAIL', '550 5.7.1 no', 'refused the sender: 550 5.7.1', true],
    ['RCPT', '550 5.1.1 nobody', 'refused the recipient: 550 5.1.1', true],
    ['RCPT', '450 4.2.0 greylisted', 'refused the recipient: 450 4.2.0', undefined],
    ['DATA', '451 4.3.0 later', 'refused the message: 451 4.3.0', undefined],
    ['.', '554 5.6.0 no', 'refused the message: 554 5.6.0', true],
    ['.', '452 4.3.1 full', 'refused the message: 452 4.3.1', undefined],
  ])(
    'that is answered at "%s" with %s is not delivered; for good only where it itself is refused',
    async (at, says, why, final) => {
      const result = await told({ says: proper(c => ((at === '' ? c === '' : c.startsWith(at)) ? says : undefined)) })
      expect(result).toEqual({
        ok: false,
        why: `its server ${why}`.replace(/(?<= in: \d{3}).*$/, says.slice(3, 9)),
        ...(final && { final }),
      })
    },
  )

  it('waits in the outbox through a 451, and is delivered once the server takes it', async () => {
    const database = await openDatabase(':memory:')
    const outbox = new Outbox(database)
    outbox.add(transition, ['email'])
    let busy = true
    server.behaviour = { login, says: proper(c => (c.startsWith('RCPT') && busy ? '451 4.7.1 later' : undefined)) }
    const channels = [channel(signedIn)]
    let now = start
    const first = await deliver({ outbox, channels, now: () => now })
    busy = false
    const soon = await deliver({ outbox, channels, now: () => now })
    now += hour
    const later = await deliver({ outbox, channels, now: () => now })
    expect([first, soon, later]).toEqual([[expect.stringContaining('451 4.7.1; tried again later')], [], []])
    expect(server.taken).toHaveLength(1)
    database.close()
  })

  it('leaves no password anywhere: not in the ledger, nor in what is said of a refusal', async () => {
    const wrong = await told({}, `, user: ${login.user}, password: env:WRONG`)
    expect(wrong).toEqual({ ok: false, why: 'its server refused user and password: 535 5.7.8', final: true })
    await told({})
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name))
    const text = files
      .filter(name => statSync(name).isFile())
      .map(name => readFileSync(name, 'latin1'))
      .join('\n')
    expect(text).toContain('"method":"MAIL","origin":"smtp://smtp.example.com:587"')
    for (const form of [login.password, Buffer.from(`\0${login.user}\0${login.password}`).toString('base64')])
      expect(text).not.toContain(form)
    expect(server.taken.join('\n')).not.toContain(login.password)
  })
})

import { createServer, type Socket } from 'node:net'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'

/** How a simulated mail server behaves: as it should where nothing is said. */
export interface Behaviour {
  /** TLS from the first byte. */
  readonly implicit?: boolean
  /** Lines of its answer to EHLO, after its name. */
  readonly offers?: readonly string[]
  /** Its answer to a command in capitals, to `` (the greeting), `SIGN-IN` or `.` (the message): a text, `proper`, or none. */
  readonly says?: (command: string) => string | undefined
  /** Says a byte of each answer now and then. */
  readonly drips?: boolean
  /** Its certificate is of another host. */
  readonly impostor?: boolean
  readonly login?: { readonly user: string; readonly password: string }
}

export interface MailServer {
  readonly port: number
  /** PEM, to be trusted. */
  readonly ca: string
  behaviour: Behaviour
  /** Commands as they came, with a mark where they were encrypted. */
  readonly heard: string[]
  /** Messages that it took. */
  readonly taken: string[]
  close(): void
}

const usual = ['STARTTLS', 'AUTH PLAIN LOGIN', '8BITMIME', 'SIZE 1000000']

/** A server that answers on loopback as RFC 5321, 3207 and 4954 say. */
export async function startMailServer(host: string): Promise<MailServer> {
  const [own, others] = await Promise.all([certified(host), certified('elsewhere.example.com')])
  const sockets = new Set<Socket>()
  const state: { behaviour: Behaviour; heard: string[]; taken: string[] } = { behaviour: {}, heard: [], taken: [] }
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const context = (state.behaviour.impostor === true ? others : own).context
    const secured = (): TLSSocket => new TLSSocket(socket, { isServer: true, secureContext: context })
    converse(state.behaviour.implicit === true ? secured() : socket, secured, state)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(state, {
    port,
    ca: `${own.pem}\n${others.pem}`,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  })
}

async function certified(value: string): Promise<{ readonly context: SecureContext; readonly pem: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value }] },
    ],
  })
  return { context: createSecureContext({ key, cert }), pem: cert }
}

function converse(
  first: Socket,
  secured: () => TLSSocket,
  { behaviour, heard, taken }: { readonly behaviour: Behaviour; readonly heard: string[]; readonly taken: string[] },
): void {
  const { says, offers = usual, drips = false, login } = behaviour
  let socket = first
  let waiting = ''
  let expecting: 'command' | 'message' | 'user' | 'password' | 'name' = 'command'
  let given = ''

  function say(command: string, proper: string): void {
    const text = says === undefined ? 'proper' : says(command)
    if (text === undefined) return
    const bytes = `${text === 'proper' ? proper : text}\r\n`
    if (!drips) return void socket.write(bytes)
    let sent = 0
    const timer = setInterval(
      () => (sent < bytes.length ? socket.write(bytes[sent++] ?? '') : clearInterval(timer)),
      200,
    )
    socket.on('close', () => clearInterval(timer))
  }

  function listen(on: Socket): void {
    socket = on
    waiting = ''
    on.on('error', () => undefined)
    on.on('data', bytes => {
      waiting += bytes.toString('latin1')
      for (;;) {
        const end = waiting.indexOf(expecting === 'message' ? '\r\n.\r\n' : '\r\n')
        if (end === -1) return
        const line = waiting.slice(0, end)
        waiting = waiting.slice(end + (expecting === 'message' ? 5 : 2))
        hear(line)
      }
    })
  }

  function hear(line: string): void {
    if (expecting !== 'message') heard.push(`${socket instanceof TLSSocket ? '+' : '-'}${line}`)
    const command = line.toUpperCase()
    if (expecting === 'message') {
      taken.push(line)
      expecting = 'command'
      say('.', '250 2.0.0 queued')
    } else if (expecting === 'user' || expecting === 'password') {
      given += `\0${Buffer.from(line, 'base64').toString()}`
      expecting = expecting === 'user' ? 'password' : 'command'
      if (expecting === 'password') say('user', '334 UGFzc3dvcmQ6')
      else known(given)
    } else if (command.startsWith('EHLO')) {
      const lines = ['mail', ...offers]
      say(command, lines.map((each, i) => `250${i === lines.length - 1 ? ' ' : '-'}${each}`).join('\r\n'))
    } else if (command === 'STARTTLS') {
      say(command, '220 ready')
      if ((says?.(command) ?? 'proper') === 'proper') listen(secured())
    } else if (command.startsWith('AUTH PLAIN ')) known(Buffer.from(line.slice(11), 'base64').toString())
    else if (command === 'AUTH LOGIN') {
      expecting = 'user'
      given = ''
      say(command, '334 VXNlcm5hbWU6')
    } else if (command === 'DATA') {
      if ((says?.(command) ?? 'proper') === 'proper') expecting = 'message'
      say(command, '354 go on')
    } else if (command === 'QUIT') socket.end('221 bye\r\n')
    else say(command, '250 2.1.0 ok')
  }

  function known(text: string): void {
    const right = login === undefined || text === `\0${login.user}\0${login.password}`
    say('SIGN-IN', right ? '235 2.7.0 welcome' : '535 5.7.8 no')
  }

  listen(first)
  say('', '220 mail ESMTP')
}

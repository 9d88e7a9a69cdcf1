import type { Reply } from '../../model/request.ts'
import type { Wire } from '../transport.ts'
import { Channel } from './channel.ts'
import { dial, type Means } from './dial.ts'
import { NotSpoken } from './login.ts'

/** A mail with its secrets in it: exists only between filling in and sending. */
export interface Mail {
  readonly from: string
  readonly to: string
  /** Header and text as they go over the wire: lines of at most 998 bytes that end in CR LF, none that begins with a dot. */
  readonly message: string
  readonly login?: { readonly user: string; readonly password: string }
}

/** How far a mail came. */
export type MailStep = 'greeting' | 'sign-in' | 'sender' | 'recipient' | 'message'

/**
 * Hands one mail in, over nothing but verified TLS: `smtps://` from the first byte (RFC 8314), `smtp://` by STARTTLS
 * before anything is said (RFC 3207). The reply has the server's own code (RFC 5321 §4.2) and the step that it was said
 * to; never its words. Rejects with what the network did instead, or where a server is not to be trusted.
 */
export async function sendMail({ origin, mail }: Wire, means: Means): Promise<Reply> {
  if (mail === undefined) throw new TypeError('there is no mail to send')
  const { protocol, hostname, port } = new URL(origin)
  const host = hostname.replaceAll(/[[\]]/g, '')
  const socket = await dial({ host: hostname, port: Number(port) }, means)
  const channel = new Channel(socket)
  means.ending.on(() => channel.close())
  const us = literal(socket.localAddress)
  const encrypt = (): Promise<void> => channel.encrypt({ host, trust: means.trust, anyCertificate: false })
  try {
    if (protocol === 'smtps:') await encrypt()
    const said = await handedIn(channel, mail, { us, encrypt: protocol === 'smtps:' ? undefined : encrypt })
    channel.close(Buffer.from('QUIT\r\n'))
    const { code, at, enhanced } = said
    return { status: code, headers: {}, kind: 'json', body: { at, ...(enhanced !== undefined && { enhanced }) } }
  } catch (error) {
    channel.close()
    throw error
  }
}

interface Said {
  readonly code: number
  /** RFC 3463: `5.7.1`. */
  readonly enhanced?: string | undefined
  readonly lines: readonly string[]
}

interface Terms {
  /** How we greet: our address, as RFC 5321 §4.1.3 writes one that has no name. */
  readonly us: string
  readonly encrypt: (() => Promise<void>) | undefined
}

/** Every step up to the first that is refused. */
async function handedIn(
  channel: Channel,
  { from, to, message, login }: Mail,
  { us, encrypt }: Terms,
): Promise<Said & { readonly at: MailStep }> {
  const hello = (): Promise<Said> => ask(channel, `EHLO ${us}`)
  const greeted = await answer(channel)
  if (!isDone(greeted)) return { ...greeted, at: 'greeting' }
  let capable = await hello()
  if (!isDone(capable)) return { ...capable, at: 'greeting' }
  if (encrypt !== undefined) {
    if (!capable.lines.some(line => /^starttls\b/i.test(line)))
      throw new NotSpoken('offers no encryption (STARTTLS), so nothing was said to it', 'tls')
    const ready = await ask(channel, 'STARTTLS')
    if (!isDone(ready)) throw new NotSpoken(`refuses encryption (${ready.code}), so nothing was said to it`, 'tls')
    await encrypt()
    // What it said before could have been said by anybody.
    capable = await hello()
    if (!isDone(capable)) return { ...capable, at: 'greeting' }
  }
  if (login !== undefined) {
    const known = await signedIn(channel, login, capable.lines)
    if (!isDone(known)) return { ...known, at: 'sign-in' }
  }
  const sender = await ask(channel, `MAIL FROM:<${from}>`)
  if (!isDone(sender)) return { ...sender, at: 'sender' }
  const recipient = await ask(channel, `RCPT TO:<${to}>`)
  if (!isDone(recipient)) return { ...recipient, at: 'recipient' }
  const ready = await ask(channel, 'DATA')
  if (ready.code !== 354) return { ...refusing(ready), at: 'message' }
  return { ...refusing(await ask(channel, `${message.replaceAll(/^\./gm, '..')}\r\n.`)), at: 'message' }
}

/** RFC 4954. The password is shown to nobody but the host that the certificate names. */
async function signedIn(
  channel: Channel,
  { user, password }: NonNullable<Mail['login']>,
  lines: readonly string[],
): Promise<Said> {
  if (channel.security !== 'verified') throw new NotSpoken('can not be told from another', 'tls')
  const ways = lines.flatMap(line => /^auth[ =](.*)$/i.exec(line)?.[1]?.toUpperCase().split(' ') ?? [])
  if (ways.includes('PLAIN')) return refusing(await ask(channel, `AUTH PLAIN ${inBase64(`\0${user}\0${password}`)}`))
  if (!ways.includes('LOGIN')) throw new NotSpoken('offers no sign-in by a password (AUTH PLAIN or LOGIN)')
  for (const line of ['AUTH LOGIN', inBase64(user)]) {
    const more = await ask(channel, line)
    if (more.code !== 334) return refusing(more)
  }
  return refusing(await ask(channel, inBase64(password)))
}

function isDone({ code }: Said): boolean {
  return code >= 200 && code < 300
}

/** Where only 2xx is a yes: anything else that is no refusal (334, 354) is not how SMTP is spoken. */
function refusing(said: Said): Said {
  if (isDone(said) || said.code >= 400) return said
  throw new NotSpoken('answered with something that is not SMTP')
}

async function ask(channel: Channel, line: string): Promise<Said> {
  channel.write(Buffer.from(`${line}\r\n`))
  return answer(channel)
}

/** One answer, of one line or of several with the same code. */
async function answer(channel: Channel): Promise<Said> {
  const lines: string[] = []
  for (;;) {
    const line = await channel.line()
    const [, code, more, text = ''] = /^([2-5]\d\d)([ -]|$)(.*)$/.exec(line) ?? []
    if (code === undefined) throw new NotSpoken('answered with something that is not SMTP')
    lines.push(text)
    if (more !== '-') return { code: Number(code), enhanced: /^[245]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0], lines }
  }
}

function inBase64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function literal(address = '127.0.0.1'): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  return plain.includes(':') ? `[IPv6:${plain}]` : `[${plain}]`
}

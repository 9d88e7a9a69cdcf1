import { resolveSrv, resolveTxt } from 'node:dns/promises'
import type { Reply } from '../../model/request.ts'
import { isPublic } from '../address.ts'
import type { Wire } from '../transport.ts'
import { goodbyeAmqp, signInAmqp } from './amqp.ts'
import { Channel } from './channel.ts'
import { dial, type Means } from './dial.ts'
import { type Login, NotSpoken, type Said } from './login.ts'
import { signInMongodb } from './mongodb.ts'
import { goodbyeMysql, greetedByMysql, requestEncryption, signInMysql } from './mysql.ts'
import { goodbyePostgresql, offersEncryption, signInPostgresql } from './postgresql.ts'
import { signInRedis } from './redis.ts'

/** Signs in by the database's own protocol, encrypted wherever that can be, and leaves. Rejects with what the network or the server did instead. */
export async function signIn({ origin }: Wire, login: Login, means: Means): Promise<Reply> {
  const { hostname, port } = new URL(origin)
  const target = login.lookedUp ? await lookUp(hostname) : { host: hostname, port: Number(port), options: {} }
  const socket = await dial(target, means)
  const channel = new Channel(socket)
  const over = (): void => channel.close()
  means.ending.on(over)
  try {
    const said = await speak[login.protocol](
      channel,
      { ...login, options: { ...target.options, ...login.options } },
      {
        port: target.port,
        // Where the user lets the password go unencrypted, a certificate that nobody vouches for is no worse.
        mayBePlain: login.plain || !isPublic(socket.remoteAddress ?? ''),
        encrypt: anyCertificate =>
          channel.encrypt({ host: target.host.replaceAll(/[[\]]/g, ''), trust: means.trust, anyCertificate }),
      },
    )
    const { security } = channel
    channel.close(said.open === true || said['signed_in'] === true ? goodbyes[login.protocol] : undefined)
    return { status: 0, headers: {}, kind: 'json', body: { ...said, security } }
  } catch (error) {
    channel.close()
    throw error
  }
}

interface Terms {
  readonly port: number
  readonly mayBePlain: boolean
  readonly encrypt: (anyCertificate: boolean) => Promise<void>
}

const goodbyes: Readonly<Partial<Record<Login['protocol'], Buffer>>> = {
  postgresql: goodbyePostgresql,
  mysql: goodbyeMysql,
  amqp: goodbyeAmqp,
}

const speak: Readonly<Record<Login['protocol'], (channel: Channel, login: Login, terms: Terms) => Promise<Said>>> = {
  async postgresql(channel, login, terms) {
    if (await offersEncryption(channel)) await terms.encrypt(terms.mayBePlain)
    else if (!terms.mayBePlain) throw plainRefused()
    return signInPostgresql(channel, login, terms.port)
  },
  async mysql(channel, login, terms) {
    const greeting = await greetedByMysql(channel)
    if ('accepted' in greeting) return greeting
    if (greeting.offersEncryption) {
      requestEncryption(channel)
      await terms.encrypt(terms.mayBePlain)
    } else if (!terms.mayBePlain) throw plainRefused()
    return signInMysql(channel, login, greeting)
  },
  async redis(channel, login, terms) {
    if (login.encrypted || !terms.mayBePlain) await terms.encrypt(terms.mayBePlain)
    return signInRedis(channel, login)
  },
  async mongodb(channel, login, terms) {
    const asks = login.encrypted || (login.options['tls'] ?? login.options['ssl']) === 'true'
    if (asks || !terms.mayBePlain) await terms.encrypt(terms.mayBePlain)
    return signInMongodb(channel, login)
  },
  async amqp(channel, login, terms) {
    if (login.encrypted || !terms.mayBePlain) await terms.encrypt(terms.mayBePlain)
    return signInAmqp(channel, login)
  },
}

function plainRefused(): NotSpoken {
  return new NotSpoken(
    'offers no encryption, so nothing was shown to it. If that is all right there: --host PROVIDER=http://HOST',
    'tls',
  )
}

/**
 * The first server of those that a name stands for. As drivers do, only those below the name's own domain are asked:
 * https://www.mongodb.com/docs/manual/reference/connection-string/#srv-connection-format
 */
async function lookUp(host: string) {
  const [first] = (await resolveSrv(`_mongodb._tcp.${host}`)).toSorted((a, b) => a.name.localeCompare(b.name))
  const domain = host.split('.').slice(1).join('.')
  if (first === undefined || !domain.includes('.') || !first.name.toLowerCase().endsWith(`.${domain.toLowerCase()}`))
    throw new NotSpoken('names servers that are not of its own domain')
  const text = await resolveTxt(host).catch(() => [])
  const options = Object.fromEntries(new URLSearchParams(text[0]?.join('') ?? ''))
  return {
    host: first.name,
    port: first.port,
    options: { ...(options['authSource'] && { authsource: options['authSource'] }) },
  }
}

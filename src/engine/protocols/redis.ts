import type { Channel } from './channel.ts'
import { type Login, NotSpoken, type Said } from './login.ts'

/**
 * Asks whether a stranger is let in, and only if not shows the password. Nothing follows: a user of few rights would
 * be refused even PING, and each refusal pushes one out of ACL LOG. https://redis.io/docs/latest/commands/auth/
 */
export async function signInRedis(channel: Channel, { user, password }: Login): Promise<Said> {
  const stranger = await ask(channel, 'PING')
  if (stranger === '+PONG') return { accepted: false, open: true }
  const refused = codeIn(stranger)
  if (refused !== 'NOAUTH') return { accepted: false, code: refused }
  const asked = 'AUTH'
  const first = await ask(channel, 'AUTH', ...(user === '' ? [] : [user]), password)
  // Before Redis 6 there were no users, so that a name was one word too many and nothing was tried.
  const answer = user !== '' && /wrong number of arguments/.test(first) ? await ask(channel, 'AUTH', password) : first
  if (answer === '+OK') return { accepted: true, signed_in: true, asked, user: user === '' ? 'default' : user }
  return { accepted: false, asked, code: codeIn(answer) === 'ERR' ? errorIn(answer) : codeIn(answer) }
}

async function ask(channel: Channel, ...words: readonly string[]): Promise<string> {
  const pieces = words.map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
  channel.write(Buffer.from(`*${words.length}\r\n${pieces.join('')}`))
  const answer = await channel.line()
  if (/^(?:\+(?:PONG|OK)$|-[A-Z]+ )/.test(answer)) return answer
  throw new NotSpoken('answered with something that is not Redis')
}

function codeIn(answer: string): string {
  return /^-([A-Z]+) /.exec(answer)?.[1] ?? 'none'
}

/** Errors without a code of their own: https://github.com/redis/redis/blob/7.0.15/src/acl.c */
function errorIn(answer: string): string {
  if (/without any password configured|no password is set/.test(answer)) return 'NOPASSWORD'
  return /invalid password/.test(answer) ? 'WRONGPASS' : 'ERR'
}

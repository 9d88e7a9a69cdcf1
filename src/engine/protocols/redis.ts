import { afterthought } from './afterthought.ts'
import type { Channel } from './channel.ts'
import { comparedRedis } from './kept-password.ts'
import { type Login, NotSpoken, type Said } from './login.ts'
import { redisClients, redisRefusals, type Value } from './redis-connections.ts'

/**
 * Asks whether a stranger is let in, and only if not shows the password. Nothing follows: a user of few rights would
 * be refused even PING, and each refusal pushes one out of ACL LOG. https://redis.io/docs/latest/commands/auth/
 */
export async function signInRedis(channel: Channel, { user, password, compared, everybody }: Login): Promise<Said> {
  const stranger = await ask(channel, 'PING')
  if (stranger === '+PONG') return { accepted: false, open: true }
  const refused = codeIn(stranger)
  if (refused !== 'NOAUTH') return { accepted: false, code: refused }
  const asked = 'AUTH'
  const first = await ask(channel, 'AUTH', ...(user === '' ? [] : [user]), password)
  // Before Redis 6 there were no users, so that a name was one word too many and nothing was tried.
  const answer = user !== '' && /wrong number of arguments/.test(first) ? await ask(channel, 'AUTH', password) : first
  if (answer === '+OK') {
    const known = { accepted: true, signed_in: true, asked, user: user === '' ? 'default' : user }
    if (everybody) return { ...known, ...(await whoElse(channel)) }
    return compared === undefined ? known : { ...known, ...(await compare(channel, compared)) }
  }
  return { accepted: false, asked, code: codeIn(answer) === 'ERR' ? errorIn(answer) : codeIn(answer) }
}

/** What the server keeps of another user, for whoever may ask: https://redis.io/docs/latest/commands/acl-getuser/ */
async function compare(channel: Channel, compared: NonNullable<Login['compared']>): Promise<Partial<Said>> {
  say(channel, 'ACL', 'GETUSER', compared.user === '' ? 'default' : compared.user)
  const user = await afterthought(value(channel))
  if (typeof user === 'string') return { code: user.startsWith('-') ? codeIn(user) : 'none' }
  if (user === undefined) return { code: 'none' }
  if (user === null) return comparedRedis(undefined, compared)
  const list = (name: string): readonly string[] | undefined => {
    const found = user.includes(name) ? user[user.indexOf(name) + 1] : undefined
    return Array.isArray(found) ? found.filter(each => typeof each === 'string') : undefined
  }
  const [flags, passwords] = [list('flags'), list('passwords')]
  return flags === undefined || passwords === undefined
    ? { code: 'none' }
    : comparedRedis({ flags, passwords }, compared)
}

/** Who is connected, and who was refused what; an administrator without the right to ask leaves a line in ACL LOG. */
async function whoElse(channel: Channel): Promise<Partial<Said>> {
  const answers: Value[] = []
  for (const words of [
    ['CLIENT', 'ID'],
    ['CLIENT', 'LIST'],
    ['ACL', 'LOG', '128'],
  ]) {
    say(channel, ...words)
    const answer = await afterthought(value(channel))
    if (answer === undefined) return { code: 'none' }
    if (typeof answer === 'string' && answer.startsWith('-')) return { code: codeIn(answer) }
    answers.push(answer)
  }
  const [id, clients, refused] = answers
  if (typeof id !== 'string' || typeof clients !== 'string' || !Array.isArray(refused)) return { code: 'none' }
  const now = Date.now()
  return { connections: [...redisClients(clients, id.slice(1), now), ...redisRefusals(refused, now)] }
}

/** One answer of any form; errors keep their `-`. https://redis.io/docs/latest/develop/reference/protocol-spec/ */
async function value(channel: Channel, depth = 0): Promise<Value> {
  const head = await channel.line()
  const size = Number(head.slice(1))
  if (/^[$*]-1$/.test(head)) return null
  if (/^\$\d{1,6}$/.test(head)) return (await channel.read(size + 2)).toString('utf8', 0, size)
  if (/^\*\d{1,4}$/.test(head) && depth < 4) {
    const list: Value[] = []
    while (list.length < size) list.push(await value(channel, depth + 1))
    return list
  }
  if (/^[-+:]/.test(head)) return head
  throw new NotSpoken('answered with something that is not Redis')
}

async function ask(channel: Channel, ...words: readonly string[]): Promise<string> {
  say(channel, ...words)
  const answer = await channel.line()
  if (/^(?:\+(?:PONG|OK)$|-[A-Z]+ )/.test(answer)) return answer
  throw new NotSpoken('answered with something that is not Redis')
}

function say(channel: Channel, ...words: readonly string[]): void {
  const pieces = words.map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`)
  channel.write(Buffer.from(`*${words.length}\r\n${pieces.join('')}`))
}

function codeIn(answer: string): string {
  return /^-([A-Z]+) /.exec(answer)?.[1] ?? 'none'
}

/** Errors without a code of their own: https://github.com/redis/redis/blob/7.0.15/src/acl.c */
function errorIn(answer: string): string {
  if (/without any password configured|no password is set/.test(answer)) return 'NOPASSWORD'
  return /invalid password/.test(answer) ? 'WRONGPASS' : 'ERR'
}

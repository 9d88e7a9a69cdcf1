import { before, named, type Seen } from './connections.ts'

/** One answer of Redis, of any form. */
export type Value = string | null | readonly Value[]

/**
 * Clients by CLIENT LIST, a line each: https://redis.io/docs/latest/commands/client-list/
 * @param own our own id there
 * @param now milliseconds: the server tells how long something is ago
 */
export function redisClients(text: string, own: string, now: number): readonly Seen[] {
  return text.split('\n').flatMap(line => {
    const client = clientIn(line)
    if (client['id'] === undefined || client['id'] === own) return []
    const { age, idle, cmd, user, db } = client
    const action = cmd === undefined || cmd === 'NULL' ? undefined : cmd.toUpperCase()
    const times = { since: before(now, Number(age)), at: action === undefined ? undefined : before(now, Number(idle)) }
    return [named({ user, ...whoIn(client), ...times, action, database: db })]
  })
}

/** Refused sign-ins and commands, without the names of keys: https://redis.io/docs/latest/commands/acl-log/ */
export function redisRefusals(entries: readonly Value[], now: number): readonly Seen[] {
  return entries.flatMap(entry => {
    if (!Array.isArray(entry)) return []
    const field = (name: string): string | undefined => {
      const found: unknown = entry[entry.indexOf(name) + 1]
      return entry.includes(name) && typeof found === 'string' ? found : undefined
    }
    const [reason = 'unknown', user, client = ''] = ['reason', 'username', 'client-info'].map(field)
    const command = field('object')?.toUpperCase()
    const action = reason === 'auth' ? 'AUTH' : reason === 'command' ? (command ?? 'a command') : `a ${reason}`
    const at = before(now, Number(field('age-seconds')))
    return at === undefined ? [] : [{ ...named({ user, ...whoIn(clientIn(client)), at, action }), outcome: 'failure' }]
  })
}

function clientIn(line: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...line.matchAll(/(\S+?)=(\S*)/g)].map(([, name = '', value = '']) => [name, value]))
}

function whoIn({ addr, name, 'lib-name': library }: Readonly<Record<string, string>>) {
  return { ip: addr?.replace(/:\d+$/, ''), client: library === undefined || library === '' ? name : library }
}

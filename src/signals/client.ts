import type { Signal } from '../model/misuse.ts'
import { client as numbers } from './constants.ts'
import { type Case, clip, counted, signal, trust } from './evidence.ts'
import { isOwnClient } from './own.ts'

/** Whether the kind of client is new to the key, and whether it is a tool of attackers. */
export function client({ session, history, setting }: Case): Signal | undefined {
  const { client: used } = session
  if (used === undefined) return undefined
  const { clients } = history
  const parts: string[] = []
  let llr = 0
  const own = isOwnClient(session, setting)
  if (own) llr += numbers.known
  else if (clients.sessions > 0) {
    const m = trust(clients.sessions)
    if (clients.has(used.family)) llr += used.method === true ? 0 : numbers.known * m
    else {
      llr += m * Math.log(numbers.fresh / ((clients.once + numbers.smooth) / (clients.sessions + 1)))
      parts.push(
        `first use by ${used.family}; ${counted(clients.sessions, 'earlier session')} used ${counted(clients.distinct, 'other kind')} of client`,
      )
    }
  }
  if (used.tool !== undefined) {
    llr += numbers.offensive
    parts.push(`the client calls itself ${used.tool}`)
  }
  if (llr === 0) return undefined
  if (own) parts.unshift(`${used.family} is among the clients that you list as yours`)
  if (parts.length === 0) parts.push(`${used.family} is a client that this key has used before`)
  return signal('client', clip(llr, numbers.known, numbers.cap), llr > 0 ? ['T1078.004'] : [], parts.join('; '))
}

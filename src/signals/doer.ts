import { builder, ownPlace } from './constants.ts'
import { type Case, trust } from './evidence.ts'
import { isOwnClient } from './own.ts'

type Doer = Pick<Case, 'session' | 'history' | 'setting'>

/** Whether a tool that builds infrastructure did it, and none that is new to the key and not listed as the owner's. */
export function isBuilder({ session, history: { clients }, setting }: Doer): boolean {
  const { client } = session
  if (client?.builder !== true) return false
  return clients.sessions === 0 || clients.has(client.family) || isOwnClient(session, setting)
}

/** How much what was done still says, by who did it from where: less from the owner's own place or by a builder. */
export function weightOfDoer(of: Doer): number {
  const { session, history, setting } = of
  const { ip, client } = session
  const home = ip !== undefined && history.addresses.has(ip)
  const tool = client === undefined || history.clients.has(client.family) || isOwnClient(session, setting)
  const place = home && tool ? 1 - (1 - ownPlace) * trust(history.sessions) : 1
  return place * (isBuilder(of) ? builder : 1)
}

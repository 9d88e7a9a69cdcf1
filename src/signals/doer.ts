import type { Activity } from './activity.ts'
import { builder, ownPlace } from './constants.ts'
import { trust } from './evidence.ts'
import type { History } from './history.ts'

/** Whether a tool that builds infrastructure did it, and none that is new to the key. */
export function isBuilder({ client }: Activity, { clients }: History): boolean {
  return client?.builder === true && (clients.sessions === 0 || clients.has(client.family))
}

/** How much what was done still says, by who did it from where: less from the owner's own place or by a builder. */
export function weightOfDoer(session: Activity, history: History): number {
  const { ip, client } = session
  const home = ip !== undefined && history.addresses.has(ip)
  const tool = client === undefined || history.clients.has(client.family)
  const place = home && tool ? 1 - (1 - ownPlace) * trust(history.sessions) : 1
  return place * (isBuilder(session, history) ? builder : 1)
}

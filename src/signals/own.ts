import type { Activity } from './activity.ts'
import { kept } from './constants.ts'
import type { History } from './history.ts'
import { isNewNetwork } from './network.ts'
import type { Setting } from './setting.ts'

/** Wholly from addresses or by roles that the user lists as own. */
export function isOwn(session: Activity, history: History, { own }: Setting): boolean {
  if (own === undefined) return false
  const { ip, actors } = session
  if (ip !== undefined && own.networks?.(ip) === true) return true
  const roles = own.roles ?? []
  if (actors.size === 0 || ![...actors].every(actor => roles.some(role => isNamed(actor, role)))) return false
  // Whoever holds a leaked key acts under the key's own name: that name does not vouch for another network.
  return ![...actors].some(actor => history.actors.has(actor)) || !isNewNetwork(session, history)
}

/**
 * Whether all user agents of a session begin as the owner's programs do, or name a product that does (`Terraform` in
 * `APN/1.0 HashiCorp/1.0 Terraform/1.7.0`). Anyone can write a user agent: it speaks for the owner, and proves nothing.
 */
export function isOwnClient({ agents }: Pick<Activity, 'agents'>, { own }: Setting): boolean {
  const names = (own?.clients ?? []).map(name => name.toLowerCase())
  // Beyond those that are kept there may be others.
  if (names.length === 0 || agents.size === 0 || agents.size >= kept.events) return false
  return [...agents].every(agent => {
    const text = agent.toLowerCase().replace(/^\[/, '')
    return names.some(name => text.startsWith(name) || text.split(/[\s;()]+/).some(word => word.startsWith(name)))
  })
}

/** `arn:aws:sts::1:assumed-role/deploy/ci` is named by itself, by `deploy`, and by `ci`. */
function isNamed(actor: string, role: string): boolean {
  return actor === role || actor.split(/[/:]/).includes(role)
}

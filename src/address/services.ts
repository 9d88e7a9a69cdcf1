import type { Case } from '../model/credential.ts'
import type { Dependent, Service } from '../model/inventory.ts'
import type { Misuse } from '../model/misuse.ts'
import { namerOf } from './own-networks.ts'

/** A caller as logs have it. */
interface Calling {
  readonly ip?: string | undefined
  readonly client?: string | undefined
}

/**
 * Tells which service a caller is. Where a service has networks and user agents, both have to fit; of several that
 * fit, the one that says more. One that says neither is known by no log.
 */
export function namesServices(services: readonly Service[]): (calling: Calling) => Service | undefined {
  const known = services
    .map(service => {
      const { networks, userAgents } = service
      const within = namerOf(networks)
      const agents = userAgents.map(agent => agent.toLowerCase())
      const says = (networks.length > 0 ? 2 : 0) + (agents.length > 0 ? 1 : 0)
      const fits = ({ ip, client = '' }: Calling): boolean =>
        (networks.length === 0 || (ip !== undefined && within(ip) !== undefined)) &&
        (agents.length === 0 || agents.some(agent => isOf(client.toLowerCase(), agent)))
      return { service, says, fits }
    })
    .filter(({ says }) => says > 0)
    .toSorted((a, b) => b.says - a.says)
  return calling => known.find(({ fits }) => fits(calling))?.service
}

/** Sessions have a client's name alone: `checkout` of what begins with `checkout/`. */
function isOf(client: string, agent: string): boolean {
  return client.startsWith(agent) || (agent.includes('/') && client === agent.slice(0, agent.indexOf('/')))
}

/** A case with the services that break when its key is revoked; the same where none is known. */
export function withDependents<One extends Case>(one: One, services: readonly Service[] = []): One {
  const dependents = dependentsOf(one, one.misuse, services)
  return dependents.length === 0 ? one : { ...one, dependents }
}

/** Services that a revocation breaks: those that logs saw, and those that the inventory names for this key. */
export function dependentsOf(
  { id, label }: { readonly id: string; readonly label?: string | undefined },
  misuse: Pick<Misuse, 'sessions'> | undefined,
  services: readonly Service[],
): readonly Dependent[] {
  const serviceOf = namesServices(services)
  const lastAt = new Map<Service, string>()
  for (const session of misuse?.sessions ?? []) {
    const service = serviceOf(session)
    if (service !== undefined && session.end > (lastAt.get(service) ?? '')) lastAt.set(service, session.end)
  }
  return [...new Set([...lastAt.keys(), ...namedFor({ id, label }, services)])].map(service => {
    const { name, owner } = service
    const at = lastAt.get(service)
    return {
      service: name,
      ...(owner !== undefined && { owner }),
      by: at === undefined ? 'inventory' : 'log',
      ...(at !== undefined && { lastAt: at }),
    }
  })
}

/** Services that the inventory says use this key, by its label or the beginning of its id. */
export function namedFor(
  { id, label }: { readonly id: string; readonly label?: string | undefined },
  services: readonly Service[],
): readonly Service[] {
  return services.filter(({ keys }) => keys.some(key => key === label || (key.length > 3 && id.startsWith(key))))
}

import type { Activity } from './activity.ts'
import type { Setting } from './setting.ts'

/** Wholly from addresses or by roles that the user lists as own. */
export function isOwn({ ip, actors }: Pick<Activity, 'ip' | 'actors'>, { own }: Setting): boolean {
  if (own === undefined) return false
  if (ip !== undefined && own.networks?.(ip) === true) return true
  const roles = own.roles ?? []
  return actors.size > 0 && [...actors].every(actor => roles.some(role => isNamed(actor, role)))
}

/** `arn:aws:sts::1:assumed-role/deploy/ci` is named by itself, by `deploy`, and by `ci`. */
function isNamed(actor: string, role: string): boolean {
  return actor === role || actor.split(/[/:]/).includes(role)
}

import type { Case } from '../model/credential.ts'
import { moment } from './words.ts'

/** What would decide an undecided key, as something a person can do; undefined where nothing needs deciding. */
export function whatDecides({ provider, verdict }: Pick<Case, 'provider' | 'verdict'>): string | undefined {
  const later = verdict.retryAt === undefined ? 'check again later' : `check again after ${moment(verdict.retryAt)}`
  switch (verdict.reason) {
    case 'rate_limited':
      return verdict.retryAt === undefined ? 'check again later, or wait longer with --patience' : later
    case 'locked_out':
    case 'provider_error':
      return later
    case 'unreachable':
      return 'check the network or the proxy, then check again'
    case 'unrecognised':
      return 'look at the evidence (--to json); the provider’s console knows'
    case 'ambiguous_pair':
      return 'check one pair by name with --provider and --part'
    case 'unreliable':
      return 'only the provider’s console can tell'
    case 'cancelled':
      return 'check again with --resume'
    case 'no_validator':
      return 'add a file for the provider with --validators DIR'
    case 'incomplete':
      return 'give the missing part with --part name=REF'
    case 'needs_host':
      return `give --host ${provider ?? 'provider'}=https://…`
    case 'effect':
      return 'allow the check with --allow-effect'
    case 'no_touch':
      return 'check without --no-touch'
    default:
      return undefined
  }
}

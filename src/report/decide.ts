import type { Case } from '../model/credential.ts'
import type { Reason } from '../model/verdict.ts'
import { moment } from './words.ts'

type Undecided = Pick<Case, 'provider' | 'verdict'>

const actions: Partial<Record<Reason, (of: Undecided) => string>> = {
  rate_limited: of => (of.verdict.retryAt === undefined ? 'check again later, or with a longer --patience' : later(of)),
  locked_out: later,
  provider_error: later,
  unreachable: () => 'check the network or the proxy, then check again',
  unrecognised: () => 'look at the evidence (--to json), or ask the provider’s console',
  ambiguous_pair: () => 'check one pair by name, with --provider and --part',
  unreliable: () => 'only the provider’s console can tell',
  cancelled: () => 'check again with --resume',
  no_validator: () => 'add a file for the provider with --validators DIR',
  incomplete: () => 'give the missing part with --part name=REF',
  needs_host: ({ provider }) => `give --host ${provider ?? 'provider'}=https://…`,
  effect: () => 'allow the check with --allow-effect',
  no_touch: () => 'check without --no-touch',
}

/** What would decide an undecided key, as something a person can do; undefined where nothing needs deciding. */
export function whatDecides(of: Undecided): string | undefined {
  return actions[of.verdict.reason]?.(of)
}

function later({ verdict }: Undecided): string {
  return verdict.retryAt === undefined ? 'check again later' : `check again after ${moment(verdict.retryAt)}`
}

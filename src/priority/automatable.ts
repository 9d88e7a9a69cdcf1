import type { Priority } from '../model/priority.ts'
import type { Reason } from '../model/verdict.ts'
import type { About, Subject } from './input.ts'

/** What stops whoever has nothing but the string. */
const hurdles: Partial<Record<Reason, string>> = {
  ip_restricted: 'works from listed addresses only',
  sso_required: 'needs single sign-on',
  locked: 'its account is locked for now',
  incomplete: 'a part of it is missing in what leaked',
  ambiguous_pair: 'which parts belong together is not known',
  needs_host: 'which site it opens is not known',
  redacted: 'what leaked is a mask, not the key',
  malformed: 'its form says that it can not work as it stands',
  no_validator: 'nobody can tell from the text alone where it works',
}

/** Whether the leaked text alone is enough to use the key, as those who scan for keys do by machine. */
export function automatableOf({ provider, kind, verdict }: Subject, about: About | undefined): Priority['automatable'] {
  const hurdle = hurdles[verdict.reason]
  if (hurdle !== undefined) return { value: 'no', because: hurdle }
  if (provider === null) return { value: 'no', because: 'nobody can tell from the text alone where it works' }
  const parts = Object.values(about?.kinds[kind ?? '']?.parts ?? {}).filter(({ optional }) => optional !== true)
  return { value: 'yes', because: parts.length > 1 ? `all ${parts.length} parts are known` : 'the text alone works' }
}

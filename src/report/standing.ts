import type { Case } from '../model/credential.ts'
import type { Reason, Verdict } from '../model/verdict.ts'

/** The four heaps that a person sorts keys into. Not the states: some skipped keys can be decided with a little help. */
export type Standing = 'live' | 'undecided' | 'dead' | 'aside'

/** In the order in which every report lists them. */
export const standings: readonly Standing[] = ['live', 'undecided', 'dead', 'aside']

const standingWords: Readonly<Record<Standing, string>> = {
  live: 'Live',
  undecided: 'Undecided',
  dead: 'Dead',
  aside: 'Set aside',
}

/** Skipped for something that the user can give: a validator, a part, a host, a permission. */
const decidable: readonly Reason[] = ['no_validator', 'incomplete', 'needs_host', 'effect', 'no_touch']

/** The heap of one verdict: what was skipped but could be decided counts as undecided, so that it stays visible. */
export function standing({ state, reason }: Pick<Verdict, 'state' | 'reason'>): Standing {
  if (state === 'skipped') return decidable.includes(reason) ? 'undecided' : 'aside'
  return state === 'unknown' ? 'undecided' : state
}

export function standingName(of: Standing): string {
  return standingWords[of]
}

/** Every case under its heap, in the report's own order. */
export function byStanding(cases: readonly Case[]): Readonly<Record<Standing, readonly Case[]>> {
  const heaps: Record<Standing, Case[]> = { live: [], undecided: [], dead: [], aside: [] }
  for (const one of cases) heaps[standing(one.verdict)].push(one)
  return heaps
}

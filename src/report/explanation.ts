import type { CompiledProvider } from '../catalog/schema.ts'
import type { Case, Sighting } from '../model/credential.ts'
import type { Priority } from '../model/priority.ts'
import { type Evidence, evidenceOf } from './explain-evidence.ts'
import { calm, known } from './explain-known.ts'
import { rotationOf, type Step, stepsFor } from './explain-steps.ts'
import { firstPlace } from './places.ts'
import { storePath, variablesOf } from './snippet-names.ts'
import { type Snippet, snippets } from './snippets.ts'
import { nameOf } from './words.ts'

/** One case for the person who has to act on it: everything is text, nothing is left to look up. */
export interface Explanation {
  readonly id: string
  /** `Stripe secret key sk_live_…wXyZ`. */
  readonly title: string
  /** The sentence that comes first: what to do, and why that way. */
  readonly calm: string
  /** What is known, a sentence each, and what is not. */
  readonly known: readonly string[]
  readonly priority?: Priority
  readonly steps: readonly Step[]
  /** How programs should read this key; empty where there is nothing to replace. */
  readonly snippets: readonly Snippet[]
  readonly evidence: readonly Evidence[]
  readonly places: { readonly count: number; readonly first?: Sighting }
}

/** @param provider the file of the case's provider; undefined where none could be told, or none of that name is loaded */
export function explanationOf(one: Case, provider: CompiledProvider | undefined): Explanation {
  const kind = provider?.kinds[one.kind ?? '']
  const variables = provider === undefined || one.kind === null ? [] : variablesOf(provider, one.kind)
  const steps = stepsFor(one, provider, variables)
  const first = firstPlace(one.findings)
  return {
    id: one.id,
    title: [nameOf(one), kind?.name, one.shown].filter(word => word !== undefined && word !== '').join(' '),
    calm: calm(one, rotationOf(one.kind, provider) !== undefined),
    known: known(one),
    ...(one.priority !== undefined && { priority: one.priority }),
    steps,
    snippets:
      variables.length > 0 && provider !== undefined && steps.some(({ deploys }) => deploys)
        ? snippets(variables, storePath(provider.id, one.kind ?? ''))
        : [],
    evidence: evidenceOf(provider),
    places: { count: one.findings.length, ...(first !== undefined && { first }) },
  }
}
